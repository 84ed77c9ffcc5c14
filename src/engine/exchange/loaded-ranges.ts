/** What a player has loaded, from and to, in seconds of the video. */
export type LoadedRanges = readonly (readonly [fromSeconds: number, toSeconds: number])[];

/**
 * A player that tells of nothing has nothing, and neither has one in a frame that tells of something
 * else: what comes from there is not ours to rely on.
 *
 * @param offsetSeconds added to all, for times by another clock
 */
export function listLoaded(ranges: TimeRanges | undefined, offsetSeconds = 0): LoadedRanges {
  if (typeof ranges?.start !== 'function' || typeof ranges.end !== 'function') return [];
  return Array.from({ length: ranges.length }, (_, index) => [
    ranges.start(index) + offsetSeconds,
    ranges.end(index) + offsetSeconds,
  ]);
}

/** How much there is to play from there on; `undefined` where nothing is loaded, or told. */
export function findLoadedAfter(loaded: LoadedRanges, seconds: number): number | undefined {
  const range = loaded.find(([from, to]) => from <= seconds && seconds <= to);
  return range && range[1] - seconds;
}

/**
 * The place that is loaded, or else the one asked for: a player that has nothing more to play stands
 * a little before the end of a segment, and for the sake of that the whole would be loaded again.
 */
export function findNearestLoaded(loaded: LoadedRanges, seconds: number): number {
  if (findLoadedAfter(loaded, seconds) !== undefined) return seconds;
  const next = loaded.find(([from]) => from > seconds && from - seconds < SEGMENT_REST_SECONDS);
  return next === undefined ? seconds : next[0] + INTO_SECONDS;
}

const SEGMENT_REST_SECONDS = 0.1;
/** Beyond the rounding of where a range begins. */
const INTO_SECONDS = 0.01;
