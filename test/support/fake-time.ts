import type { Time } from '../../src/token/time.js';

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

/** Where every test begins. */
export const EPOCH_MS = 1_604_416_038_000;

/**
 * A world whose time moves only when a test says so. Real time, the device's clock and the
 * monotonic clock are told apart, because a device may be set wrong, and may sleep.
 */
export class FakeTime implements Time {
  readonly #timers = new Set<Timer>();
  #realMs = EPOCH_MS;
  #monotonicMs = 5000;
  #firedAtOnce = 0;
  /** How far the device's clock is ahead of real time. */
  wallErrorMs: number;
  /** How many timers have gone off. */
  fired = 0;

  constructor(wallErrorMs = 0) {
    this.wallErrorMs = wallErrorMs;
  }

  /** What a well-kept server's clock shows. */
  get realMs(): number {
    return this.#realMs;
  }

  /** How long after now each waiting timer goes off. */
  get timers(): readonly number[] {
    return [...this.#timers].map(({ atMs }) => atMs - this.#monotonicMs);
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  wallMs(): number {
    return this.#realMs + this.wallErrorMs;
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    if (Number.isNaN(delayMs)) throw new Error('a timer was set for a time that is not a number');
    const timer = { atMs: this.#monotonicMs + Math.max(0, delayMs), callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Lets time pass: timers go off in their order, and whatever they set going is waited for. */
  async advance(byMs: number): Promise<void> {
    const endMs = this.#monotonicMs + byMs;
    await settle();
    for (let next = this.#next(endMs); next !== undefined; next = this.#next(endMs)) {
      this.#timers.delete(next);
      this.#move(next.atMs - this.#monotonicMs);
      this.fired += 1;
      next.callback();
      await settle();
    }
    this.#move(endMs - this.#monotonicMs);
  }

  /** Real time passes while the device sleeps: no timer goes off, the monotonic clock stands. */
  sleep(forMs: number): void {
    this.#realMs += forMs;
  }

  #next(endMs: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.atMs <= endMs && timer.atMs < (first?.atMs ?? Infinity)) first = timer;
    }
    return first;
  }

  #move(byMs: number): void {
    this.#firedAtOnce = byMs < 0.5 ? this.#firedAtOnce + 1 : 0;
    if (this.#firedAtOnce > 50) throw new Error('timers go off again and again at the same time');
    this.#realMs += Math.max(0, byMs);
    this.#monotonicMs += Math.max(0, byMs);
  }
}

/** Waits until everything that can go on without time passing has done so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
