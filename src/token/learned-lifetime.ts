import type { HeldToken } from './held-token.js';
import type { ServerClock } from './server-clock.js';

/** How long tokens live at most, as refusals have shown where no server tells the time. */
export class LearnedLifetime {
  #lifetimeMs: number | undefined;
  /** How old the last one was that was refused. */
  #refusedAtAgeMs: number | undefined;

  /** `undefined` as long as nothing has been learned. */
  get ms(): number | undefined {
    return this.#lifetimeMs;
  }

  /**
   * Stream refused a token that did not look over. Where the viewer's clock is plainly wrong, the first
   * refusal is a lesson; else it takes two at much the same age, as one may have another reason.
   */
  learn(token: HeldToken, clock: ServerClock): void {
    const ageMs = clock.nowMs() - token.obtainedAtMs;
    if (clock.synchronized || ageMs < SHORTEST_AGE_MS) return;
    const beforeMs = this.#refusedAtAgeMs;
    this.#refusedAtAgeMs = ageMs;
    const isRepeated = beforeMs !== undefined && ageMs < 2 * beforeMs && beforeMs < 2 * ageMs;
    if (isRepeated) this.#lifetimeMs = Math.min(beforeMs, ageMs);
    else if (token.guessed) this.#lifetimeMs ??= ageMs;
  }
}

/** What is refused so soon was not refused for its age. */
const SHORTEST_AGE_MS = 3000;
