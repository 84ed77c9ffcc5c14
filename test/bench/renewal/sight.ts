import type { FrameLog, Picture } from './frame-log.js';

/** All that a viewer saw, whatever was in front. */
export interface Sight {
  /** The longest time without a new picture, to the end of the play. */
  readonly longestGapMs: number;
  /** All such times that can be seen. */
  readonly frozenMs: number;
  /** How often the picture did not follow from the one before. */
  readonly jumps: number;
}

/** One exchange of players, as a viewer saw it. */
export interface Exchange {
  /** The longest time without a picture that was not seen yet, from the one player's last one on. */
  readonly darkMs: number;
  /** How far the next player's position was from that of the one before, at the same moment. */
  readonly offMs: number;
}

/**
 * What the exchanges in a log looked like.
 *
 * @param endMs when the play was over
 */
export function readExchanges({ pictures, fronts }: FrameLog, endMs: number): Exchange[] {
  return fronts.slice(1).flatMap((next, index) => {
    const of = (each: number | undefined): Picture[] =>
      pictures.filter(({ frame }) => frame === each);
    const left = of(fronts[index]?.frame).filter(({ atMs }) => atMs <= next.atMs);
    const right = of(next.frame).filter(({ atMs }) => atMs > next.atMs);
    const last = left.at(-1);
    if (last === undefined) return [];
    const first = right.find((picture) => isNewer(picture, last));
    const uncovered = findUncovered(pictures, next, last);
    const times = [last, uncovered, first].flatMap((each) => (each ? [each.atMs] : []));
    if (first === undefined) times.push(endMs);
    const aheadMs = findPhaseMs(right.slice(0, ROUND)) - findPhaseMs(left.slice(-ROUND));
    const offMs = Number.isNaN(aheadMs) ? Infinity : Math.abs(aheadMs);
    return [{ darkMs: longestStep(times), offMs }];
  });
}

/** How far the video is ahead of the clock, on average; not a number where there are no pictures. */
function findPhaseMs(pictures: readonly Picture[]): number {
  const phases = pictures.map(({ mediaSeconds, atMs }) => mediaSeconds * 1000 - atMs);
  return phases.reduce((sum, phase) => sum + phase, 0) / phases.length;
}

/** @param endMs when the play was over */
export function readSight({ pictures, fronts }: FrameLog, endMs: number): Sight {
  const seen = pictures.filter(({ frame, atMs }) => {
    const front = fronts.findLast((each) => each.atMs <= atMs);
    return front === undefined ? fronts.length === 0 : front.frame === frame;
  });
  for (const [index, next] of fronts.entries()) {
    const before = fronts[index - 1];
    const last = before && findLatest(pictures, before.frame, next.atMs);
    const uncovered = last && findUncovered(pictures, next, last);
    if (uncovered !== undefined) seen.push(uncovered);
  }
  seen.sort((one, other) => one.atMs - other.atMs);
  const steps = seen.slice(1).map((picture, index) => {
    const before = seen[index] ?? picture;
    const gapMs = picture.atMs - before.atMs;
    return { gapMs, aheadMs: (picture.mediaSeconds - before.mediaSeconds) * 1000 - gapMs };
  });
  const gaps = [...steps.map(({ gapMs }) => gapMs), endMs - (seen.at(-1)?.atMs ?? endMs)];
  const visible = gaps.filter((gapMs) => gapMs > VISIBLE_GAP_MS);
  return {
    longestGapMs: Math.max(...gaps),
    frozenMs: visible.reduce((sum, gapMs) => sum + gapMs, 0),
    // A picture that comes late is no jump, but one that is from somewhere else is.
    jumps: steps.filter(({ aheadMs, gapMs }) => aheadMs > JUMP_MS || aheadMs + gapMs < -JUMP_MS)
      .length,
  };
}

/**
 * The picture that a player already showed when it came to the front: new to a viewer if it is later in
 * the video than the last one seen, and seen as soon as the browser has drawn it.
 */
function findUncovered(
  pictures: readonly Picture[],
  next: FrameLog['fronts'][number],
  last: Picture,
): Picture | undefined {
  const picture = findLatest(pictures, next.frame, next.atMs);
  if (picture === undefined || !isNewer(picture, last)) return undefined;
  return { ...picture, atMs: next.atMs + DRAWING_MS };
}

function isNewer(picture: Picture, last: Picture): boolean {
  return picture.mediaSeconds > last.mediaSeconds + NEWER_SECONDS;
}

function findLatest(
  pictures: readonly Picture[],
  inFrame: number,
  beforeMs: number,
): Picture | undefined {
  return pictures.findLast(({ frame, atMs }) => frame === inFrame && atMs <= beforeMs);
}

function longestStep(times: readonly number[]): number {
  return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time)));
}

/** Pictures until 25 in a second and 60 of a screen meet again: each may be shown up to 17 ms late. */
const ROUND = 5;

/** A gap between pictures that is longer than this can be seen. */
const VISIBLE_GAP_MS = 250;

/** Longer than an exchange may be off. */
const JUMP_MS = 100;

/** Half a picture at 25 in a second: less is the same picture, with its time rounded. */
const NEWER_SECONDS = 0.02;

/** One picture of a screen with 60 Hz. */
const DRAWING_MS = 17;
