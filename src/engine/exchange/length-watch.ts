/**
 * Tells a live stream from a video by the lengths that decks tell of it: only what goes on has an end
 * that moves on. What was live once stays so.
 */
export class LengthWatch {
  #isLive = false;
  #knownSeconds = 0;
  /** When the deck shown has told a length. */
  #knownAtMs: number | undefined;

  /** Whether what plays has no end. */
  get isLive(): boolean {
    return this.#isLive;
  }

  /** Whether what plays may still turn out to have no end: its player tells that of its window. */
  get mayBeLive(): boolean {
    if (this.#isLive || this.#knownAtMs === undefined) return true;
    return performance.now() - this.#knownAtMs < LONGEST_WITHOUT_GROWTH_MS;
  }

  /** Another deck is listened to from now on. */
  restart(): void {
    this.#knownSeconds = 0;
    this.#knownAtMs = undefined;
  }

  note(durationSeconds: number): void {
    if (!(durationSeconds > 0)) return;
    const before = this.#knownSeconds;
    this.#knownAtMs ??= performance.now();
    this.#knownSeconds = durationSeconds;
    const hasGrown = before > 0 && durationSeconds > before + GROWTH_SECONDS;
    if (hasGrown || durationSeconds === Infinity) this.#isLive = true;
  }
}

/** A playlist that goes on is fetched again after the length of a segment. */
const LONGEST_WITHOUT_GROWTH_MS = 15_000;

/** Less is a correction: segments are a little longer than a playlist says. */
const GROWTH_SECONDS = 1.5;
