/**
 * Watches a player that has just been given its sound: a browser that blocks sound pauses a player
 * that gets it without a gesture.
 */
export class SoundWatch {
  #onPause: (() => void) | undefined;

  /** Told of a pause. True where it is the browser's doing, and nobody else's business. */
  notePause(): boolean {
    this.#onPause?.();
    return this.#onPause !== undefined;
  }

  /** @param wait resolves when the player has had time enough, or at the signal */
  async isBlocked(
    wait: (durationMs: number, signal: AbortSignal) => Promise<void>,
  ): Promise<boolean> {
    const watch = new AbortController();
    this.#onPause = () => watch.abort();
    await wait(SOUND_WATCH_MS, watch.signal);
    this.#onPause = undefined;
    return watch.signal.aborted;
  }
}

/** How long it takes a browser at most to stop a player that it lets have no sound. */
const SOUND_WATCH_MS = 250;
