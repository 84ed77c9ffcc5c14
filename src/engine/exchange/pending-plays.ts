/** Those who have asked to play, as long as it does not yet. */
export class PendingPlays {
  readonly #waiting = new Set<() => void>();
  #isPending = false;

  /** Whether somebody has asked to play, and it does not yet. */
  get isPending(): boolean {
    return this.#isPending;
  }

  /** Resolves when it is over, in whatever way. */
  ask(): Promise<void> {
    this.#isPending = true;
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  /** It plays, or is not to play any more. */
  end(): void {
    this.#isPending = false;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
