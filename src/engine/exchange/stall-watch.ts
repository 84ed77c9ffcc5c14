import type { Deck } from './deck.js';

/** Tells for how long a deck has had nothing to play, though it should play. */
export class StallWatch {
  #goesOnAtMs = performance.now();
  #stoodAtSeconds = -1;

  /** Looks at the deck; in milliseconds. */
  look({ player, readyState, currentTime }: Deck): number {
    const nowMs = performance.now();
    // A player may also stand still with something to play.
    const moves = readyState >= 3 && currentTime !== this.#stoodAtSeconds;
    if (player.paused || moves) this.#goesOnAtMs = nowMs;
    this.#stoodAtSeconds = currentTime;
    return nowMs - this.#goesOnAtMs;
  }
}
