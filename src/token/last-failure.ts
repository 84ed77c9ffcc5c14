import type { LeaseFailure } from './lease-client.js';
import type { PlannedFailure } from './renewal-plan.js';
import type { ClockMark, ServerClock } from './server-clock.js';

/** The last attempt to get a token, which failed. */
export class LastFailure {
  /** What those who play were told of it. */
  readonly told: LeaseFailure;
  readonly #clock: ServerClock;
  readonly #mark: ClockMark;
  #isExcused = false;

  constructor(told: LeaseFailure, clock: ServerClock) {
    this.told = told;
    this.#clock = clock;
    this.#mark = clock.mark();
  }

  /**
   * Somebody else is asked from now on, who may do what this one failed at.
   *
   * @returns whether that is the first time: a page may make its function anew at each rendering
   */
  excuse(): boolean {
    const isFirst = !this.#isExcused;
    this.#isExcused = true;
    return isFirst;
  }

  get sinceMs(): number {
    return this.#clock.sinceMs(this.#mark);
  }

  /** Whether the endpoint asked to be left alone, and the time is not over. */
  get isToldToWait(): boolean {
    return this.sinceMs < (this.told.error.retryAfterMs ?? 0);
  }

  /** @param nowMs what counts as now for the plan */
  toPlan(nowMs: number): PlannedFailure {
    const { attempt, error } = this.told;
    const { retryable, retryAfterMs } = error;
    return { attempt, atMs: nowMs - this.sinceMs, retryable, retryAfterMs };
  }
}
