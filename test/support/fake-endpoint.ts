import type { TokenAnswer, TokenFetcher, TokenRequest } from '../../src/token/token-fetcher.js';
import { settle, type FakeTime } from './fake-time.js';
import { tokenFor } from './fake-token.js';

interface Asked extends TokenRequest {
  /** Real time of the question. */
  readonly atMs: number;
}

/** A token endpoint of the test's world: its clock is right, and it answers as it is told. */
export class FakeEndpoint {
  readonly #time: FakeTime;
  readonly asked: Asked[] = [];
  /** Time that an answer takes. */
  delayMs = 20;
  /** Life of the tokens of the usual answer. */
  lifetimeMs = 60_000;
  /** Whether the server's `Date` can be read. */
  tellsTime = true;
  /** What is answered; a test puts its own in. */
  answer: (request: TokenRequest) => Promise<string> | string;
  /** Questions that have had no answer yet. */
  open = 0;

  constructor(time: FakeTime) {
    this.#time = time;
    this.answer = () => this.token();
  }

  /** A token as this endpoint issues it now. */
  token(claims: Readonly<Record<string, unknown>> = {}): string {
    return tokenFor(this.lifetimeMs, this.#time.realMs, claims);
  }

  get times(): readonly number[] {
    return this.asked.map(({ atMs }) => atMs);
  }

  readonly fetchToken: TokenFetcher = async (request) => {
    this.asked.push({ ...request, atMs: this.#time.realMs });
    this.open += 1;
    try {
      await this.#wait(this.delayMs);
      const text = await this.answer(request);
      const answer: TokenAnswer = { text };
      if (!this.tellsTime) return answer;
      return { text, serverDateMs: Math.floor(this.#time.realMs / 1000) * 1000 };
    } finally {
      this.open -= 1;
    }
  };

  #wait(delayMs: number): Promise<void> {
    return delayMs === 0
      ? settle()
      : new Promise((resolve) => void this.#time.setTimer(resolve, delayMs));
  }
}
