import { SignedStreamError } from '../../errors.js';
import { toScriptUrl } from './script-url.js';

/** A player object of the Stream SDK: its documented surface, and what public code relies on. */
export interface StreamPlayer {
  play(): Promise<void>;
  pause(): void;
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
  autoplay: boolean;
  readonly buffered: TimeRanges | undefined;
  controls: boolean;
  currentTime: number;
  readonly duration: number;
  readonly ended: boolean;
  loop: boolean;
  muted: boolean;
  readonly paused: boolean;
  readonly played: TimeRanges | undefined;
  preload: string;
  volume: number;
  /** Not documented, but used by the vendor's own React component. */
  playbackRate: number;
  readonly seeking: boolean | undefined;
  readonly videoWidth: number | undefined;
  readonly videoHeight: number | undefined;
  /** Not documented: where the ad before the video is told of. */
  adUrl: string;
  /** Not documented: a uid or token; the frame loads it and starts from the beginning. */
  src: string;
}

/** The function that the SDK's script defines. */
export type StreamSdk = (frame: HTMLIFrameElement) => StreamPlayer;

/** A player and the way to be rid of it. */
export interface AttachedPlayer {
  readonly player: StreamPlayer;
  readonly detach: () => void;
}

/**
 * Has the SDK take hold of a frame. The SDK listens to the window for as long as the page lives and
 * keeps every frame that it ever had; with a frame for each token that would be a leak, so what it
 * listens with is remembered, and taken away when the frame goes.
 */
export function attachPlayer(sdk: StreamSdk, frame: HTMLIFrameElement): AttachedPlayer {
  const added: Parameters<typeof window.removeEventListener>[] = [];
  const own = Object.getOwnPropertyDescriptor(window, 'addEventListener');
  const listen = window.addEventListener.bind(window);
  const listenAndRemember = (...args: Parameters<typeof window.addEventListener>): void => {
    added.push(args);
    listen(...args);
  };
  Object.defineProperty(window, 'addEventListener', {
    value: listenAndRemember,
    configurable: true,
    writable: true,
  });
  try {
    const player = sdk(frame);
    return { player, detach: () => added.forEach((args) => window.removeEventListener(...args)) };
  } finally {
    if (own === undefined) Reflect.deleteProperty(window, 'addEventListener');
    else Object.defineProperty(window, 'addEventListener', own);
  }
}

const scripts = new Map<string, Promise<StreamSdk>>();

/**
 * Loads the SDK's script once per address. A failure is forgotten, so that it can be tried again.
 *
 * @throws SignedStreamError `sdk-unavailable`
 */
export function loadSdk(url: string): Promise<StreamSdk> {
  const known = scripts.get(url);
  if (known !== undefined) return known;
  const loading = injectScript(url);
  scripts.set(url, loading);
  loading.catch(() => scripts.delete(url));
  return loading;
}

function injectScript(url: string): Promise<StreamSdk> {
  return new Promise((resolve, reject) => {
    const present = findSdk();
    if (present !== undefined) {
      resolve(present);
      return;
    }
    const script = document.createElement('script');
    const fail = (): void => {
      script.remove();
      reject(
        new SignedStreamError(
          'sdk-unavailable',
          "The Stream player's script could not be loaded.",
          {
            retryable: true,
          },
        ),
      );
    };
    script.async = true;
    try {
      script.src = toScriptUrl(url);
    } catch {
      // The page's Trusted Types forbid it.
      fail();
      return;
    }
    script.addEventListener('error', fail);
    script.addEventListener('load', () => {
      const sdk = findSdk();
      if (sdk === undefined) fail();
      else resolve(sdk);
    });
    document.head.append(script);
  });
}

/** The page may have the SDK already. */
function findSdk(): StreamSdk | undefined {
  const sdk: unknown = 'Stream' in window ? window.Stream : undefined;
  return isSdk(sdk) ? sdk : undefined;
}

function isSdk(value: unknown): value is StreamSdk {
  return typeof value === 'function';
}
