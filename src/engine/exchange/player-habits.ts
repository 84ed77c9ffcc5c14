/** What has been learned of a kind of player, for the next time. */
export class PlayerHabits {
  /** Whether its speed can be changed without a jolt. */
  readonly shiftsSpeed: boolean;
  /** Seconds from the order to play to the first picture that moves. */
  #startLatencySeconds: number;

  constructor(shiftsSpeed: boolean, startLatencySeconds = FIRST_GUESS_SECONDS) {
    this.shiftsSpeed = shiftsSpeed;
    this.#startLatencySeconds = startLatencySeconds;
  }

  get startLatencySeconds(): number {
    return this.#startLatencySeconds;
  }

  /** A start has taken so long to show. */
  noteStart(seconds: number): void {
    this.#startLatencySeconds = Math.max(0, Math.min(LONGEST_SECONDS, seconds));
  }
}

const FIRST_GUESS_SECONDS = 0.08;
const LONGEST_SECONDS = 1;
