/** Start and end of each range, in seconds. */
export type Ranges = readonly (readonly [start: number, end: number])[];

/** What the player lets a page set. */
export interface PlayerSettings {
  adUrl: string;
  autoplay: boolean;
  controls: boolean;
  currentTime: number;
  defaultTextTrack: string;
  letterboxColor: string;
  loop: boolean;
  muted: boolean;
  playbackRate: number;
  poster: string;
  preload: string;
  primaryColor: string;
  volume: number;
}

/** All that a page can know of the player without asking. */
export interface PlayerState extends PlayerSettings {
  buffered: Ranges;
  duration: number;
  ended: boolean;
  paused: boolean;
  played: Ranges;
  seeking: boolean;
  videoHeight: number;
  videoWidth: number;
}

/** From the frame to the page around it. */
export type FrameMessage =
  /** Once, when the frame's script runs; who listens later does not hear it. */
  | { readonly from: 'stream-player'; readonly type: 'ready'; readonly state: PlayerState }
  | {
      readonly from: 'stream-player';
      readonly type: 'event';
      readonly name: string;
      readonly state: PlayerState;
    }
  /** The end of a `play` call. */
  | {
      readonly from: 'stream-player';
      readonly type: 'settled';
      readonly call: number;
      readonly error?: { readonly name: string; readonly message: string };
    };

/** From the page's SDK to the frame. */
export type SdkMessage =
  | { readonly from: 'stream-sdk'; readonly type: 'play'; readonly call: number }
  | { readonly from: 'stream-sdk'; readonly type: 'pause' }
  /** Another video (or another token) for the same frame: a uid or a token. */
  | { readonly from: 'stream-sdk'; readonly type: 'load'; readonly id: string }
  | {
      readonly from: 'stream-sdk';
      readonly type: 'set';
      readonly settings: Readonly<Partial<PlayerSettings>>;
    };

export const SETTING_NAMES = [
  'adUrl',
  'autoplay',
  'controls',
  'currentTime',
  'defaultTextTrack',
  'letterboxColor',
  'loop',
  'muted',
  'playbackRate',
  'poster',
  'preload',
  'primaryColor',
  'volume',
] as const satisfies readonly (keyof PlayerSettings)[];

/** Events of the media element that the player passes on. */
export const MEDIA_EVENTS = [
  'abort',
  'canplay',
  'canplaythrough',
  'durationchange',
  'ended',
  'loadeddata',
  'loadedmetadata',
  'loadstart',
  'pause',
  'play',
  'playing',
  'progress',
  'ratechange',
  'resize',
  'seeked',
  'seeking',
  'stalled',
  'suspend',
  'timeupdate',
  'volumechange',
  'waiting',
] as const;
