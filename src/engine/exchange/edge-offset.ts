/**
 * How far two players' clocks of one live stream are apart. Each counts from where it began, so
 * only the live edge, as both know it, can be compared. Each learns of a new segment at a time of
 * its own, and until both have, they are a segment apart. What is seen most often is taken; where
 * one learns very late, that is a segment off, and nothing that players tell shows it.
 */
export class EdgeOffset {
  readonly #seen = new Map<number, number>();
  readonly #looks: number;
  #count = 0;

  /** @param looks how often it is looked at before it is told */
  constructor(looks: number) {
    this.#looks = looks;
  }

  /** Takes note of what the edge is by the one clock, less what it is by the other. */
  note(seconds: number): void {
    const rounded = Math.round(seconds / STEP_SECONDS);
    this.#seen.set(rounded, (this.#seen.get(rounded) ?? 0) + 1);
    this.#count += 1;
  }

  /** In seconds; `undefined` until it has been looked at long enough. */
  get seconds(): number | undefined {
    if (this.#count < this.#looks) return undefined;
    let commonest = 0;
    let most = 0;
    for (const [rounded, count] of this.#seen) {
      if (count > most) [commonest, most] = [rounded, count];
    }
    return commonest * STEP_SECONDS;
  }
}

const STEP_SECONDS = 0.02;
