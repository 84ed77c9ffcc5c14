import { SignedStreamError } from '../../src/errors.js';
import type { TokenSource } from '../../src/engine/engine.js';

/** Tokens as a test hands them out. */
export class FakeTokenSource implements TokenSource {
  readonly #remaining = new Map<string, number>();
  readonly #waiting = new Set<() => void>();
  #current: string;
  /** Tokens that were reported as refused. */
  readonly replaced: string[] = [];
  /** What a refused token is replaced by; nothing where there is no other. */
  next: (() => string) | undefined;

  constructor(first: string) {
    this.#current = first;
    this.#remaining.set(first, Infinity);
  }

  /** A newer token is there; the one before lives on for so long. */
  renew(token: string, remainingOfOldMs = 0): void {
    this.#remaining.set(this.#current, remainingOfOldMs);
    this.#current = token;
    this.#remaining.set(token, Infinity);
    for (const wake of this.#waiting) wake();
  }

  /** The token in hand ends, and no other is there yet. */
  expire(): void {
    this.#remaining.set(this.#current, 0);
  }

  current(): string {
    return this.#current;
  }

  remainingMs(token: string): number {
    return this.#remaining.get(token) ?? 0;
  }

  async fresh(signal: AbortSignal): Promise<string> {
    while (this.remainingMs(this.#current) <= 0) {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      signal.throwIfAborted();
    }
    return this.#current;
  }

  async replace(token: string, signal: AbortSignal): Promise<string> {
    this.replaced.push(token);
    if (token !== this.#current) return this.fresh(signal);
    this.expire();
    await Promise.resolve();
    const next = this.next?.();
    if (next === undefined) {
      throw new SignedStreamError('endpoint-unreachable', 'The endpoint is down.');
    }
    this.renew(next);
    return next;
  }
}
