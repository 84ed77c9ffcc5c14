import {
  listenToPlayer,
  type Deck,
  type DeckEventType,
  type DeckListener,
} from '../exchange/deck.js';
import { attachPlayer, type StreamPlayer, type StreamSdk } from './sdk.js';

/** How an event changes what a frame has to play, as `HTMLMediaElement.readyState`. */
const READY_STATES: Partial<Record<DeckEventType, number>> = {
  loadstart: 0,
  error: 0,
  loadedmetadata: 1,
  loadeddata: 2,
  waiting: 2,
  canplay: 3,
  playing: 3,
  canplaythrough: 4,
};

const GOES_ON: ReadonlySet<DeckEventType> = new Set(['canplay', 'playing']);

/** What a frame is made of. */
export interface FrameOptions {
  readonly url: string;
  readonly token: string;
  readonly title: string;
  readonly startSeconds: number;
}

/** A frame with a Stream player in it. */
export class PlayerFrame implements Deck {
  readonly node: HTMLIFrameElement;
  readonly player: StreamPlayer;
  readonly #unlisten: () => void;
  readonly #detach: () => void;
  #token: string;
  #readyState = 0;
  #hasPlayed = false;
  #timeSeconds: number;
  #timeAtMs: number;

  /**
   * Puts a frame into the page. The SDK takes hold of it in the same task, because a frame says
   * only once that it is ready.
   */
  constructor(sdk: StreamSdk, parent: HTMLElement, options: FrameOptions, listener: DeckListener) {
    this.#token = options.token;
    this.#timeSeconds = options.startSeconds;
    this.#timeAtMs = performance.now();
    this.node = document.createElement('iframe');
    this.node.part.add('frame');
    this.label(options.title);
    this.node.allow = 'accelerometer; gyroscope; autoplay; encrypted-media; picture-in-picture;';
    this.node.allowFullscreen = true;
    // The page's address is nobody's business; its origin is what allowed origins are checked by.
    this.node.referrerPolicy = 'strict-origin-when-cross-origin';
    // A page that is isolated takes in no other frame, unless that says who may embed it.
    if (globalThis.crossOriginIsolated) this.node.setAttribute('credentialless', '');
    this.node.src = options.url;
    parent.append(this.node);
    const { player, detach } = attachPlayer(sdk, this.node);
    this.player = player;
    this.#detach = detach;
    this.#unlisten = listenToPlayer(this.player, (type) => {
      this.#note(type);
      listener(type, this);
    });
  }

  get token(): string {
    return this.#token;
  }

  get readyState(): number {
    return this.#readyState;
  }

  /** Carried on from the last event: the SDK tells the position four times a second. */
  get currentTime(): number {
    const { paused, ended, playbackRate, duration } = this.player;
    if (paused || ended || this.#readyState < 3 || this.player.seeking === true) {
      return this.#timeSeconds;
    }
    const sinceMs = Math.min(LONGEST_CARRY_MS, performance.now() - this.#timeAtMs);
    const carried = this.#timeSeconds + (sinceMs / 1000) * (playbackRate || 1);
    return duration > 0 ? Math.min(carried, duration) : carried;
  }

  get edgeSeconds(): number | undefined {
    const { duration } = this.player;
    return duration > 0 && Number.isFinite(duration) ? duration : undefined;
  }

  label(title: string): void {
    this.node.title = title;
  }

  seek(seconds: number): void {
    this.player.currentTime = seconds;
    this.#timeSeconds = seconds;
    this.#timeAtMs = performance.now();
  }

  reload(token: string): void {
    this.#token = token;
    this.#readyState = 0;
    // Another source is another video to the player, before which it would show an ad.
    if (this.#hasPlayed) this.player.adUrl = '';
    this.player.src = token;
  }

  destroy(): void {
    this.#unlisten();
    this.#detach();
    this.node.remove();
  }

  #note(type: DeckEventType): void {
    const readyState = READY_STATES[type] ?? this.#readyState;
    // That it can go on, or does, is no less than what is known of how far.
    const isLess = GOES_ON.has(type) && readyState < this.#readyState;
    if (!isLess) this.#readyState = readyState;
    if (type === 'playing') this.#hasPlayed = true;
    const seconds = this.player.currentTime;
    // Before there is media, the player's own clock stands at zero, not where it will start.
    if (this.#readyState > 0 && Number.isFinite(seconds)) {
      this.#timeSeconds = seconds;
      this.#timeAtMs = performance.now();
    }
  }
}

/** Without a word from the player for that long, it does not play. */
const LONGEST_CARRY_MS = 1500;
