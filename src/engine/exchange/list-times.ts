import type { Deck } from './deck.js';
import { EdgeWatch } from './edge-watch.js';

/**
 * When the players of a live stream fetch the list of its segments. Two that fetch it at the same time
 * know of the same segments, so that their edges can be told to be the same.
 */
export class ListTimes {
  readonly #edges = new WeakMap<Deck, EdgeWatch>();
  /** How long it is from a new player to its list; the first guess is that it takes no time. */
  #listMs = 0;

  /**
   * Follows a player that is about to be made.
   *
   * @param before the one that it is to take over from
   * @param loads whether it loads at once
   * @returns to be called whenever it tells a length
   */
  follow(before: Deck | undefined, loads: boolean): (deck: Deck) => void {
    const edge = new EdgeWatch(before && this.#edges.get(before));
    const beganAtMs = performance.now();
    let isNew = loads;
    return (deck) => {
      const nowMs = performance.now();
      this.#edges.set(deck, edge);
      edge.note(deck.player.duration, nowMs);
      if (!isNew || !(deck.player.duration > 0)) return;
      this.#listMs = nowMs - beganAtMs;
      isNew = false;
    };
  }

  /**
   * How long it is until another player is to be made, so that it fetches the list together with this
   * one; `undefined` where that is not known.
   */
  untilNextMs(front: Deck): number | undefined {
    return this.#edges.get(front)?.untilBeforeNextMs(this.#listMs, performance.now());
  }

  /** Whether a player is known to have fetched the list at a time when this one does not. */
  isApart(front: Deck, behind: Deck): boolean {
    const atMs = this.#edges.get(behind)?.beganAtMs;
    if (atMs === undefined) return false;
    return (this.#edges.get(front)?.awayMs(atMs) ?? 0) > MOST_AWAY_MS;
  }
}

/** With segments of four seconds, one in 25 of those that are so far away is a segment off. */
const MOST_AWAY_MS = 150;
