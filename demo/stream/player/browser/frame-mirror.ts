import {
  MEDIA_EVENTS,
  SETTING_NAMES,
  type FrameMessage,
  type PlayerSettings,
  type PlayerState,
  type Ranges,
  type SdkMessage,
} from './protocol.js';

type Look = Pick<PlayerSettings, 'adUrl' | 'defaultTextTrack' | 'letterboxColor' | 'primaryColor'>;

interface MirrorHandlers {
  readonly onSettings: (settings: Readonly<Partial<PlayerSettings>>) => void;
  readonly onLoad: (id: string) => void;
}

/** Keeps the SDK in the page around this frame informed, and does what it asks for. */
export class FrameMirror {
  readonly #video: HTMLVideoElement;
  readonly #look: Readonly<Look>;
  readonly #handlers: MirrorHandlers;

  constructor(video: HTMLVideoElement, look: Readonly<Look>, handlers: MirrorHandlers) {
    this.#video = video;
    this.#look = look;
    this.#handlers = handlers;
    for (const name of MEDIA_EVENTS) video.addEventListener(name, () => this.postEvent(name));
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (window.parent !== window && event.source === window.parent && isSdkMessage(event.data)) {
        this.#obey(event.data);
      }
    });
  }

  /** Says that the player is there. Only once: an SDK that does not listen yet never learns. */
  postReady(): void {
    this.#post({ from: 'stream-player', type: 'ready', state: this.#readState() });
  }

  postEvent(name: string): void {
    this.#post({ from: 'stream-player', type: 'event', name, state: this.#readState() });
  }

  #post(message: FrameMessage): void {
    // To whoever embeds it: the player cannot know that page's origin beforehand.
    if (window.parent !== window) window.parent.postMessage(message, '*');
  }

  #obey(message: SdkMessage): void {
    switch (message.type) {
      case 'play':
        void this.#play(message.call);
        break;
      case 'pause':
        this.#video.pause();
        break;
      case 'load':
        this.#handlers.onLoad(message.id);
        break;
      case 'set':
        this.#handlers.onSettings(pickSettings(message.settings));
        break;
    }
  }

  async #play(call: number): Promise<void> {
    try {
      await this.#video.play();
      this.#post({ from: 'stream-player', type: 'settled', call });
    } catch (cause) {
      const { name, message } = cause instanceof Error ? cause : new Error('Cannot play');
      this.#post({ from: 'stream-player', type: 'settled', call, error: { name, message } });
    }
  }

  #readState(): PlayerState {
    const video = this.#video;
    return {
      ...this.#look,
      autoplay: video.autoplay,
      buffered: toRanges(video.buffered),
      controls: video.controls,
      currentTime: video.currentTime,
      duration: video.duration,
      ended: video.ended,
      loop: video.loop,
      muted: video.muted,
      paused: video.paused,
      playbackRate: video.playbackRate,
      played: toRanges(video.played),
      // The picture it makes for itself has its id in the address: not for other windows.
      poster: video.poster.startsWith(`${location.origin}/`) ? '' : video.poster,
      preload: video.preload,
      seeking: video.seeking,
      videoHeight: video.videoHeight,
      videoWidth: video.videoWidth,
      volume: video.volume,
    };
  }
}

function toRanges(ranges: TimeRanges): Ranges {
  return Array.from({ length: ranges.length }, (_, index) => [
    ranges.start(index),
    ranges.end(index),
  ]);
}

function isSdkMessage(data: unknown): data is SdkMessage {
  return typeof data === 'object' && data !== null && 'from' in data && data.from === 'stream-sdk';
}

/** Only what a page may set. */
function pickSettings(settings: Readonly<Partial<PlayerSettings>>): Partial<PlayerSettings> {
  return Object.fromEntries(
    SETTING_NAMES.filter((name) => name in settings).map((name) => [name, settings[name]]),
  );
}
