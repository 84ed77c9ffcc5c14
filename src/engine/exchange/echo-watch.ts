import type { DeckEventType } from './deck.js';

/** What a deck may still tell of how it was brought to its place. */
export const ECHOING_EVENTS: readonly DeckEventType[] = ['ratechange', 'volumechange'];

/** Keeps what a deck just shown tells of its own way there from being taken for a viewer's wish. */
export class EchoWatch {
  #shownAtMs = -Infinity;
  /** Whether something was heard that may have been an echo. */
  #hasHeard = false;

  /** A deck has been shown. */
  begin(): void {
    this.#shownAtMs = performance.now();
  }

  /** The page itself has changed something: what is told of it is no echo. */
  end(): void {
    this.#shownAtMs = -Infinity;
  }

  /** Whether an event may be an echo, and is not to be passed on yet. */
  catches(type: DeckEventType): boolean {
    if (!ECHOING_EVENTS.includes(type) || !this.#mayEcho) return false;
    this.#hasHeard = true;
    return true;
  }

  /** Whether what was caught can be judged: it was no echo where it is still so. Tells it once. */
  isOver(): boolean {
    if (!this.#hasHeard || this.#mayEcho) return false;
    this.#hasHeard = false;
    return true;
  }

  get #mayEcho(): boolean {
    return performance.now() - this.#shownAtMs < ECHO_MS;
  }
}

/** How long a message of a player's frame may be on its way. */
const ECHO_MS = 1500;
