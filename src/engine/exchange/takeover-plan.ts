/** One of the two decks, as the plan sees it; times in seconds of the video, by one clock. */
export interface DeckReading {
  readonly timeSeconds: number;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly readyState: number;
  readonly seeking: boolean;
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
  /** Seconds of real time that a seek is given. */
  readonly seekLatencySeconds: number;
  /** How long the takeover has been under way. */
  readonly elapsedMs: number;
  /** A live stream whose edge is not told: each deck has a clock of its own, that says nothing. */
  readonly isEdgeUnknown: boolean;
}

/**
 * The next step of a takeover. The deck behind is loaded a little ahead, starts when the one in
 * front gets there, runs a little faster or slower until both agree, and is shown then.
 */
export function planTakeover(situation: TakeoverSituation): TakeoverStep {
  const { front, behind, started, movingForMs, elapsedMs } = situation;
  if (front.ended) return { kind: 'abandon' };
  if (behind.readyState < 1 || behind.seeking) return { kind: 'wait' };
  if (front.paused && started) return { kind: 'pause' };
  if (situation.isEdgeUnknown) return planLive(situation);
  const apartSeconds = front.timeSeconds - behind.timeSeconds;
  if (front.paused) return planPaused(behind, apartSeconds, front.timeSeconds);
  const gapSeconds = apartSeconds + SHOWING_SECONDS * situation.playbackRate;
  if (!started) return planStart(situation, gapSeconds);
  if (behind.paused) return { kind: 'play' };
  if (behind.readyState < 3 || movingForMs === undefined) return { kind: 'wait' };
  const late = elapsedMs > PATIENCE_MS;
  const settlingMs = situation.shiftsSpeed ? TOLD_SETTLING_MS : SETTLING_MS;
  if (movingForMs < settlingMs) return { kind: 'wait', ms: settlingMs - movingForMs };
  if (!situation.shiftsSpeed) return planFixedSpeed(gapSeconds, late);
  if (Math.abs(gapSeconds) <= (late ? LATE_TOLERANCE_SECONDS : TOLERANCE_SECONDS)) {
    return situation.factor === 1 || late ? { kind: 'reveal' } : { kind: 'rate', factor: 1 };
  }
  if (Math.abs(gapSeconds) > CATCH_UP_SECONDS * situation.playbackRate) {
    return seekAhead(situation);
  }
  const factor = 1 + Math.max(-MOST_SHIFT, Math.min(MOST_SHIFT, gapSeconds * 2));
  return Math.abs(factor - situation.factor) < 0.02 ? { kind: 'wait' } : { kind: 'rate', factor };
}

/** Where the speed cannot be changed, a start is a hit or a miss. */
function planFixedSpeed(gapSeconds: number, late: boolean): TakeoverStep {
  const toleranceSeconds = late ? LATE_TOLERANCE_SECONDS : HIT_SECONDS;
  return { kind: Math.abs(gapSeconds) <= toleranceSeconds ? 'reveal' : 'restart' };
}

/** The deck behind goes to the live edge by itself; it is shown as soon as it plays. */
function planLive({ front, behind, started, movingForMs }: TakeoverSituation): TakeoverStep {
  if (behind.readyState < (front.paused ? 2 : 3)) return { kind: 'wait' };
  if (front.paused) return { kind: 'reveal' };
  if (!started) return { kind: 'play' };
  return behind.paused || movingForMs === undefined ? { kind: 'wait' } : { kind: 'reveal' };
}

function planPaused(behind: DeckReading, gapSeconds: number, atSeconds: number): TakeoverStep {
  if (Math.abs(gapSeconds) > TOLERANCE_SECONDS) return { kind: 'seek', toSeconds: atSeconds };
  return behind.readyState >= 2 ? { kind: 'reveal' } : { kind: 'wait' };
}

function planStart(situation: TakeoverSituation, gapSeconds: number): TakeoverStep {
  const { behind, playbackRate, startLatencySeconds } = situation;
  const aheadSeconds = -gapSeconds;
  const neededSeconds = startLatencySeconds * playbackRate - HIT_SECONDS;
  // What is late can still catch up where its speed can be changed.
  const leastSeconds = situation.shiftsSpeed ? -TOLERANCE_SECONDS : neededSeconds;
  if (aheadSeconds < leastSeconds || aheadSeconds > FAR_SECONDS) {
    if (behind.readyState < 2) return { kind: 'wait' };
    return seekAhead(situation);
  }
  if (behind.readyState < 3) return { kind: 'wait' };
  const ms = (aheadSeconds / playbackRate - startLatencySeconds) * 1000;
  return ms <= 0 ? { kind: 'play' } : { kind: 'wait', ms };
}

function seekAhead(situation: TakeoverSituation): TakeoverStep {
  const { front, playbackRate, seekLatencySeconds, startLatencySeconds } = situation;
  const leadSeconds = (seekLatencySeconds + startLatencySeconds) * playbackRate;
  const toSeconds = front.timeSeconds + leadSeconds;
  // The one in front is over by then, or has begun again.
  if (toSeconds > situation.endSeconds - LAST_SECONDS) return { kind: 'wait' };
  return { kind: 'seek', toSeconds };
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
/** What is further ahead than that seeks instead of waiting to start. */
const FAR_SECONDS = 4;
/** What plays seeks where catching up would take longer than twice that, in seconds of real time. */
const CATCH_UP_SECONDS = 2;
/** How far from the viewer's speed a deck that nobody sees or hears may play. */
const MOST_SHIFT = 0.5;
const PATIENCE_MS = 12_000;
