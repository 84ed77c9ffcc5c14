import type { EngineMedia } from './engine.js';

/**
 * For how long from now a player needs requests, in milliseconds: not at all while it is paused,
 * or when all of it is buffered; until its end otherwise.
 *
 * @param starting whether it is going to play although it is still paused
 * @param mayBeLive whether its length may turn out to be that of a live stream's window
 */
export function playbackNeedMs(media: EngineMedia, starting: boolean, mayBeLive = false): number {
  if (media.ended || (media.paused && !starting)) return 0;
  const { duration, currentTime, buffered, playbackRate } = media;
  if (mayBeLive || !Number.isFinite(duration)) return Infinity;
  const last = buffered.length - 1;
  const whole = last >= 0 && buffered.end(last) >= duration - END_TOLERANCE_SECONDS;
  if (media.loop) {
    return whole && last === 0 && buffered.start(0) < END_TOLERANCE_SECONDS ? 0 : Infinity;
  }
  if (whole && buffered.start(last) <= currentTime) return 0;
  return ((duration - currentTime) / Math.max(0.1, playbackRate)) * 1000;
}

/** Audio and video of the last segment end a little apart, and before the stated duration. */
const END_TOLERANCE_SECONDS = 0.5;
