interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Those who have asked to play, as long as it does not yet. */
export class PendingPlays {
  readonly #waiting = new Set<Waiting>();
  #isPending = false;

  /** Whether somebody has asked to play, and it does not yet. */
  get isPending(): boolean {
    return this.#isPending;
  }

  /** Resolves when it plays; rejects where it cannot, or is not to any more. */
  ask(): Promise<void> {
    this.#isPending = true;
    return new Promise((resolve, reject) => this.#waiting.add({ resolve, reject }));
  }

  /** It plays. */
  fulfil(): void {
    this.#end(({ resolve }) => resolve());
  }

  /** It cannot play. */
  fail(error: unknown): void {
    this.#end(({ reject }) => reject(error));
  }

  /** It is not to play any more: what a `<video>` says then. */
  interrupt(): void {
    this.fail(new DOMException('The play() request was interrupted.', 'AbortError'));
  }

  #end(tell: (waiting: Waiting) => void): void {
    this.#isPending = false;
    this.#waiting.forEach(tell);
    this.#waiting.clear();
  }
}
