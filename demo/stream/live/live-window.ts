import type { MediaLibrary } from '../media-library.js';

const WINDOW_SEGMENTS = 6;
const DVR_WINDOW_SECONDS = 300;
/** How long a segment stays after it has left the playlist. */
const GRACE_SEGMENTS = 6;

/**
 * Broadcasts have run since then, segment 1 first. A fixed date needs no timer and no state: which
 * segments exist follows from the time alone. A near one keeps media times small.
 */
const BROADCAST_START_MS = Date.UTC(2026, 0, 1);

/** Numbers of the first and last segment on offer. */
export interface LiveWindow {
  readonly first: number;
  readonly last: number;
}

/** What a broadcast's playlist lists now. */
export function findLiveWindow(media: MediaLibrary, nowMs: number, isDvr: boolean): LiveWindow {
  const { segmentSeconds } = media.manifest;
  const last = Math.floor((nowMs - BROADCAST_START_MS) / 1000 / segmentSeconds);
  const count = isDvr ? Math.ceil(DVR_WINDOW_SECONDS / segmentSeconds) : WINDOW_SEGMENTS;
  return { first: Math.max(1, last - count + 1), last };
}

/** Whether a segment can be fetched now: it has been broadcast, and not too long ago. */
export function isOnAir(media: MediaLibrary, segment: number, nowMs: number): boolean {
  const { first, last } = findLiveWindow(media, nowMs, true);
  return segment >= first - GRACE_SEGMENTS && segment <= last;
}

export function segmentStartMs(media: MediaLibrary, segment: number): number {
  return BROADCAST_START_MS + (segment - 1) * media.manifest.segmentSeconds * 1000;
}

/** Which of the film's segments a broadcast shows, and in which round of its endless loop. */
export function toFilmSegment(
  media: MediaLibrary,
  segment: number,
): { filmSegment: number; round: number } {
  const { segmentCount } = media.manifest;
  return {
    filmSegment: ((segment - 1) % segmentCount) + 1,
    round: Math.floor((segment - 1) / segmentCount),
  };
}
