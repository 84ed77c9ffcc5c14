import { LEAST_MOVE_SECONDS, LONGEST_WAIT_MS } from './edge-moves.js';

/**
 * The rhythm in which a player learns of new segments of its live stream: it fetches the list of them
 * again and again, and tells the edge as the video's length.
 */
export class EdgeWatch {
  #edgeSeconds = 0;
  #beganAtMs: number | undefined;
  #learnedAtMs = 0;
  #everyMs: number | undefined;

  /** @param before the player that this one is to take over from, which has the same rhythm */
  constructor(before?: EdgeWatch) {
    if (before !== undefined) this.#everyMs = before.#everyMs;
  }

  /** When it first learned of any. */
  get beganAtMs(): number | undefined {
    return this.#beganAtMs;
  }

  /** Takes note of the length that the player tells now. */
  note(durationSeconds: number, nowMs: number): void {
    const known = this.#edgeSeconds;
    if (!Number.isFinite(durationSeconds)) return;
    if (Math.abs(durationSeconds - known) <= LEAST_MOVE_SECONDS) return;
    const everyMs = nowMs - this.#learnedAtMs;
    // One that counts from elsewhere was loaded anew, one that learned of nothing for long was asleep.
    const goesOn = known > 0 && durationSeconds > known && everyMs <= LONGEST_WAIT_MS;
    if (goesOn) this.#everyMs = everyMs;
    this.#edgeSeconds = durationSeconds;
    this.#beganAtMs ??= nowMs;
    this.#learnedAtMs = nowMs;
  }

  /**
   * How long it is until so much before the player learns of a segment; `undefined` where its rhythm is
   * not known.
   */
  untilBeforeNextMs(earlierMs: number, nowMs: number): number | undefined {
    if (this.#everyMs === undefined || this.#beganAtMs === undefined) return undefined;
    const sinceMs = nowMs + earlierMs - this.#learnedAtMs;
    return this.#everyMs - (sinceMs % this.#everyMs);
  }

  /** How far from the nearest time at which the player learns of segments it is; 0 where that is not known. */
  awayMs(nowMs: number): number {
    const untilMs = this.untilBeforeNextMs(0, nowMs);
    if (untilMs === undefined || this.#everyMs === undefined) return 0;
    return Math.min(untilMs, this.#everyMs - untilMs);
  }
}
