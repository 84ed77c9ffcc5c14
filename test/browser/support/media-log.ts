/** What a `<video>` and `<signed-stream>` have in common. */
export type Media = Pick<
  HTMLVideoElement,
  | 'play'
  | 'pause'
  | 'load'
  | 'currentTime'
  | 'duration'
  | 'paused'
  | 'ended'
  | 'seeking'
  | 'loop'
  | 'volume'
  | 'muted'
  | 'playbackRate'
  | 'readyState'
  | 'videoWidth'
> &
  HTMLElement;

/**
 * Left out are those that tell how far loading and playback are, and `waiting`, which depends on
 * what is loaded.
 */
const FOLLOWED = [
  ...['abort', 'canplay', 'canplaythrough', 'durationchange', 'emptied', 'ended', 'error'],
  ...['loadeddata', 'loadedmetadata', 'loadstart', 'pause', 'play', 'playing', 'ratechange'],
  ...['resize', 'seeked', 'seeking', 'volumechange'],
];

/** What is so by the time an event is heard. */
const TRUE_BY_THEN: Readonly<Record<string, (media: Media) => boolean>> = {
  canplay: ({ readyState }) => readyState >= 3,
  canplaythrough: ({ readyState }) => readyState >= 3,
  durationchange: ({ duration }) => duration > 0,
  emptied: ({ readyState, paused }) => readyState === 0 && paused,
  ended: ({ ended, paused }) => ended && paused,
  loadeddata: ({ readyState }) => readyState >= 2,
  loadedmetadata: ({ readyState, duration, videoWidth }) =>
    readyState >= 1 && duration > 0 && videoWidth > 0,
  pause: ({ paused }) => paused,
  play: ({ paused }) => !paused,
  playing: ({ paused, readyState }) => !paused && readyState >= 3,
  resize: ({ videoWidth }) => videoWidth > 0,
  seeked: ({ seeking }) => !seeking,
  seeking: ({ seeking }) => seeking,
};

/** What media tells, and whether it is so. */
export class MediaLog {
  /** Event after event; what comes several times running is there once. */
  readonly events: string[] = [];
  /** Events that told of something which was not yet so. */
  readonly early: string[] = [];

  constructor(media: Media) {
    for (const type of FOLLOWED) {
      media.addEventListener(type, () => {
        if (this.events.at(-1) !== type) this.events.push(type);
        if (TRUE_BY_THEN[type]?.(media) === false) this.early.push(type);
      });
    }
  }

  has(types: readonly string[]): boolean {
    return types.every((type) => this.events.includes(type));
  }

  /** What was told since the last time. */
  take(): string[] {
    return this.events.splice(0);
  }
}
