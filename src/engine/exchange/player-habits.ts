/** What has been learned of a kind of player, for the next time. */
export class PlayerHabits {
  /** Whether its speed can be changed without a jolt. */
  readonly shiftsSpeed: boolean;
  /** Seconds from the order to play to the first picture that moves. */
  #startLatencySeconds: number;
  #loadingSeconds = LEAST_LOADING_SECONDS;

  constructor(shiftsSpeed: boolean, startLatencySeconds = FIRST_GUESS_SECONDS) {
    this.shiftsSpeed = shiftsSpeed;
    this.#startLatencySeconds = startLatencySeconds;
  }

  get startLatencySeconds(): number {
    return this.#startLatencySeconds;
  }

  /** Seconds from a new player to its first pictures. */
  get loadingSeconds(): number {
    return this.#loadingSeconds;
  }

  /** A new player has taken so long to have something to play. */
  noteLoading(seconds: number): void {
    const wantedSeconds = seconds * LOADING_MARGIN;
    this.#loadingSeconds = Math.max(
      LEAST_LOADING_SECONDS,
      Math.min(LONGEST_LOADING_SECONDS, wantedSeconds),
    );
  }

  /** A start has taken so long to show. */
  noteStart(seconds: number): void {
    this.#startLatencySeconds = Math.max(0, Math.min(LONGEST_SECONDS, seconds));
  }
}

const FIRST_GUESS_SECONDS = 0.08;
const LONGEST_SECONDS = 1;
const LEAST_LOADING_SECONDS = 1.5;
const LONGEST_LOADING_SECONDS = 15;
/** What comes too late has to load once more, what comes too early only waits. */
const LOADING_MARGIN = 1.25;
