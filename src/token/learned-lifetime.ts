import type { HeldToken } from './held-token.js';
import type { ServerClock } from './server-clock.js';

/** How long tokens live at most, as refusals have shown where no server tells the time. */
export class LearnedLifetime {
  #lifetimeMs: number | undefined;

  /** `undefined` as long as nothing has been learned. */
  get ms(): number | undefined {
    return this.#lifetimeMs;
  }

  /** Stream refused a token that did not look over. */
  learn(token: HeldToken, clock: ServerClock): void {
    const ageMs = clock.nowMs() - token.obtainedAtMs;
    if (clock.synchronized || ageMs < SHORTEST_AGE_MS) return;
    this.#lifetimeMs = Math.max(SHORTEST_LIFETIME_MS, Math.min(this.#lifetimeMs ?? ageMs, ageMs));
  }
}

/** What is refused at once was not refused for its age. */
const SHORTEST_AGE_MS = 1000;

/** No refusal makes a lifetime seem shorter than this. */
const SHORTEST_LIFETIME_MS = 3000;
