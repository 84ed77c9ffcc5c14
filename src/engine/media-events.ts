/** What every player tells, by the names of a video element. */
export const PLAYER_EVENTS = [
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

/** What a page is told of a player. `error` is not among it: it is the element's own. */
export const MEDIA_EVENTS = [
  ...PLAYER_EVENTS,
  'emptied',
  'enterpictureinpicture',
  'leavepictureinpicture',
] as const;

/** One of them. */
export type MediaEventName = (typeof MEDIA_EVENTS)[number];
