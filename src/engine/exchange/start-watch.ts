/** How a deck that was told to play comes to play: when it moves, and how long that took. */
export class StartWatch {
  #isStarted = false;
  #startedAtMs = 0;
  #firstStartAtMs: number | undefined;
  #movedAtMs: number | undefined;
  #gapAtStartSeconds = 0;
  /** Whether this start has told, or cannot tell, how long one takes. */
  #isTold = false;

  /** Whether it has been told to play, and not to stop since. */
  get isStarted(): boolean {
    return this.#isStarted;
  }

  /** For how long it has moved; `undefined` while it does not. */
  get movingForMs(): number | undefined {
    return this.#movedAtMs === undefined ? undefined : performance.now() - this.#movedAtMs;
  }

  /** How long ago it was told to play for the first time. */
  get playingForMs(): number {
    return this.#firstStartAtMs === undefined ? 0 : performance.now() - this.#firstStartAtMs;
  }

  /** @param gapSeconds how far it is from where it is to be */
  start(gapSeconds: number): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#isTold = false;
    this.#gapAtStartSeconds = gapSeconds;
    this.#expectMotion();
    this.#firstStartAtMs ??= this.#startedAtMs;
  }

  stop(): void {
    this.#isStarted = false;
  }

  noteMotion(): void {
    this.#movedAtMs ??= performance.now();
  }

  /** Where a seek ends says nothing of how long a start takes. */
  noteSeek(): void {
    this.#expectMotion();
    this.#isTold = this.#isStarted;
  }

  /** Looks whether it moves, as far as that is not told. */
  look(readyState: number): void {
    // What stops for its network once it moves says nothing of how long a start takes.
    if (this.#isStarted && this.#movedAtMs !== undefined && readyState < 3) this.#isTold = true;
    if (performance.now() - this.#startedAtMs > LONGEST_START_MS) this.noteMotion();
  }

  /**
   * By how much the gap has grown since the start, in seconds: that is how long it took. Once for each
   * start, and `undefined` where it says nothing.
   */
  measure(gapSeconds: number): number | undefined {
    if (this.#isTold || !this.#isStarted) return undefined;
    this.#isTold = true;
    return gapSeconds - this.#gapAtStartSeconds;
  }

  #expectMotion(): void {
    this.#movedAtMs = undefined;
    this.#startedAtMs = performance.now();
  }
}

/** A player that was told to play, and has said nothing since, is taken to move by then. */
const LONGEST_START_MS = 1000;
