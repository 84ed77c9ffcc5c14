import { findLoadedAfter, findNearestLoaded, type LoadedRanges } from './loaded-ranges.js';

/** One of the two decks, as the plan sees it; times in seconds of the video, by one clock. */
export interface DeckReading {
  readonly timeSeconds: number;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly readyState: number;
  readonly seeking: boolean;
  readonly loaded: LoadedRanges;
}

/** What to do next. `rate` is a factor on the viewer's own speed. */
export type TakeoverStep =
  /** For `ms` at most, where that is known. */
  | { readonly kind: 'wait'; readonly ms?: number }
  | { readonly kind: 'seek'; readonly toSeconds: number }
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'rate'; readonly factor: number }
  /** Started at the wrong moment: it stops, and is started once more. */
  | { readonly kind: 'restart' }
  | { readonly kind: 'reveal' }
  | { readonly kind: 'abandon' };

/** How the deck behind is brought to where the one in front is. */
export interface TakeoverSituation {
  readonly front: DeckReading;
  readonly behind: DeckReading;
  /** Where the video ends, by the same clock; `Infinity` where it does not. */
  readonly endSeconds: number;
  /** Speed at which the viewer watches. */
  readonly playbackRate: number;
  /** Whether the deck behind has been told to play. */
  readonly started: boolean;
  /** For how long it has moved since; `undefined` while it does not. */
  readonly movingForMs: number | undefined;
  /** Whether its speed can be changed. */
  readonly shiftsSpeed: boolean;
  /** The factor it runs at now. */
  readonly factor: number;
  /** Seconds of real time that a start takes to show. */
  readonly startLatencySeconds: number;
  /** Seconds of real time that a seek to what is not loaded yet is given. */
  readonly seekLatencySeconds: number;
  /** For how long the one in front has had nothing to play, though it should. */
  readonly stalledForMs: number;
  /** For how long it may play unseen until it has as much left to play as the one in front. */
  readonly stockingMs: number;
  /** How long ago the deck behind was first told to play. */
  readonly playingForMs: number;
  /** A live stream whose edge is not told: each deck has a clock of its own, that says nothing. */
  readonly isEdgeUnknown: boolean;
}

/**
 * The next step of a takeover. The deck behind is loaded a little ahead, starts when the one in
 * front gets there, runs a little faster or slower until both agree, and is shown then.
 */
export function planTakeover(situation: TakeoverSituation): TakeoverStep {
  const { front, behind, started, movingForMs, playingForMs } = situation;
  // What waits for its network is met where it stands, by one that has something to play.
  const stands = front.paused || situation.stalledForMs > STALL_MS;
  if (front.ended) return { kind: 'abandon' };
  if (behind.readyState < 1 || behind.seeking) return { kind: 'wait' };
  if (started && (situation.isEdgeUnknown ? front.paused : stands)) return { kind: 'pause' };
  if (situation.isEdgeUnknown) return planLive(situation);
  const apartSeconds = front.timeSeconds - behind.timeSeconds;
  if (stands) return planStanding(front, behind);
  const gapSeconds = apartSeconds + SHOWING_SECONDS * situation.playbackRate;
  if (!started) return planStart(situation, gapSeconds);
  if (behind.paused) return { kind: 'play' };
  if (behind.readyState < 3 || movingForMs === undefined) return { kind: 'wait' };
  const late = playingForMs > PATIENCE_MS;
  const settlingMs = situation.shiftsSpeed ? TOLD_SETTLING_MS : SETTLING_MS;
  if (movingForMs < settlingMs) return { kind: 'wait', ms: settlingMs - movingForMs };
  // What is in front may have more left to play than what would take its place.
  const isStocking = movingForMs < situation.stockingMs && isShort(front, behind);
  const reveal: TakeoverStep = { kind: isStocking ? 'wait' : 'reveal' };
  if (!situation.shiftsSpeed) {
    // A start is a hit or a miss.
    const toleranceSeconds = late ? LATE_TOLERANCE_SECONDS : HIT_SECONDS;
    return Math.abs(gapSeconds) <= toleranceSeconds ? reveal : { kind: 'restart' };
  }
  if (Math.abs(gapSeconds) <= (late ? LATE_TOLERANCE_SECONDS : TOLERANCE_SECONDS)) {
    return situation.factor === 1 || late ? reveal : { kind: 'rate', factor: 1 };
  }
  if (Math.abs(gapSeconds) > CATCH_UP_SECONDS * situation.playbackRate) {
    return seekAhead(situation);
  }
  const factor = 1 + Math.max(-MOST_SHIFT, Math.min(MOST_SHIFT, gapSeconds * 2));
  return Math.abs(factor - situation.factor) < 0.02 ? { kind: 'wait' } : { kind: 'rate', factor };
}

/** The deck behind goes to the live edge by itself; it is shown as soon as it plays. */
function planLive({ front, behind, started, movingForMs }: TakeoverSituation): TakeoverStep {
  if (behind.readyState < (front.paused ? 2 : 3)) return { kind: 'wait' };
  if (front.paused) return { kind: 'reveal' };
  if (!started) return { kind: 'play' };
  return behind.paused || movingForMs === undefined ? { kind: 'wait' } : { kind: 'reveal' };
}

/** Whether the deck behind has loaded so little that it would stop where the one in front plays on. */
function isShort(front: DeckReading, behind: DeckReading): boolean {
  const stockSeconds = findLoadedAfter(behind.loaded, behind.timeSeconds);
  const leftSeconds = findLoadedAfter(front.loaded, front.timeSeconds) ?? 0;
  if (stockSeconds === undefined) return false;
  return stockSeconds < Math.min(STOCK_SECONDS, leftSeconds - LESS_SECONDS);
}

function planStanding(front: DeckReading, behind: DeckReading): TakeoverStep {
  const toSeconds = findNearestLoaded(behind.loaded, front.timeSeconds);
  if (Math.abs(toSeconds - behind.timeSeconds) > TOLERANCE_SECONDS) {
    return { kind: 'seek', toSeconds };
  }
  return behind.readyState >= (front.paused ? 2 : 3) ? { kind: 'reveal' } : { kind: 'wait' };
}

function planStart(situation: TakeoverSituation, gapSeconds: number): TakeoverStep {
  const { behind, playbackRate, startLatencySeconds } = situation;
  const aheadSeconds = -gapSeconds;
  const neededSeconds = startLatencySeconds * playbackRate - HIT_SECONDS;
  // What loads slowly is loaded far ahead.
  const farSeconds = FAR_SECONDS + situation.seekLatencySeconds * playbackRate;
  // What is late can still catch up where its speed can be changed.
  const leastSeconds = situation.shiftsSpeed ? -TOLERANCE_SECONDS : neededSeconds;
  if (aheadSeconds < leastSeconds || aheadSeconds > farSeconds) {
    if (behind.readyState < 2) return { kind: 'wait' };
    return seekAhead(situation);
  }
  if (behind.readyState < 3) return { kind: 'wait' };
  const ms = (aheadSeconds / playbackRate - startLatencySeconds) * 1000;
  return ms <= 0 ? { kind: 'play' } : { kind: 'wait', ms };
}

function seekAhead(situation: TakeoverSituation): TakeoverStep {
  const { front, behind, playbackRate, seekLatencySeconds, startLatencySeconds } = situation;
  const soonSeconds = placeIn(LOADED_SEEK_SECONDS);
  const isLoaded = (findLoadedAfter(behind.loaded, soonSeconds) ?? 0) >= ENOUGH_SECONDS;
  const toSeconds = isLoaded ? soonSeconds : placeIn(seekLatencySeconds);
  // The one in front is over by then, or has begun again.
  if (toSeconds > situation.endSeconds - LAST_SECONDS) return { kind: 'wait' };
  return { kind: 'seek', toSeconds };

  /** Where the viewer will be when a seek that takes so long has been done, and the start after it. */
  function placeIn(seconds: number): number {
    return front.timeSeconds + (seconds + startLatencySeconds) * playbackRate;
  }
}

/**
 * So near to its end nothing is loaded: the pictures end before the stated duration, and a player that
 * is sent behind them never has anything to show.
 */
export const LAST_SECONDS = 1;

/** What comes to the front shows its next pictures later by about one of the screen's: so far ahead it is. */
const SHOWING_SECONDS = 0.015;
const TOLERANCE_SECONDS = 0.025;
const HIT_SECONDS = 0.05;
/** A player says that it plays a little before its clock runs. */
const SETTLING_MS = 150;
/** Pictures fall behind at a start; one in a frame tells its position again after a quarter second. */
const TOLD_SETTLING_MS = 400;
const LATE_TOLERANCE_SECONDS = 0.25;
/** What is further ahead than that, and than loading takes, seeks instead of waiting to start. */
const FAR_SECONDS = 4;
/** What plays seeks where catching up would take longer than twice that, in seconds of real time. */
const CATCH_UP_SECONDS = 2;
/** How far from the viewer's speed a deck that nobody sees or hears may play. */
const MOST_SHIFT = 0.5;
const PATIENCE_MS = 12_000;
/** What a seek to what is loaded is given. */
export const LOADED_SEEK_SECONDS = 0.8;
/** With less than that after it, a place is as good as not loaded. */
const ENOUGH_SECONDS = 1;
/** A player that takes over has so much to play, or as much as the one before it. */
const STOCK_SECONDS = 4;
/** As far ahead a deck behind may be that has loaded as much as the one in front. */
const LESS_SECONDS = 0.3;
/** A player that has had nothing to play for so long is not about to go on. */
export const STALL_MS = 500;
