/** After these a viewer may have, or lack, something to play, or need no more tokens. */
export const REVIEWED_EVENTS = new Set([
  'canplay',
  'durationchange',
  'ended',
  'loadeddata',
  'pause',
  'play',
  'playing',
  'seeked',
  'seeking',
  'waiting',
]);
