import type { Time } from './time.js';

/** A `Date` header and the two monotonic moments between which the server wrote it. */
export interface ClockSample {
  readonly serverDateMs: number;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

/** A moment to measure from. */
export interface ClockMark {
  readonly monotonicMs: number;
  readonly sleptMs: number;
}

/**
 * The server's clock, as well as it can be known from here.
 *
 * Every `Date` header bounds the distance between the server's clock and our monotonic one; bounds
 * that agree are narrowed, a sample that contradicts them replaces them. Until there is a sample
 * the device's clock at the start has to do.
 *
 * Some systems stop the monotonic clock while they sleep. If the device's clock has run ahead of
 * it since the last sample, either time was slept away or somebody set the clock: nobody can tell
 * which, so both readings are offered (`nowMs`, `latestMs`), and the next sample decides.
 */
export class ServerClock {
  readonly #time: Time;
  /** Server minus monotonic, in milliseconds, lies between these two. */
  #lowest: number;
  #highest: number;
  /** Device's minus monotonic clock when last compared. */
  #wallOffset: number;
  #slept = 0;
  #synchronized = false;

  constructor(time: Time) {
    this.#time = time;
    this.#wallOffset = time.wallMs() - time.monotonicMs();
    this.#lowest = this.#highest = this.#wallOffset;
  }

  /** Whether a server has told the time since the start. */
  get synchronized(): boolean {
    return this.#synchronized;
  }

  /** How far `nowMs` may be off, in either direction. */
  get uncertaintyMs(): number {
    return (this.#highest - this.#lowest) / 2;
  }

  /** Whether time may have passed that the monotonic clock did not see. */
  get doubtful(): boolean {
    this.#compare();
    return this.#slept > 0;
  }

  /** The server's time in milliseconds since the epoch, by the monotonic clock. */
  nowMs(): number {
    return this.#time.monotonicMs() + (this.#lowest + this.#highest) / 2;
  }

  /** The latest that the server's time can be: with what may have been slept away. */
  latestMs(): number {
    this.#compare();
    return this.nowMs() + this.#slept;
  }

  mark(): ClockMark {
    this.#compare();
    return { monotonicMs: this.#time.monotonicMs(), sleptMs: this.#slept };
  }

  /** Time passed since then, with what may have been slept away since; never less than nothing. */
  sinceMs({ monotonicMs, sleptMs }: ClockMark): number {
    this.#compare();
    return this.#time.monotonicMs() - monotonicMs + Math.max(0, this.#slept - sleptMs);
  }

  observe({ serverDateMs, sentAtMs, receivedAtMs }: ClockSample): void {
    // `Date` has whole seconds, cut off: the server wrote it at `serverDateMs` or up to 1 s later,
    // some time between sending and receiving.
    const lowest = serverDateMs - receivedAtMs;
    const highest = serverDateMs + 1000 - sentAtMs;
    const agrees =
      this.#synchronized && this.#slept === 0 && lowest <= this.#highest && highest >= this.#lowest;
    this.#lowest = agrees ? Math.max(this.#lowest, lowest) : lowest;
    this.#highest = agrees ? Math.min(this.#highest, highest) : highest;
    this.#synchronized = true;
    this.#settle();
  }

  /**
   * A new token came without a readable date, so a doubt has to be settled otherwise: what the
   * device's clock says passed, passed (a laptop sleeps more often than somebody sets its clock).
   */
  trustDevice(): void {
    this.#compare();
    this.#lowest += this.#slept;
    this.#highest += this.#slept;
    this.#settle();
    if (!this.#synchronized) this.#lowest = this.#highest = this.#wallOffset;
  }

  #settle(): void {
    this.#wallOffset = this.#time.wallMs() - this.#time.monotonicMs();
    this.#slept = 0;
  }

  #compare(): void {
    const gained = this.#time.wallMs() - this.#time.monotonicMs() - this.#wallOffset;
    // A clock set back is no sleep; small steps are the system's own corrections.
    if (gained < -JUMP_MS) this.#settle();
    else this.#slept = gained > JUMP_MS ? gained : 0;
  }
}

/** Differences between the two clocks below this are drift. */
const JUMP_MS = 2000;
