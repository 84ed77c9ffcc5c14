/** When each recent token ends: URLs may still carry an older one. */
export class KnownEnds {
  readonly #ends = new Map<string, number>();

  /** Takes note of a token; those that are over are forgotten. */
  add(tokenText: string, endsAtMs: number, nowMs: number): void {
    for (const [text, endMs] of this.#ends) if (endMs <= nowMs) this.#ends.delete(text);
    this.#ends.set(tokenText, endsAtMs);
  }

  /** A token was refused: it is of no use, whatever it says of its end. */
  forget(tokenText: string): void {
    this.#ends.delete(tokenText);
  }

  /** Milliseconds left of a token; 0 for one that is over or was never here. */
  remainingMs(tokenText: string, nowMs: number): number {
    return Math.max(0, (this.#ends.get(tokenText) ?? 0) - nowMs);
  }
}
