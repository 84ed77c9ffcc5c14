import type { Deck } from './deck.js';
import { findLoadedAfter, listLoaded } from './loaded-ranges.js';

/**
 * Whether a deck has so little to play that another one had better not load beside it yet. On a slow
 * link each of them gets half, which is less than it takes to play on. Where a deck does not tell what
 * it has loaded, and when its token is about to end, nothing is waited for.
 *
 * @param restMs how long its token lasts
 * @param mayBeLive near the edge of a live stream there is never much to play
 * @param loadingSeconds how long another one takes to load, as far as that is known
 */
export function isRunningLow(
  deck: Deck,
  restMs: number,
  mayBeLive: boolean,
  loadingSeconds: number,
): boolean {
  if (deck.readyState < 2) return restMs > LEAST_MS;
  if (mayBeLive || restMs <= HURRY_MS) return false;
  return hasLess(deck, Math.max(ENOUGH_SECONDS, Math.min(MOST_SECONDS, loadingSeconds)));
}

/** Whether it has even less, so that what loads beside it already is better given up for now. */
export function isStarving(deck: Deck, restMs: number, mayBeLive: boolean): boolean {
  if (deck.player.paused || mayBeLive || restMs <= HURRY_MS) return false;
  return hasLess(deck, STARVING_SECONDS);
}

function hasLess({ player, currentTime }: Deck, realSeconds: number): boolean {
  const leftSeconds = findLoadedAfter(listLoaded(player.buffered), currentTime);
  return leftSeconds !== undefined && leftSeconds < realSeconds * (player.playbackRate || 1);
}

/** What has nothing to play at all is given no company but when its token is over. */
const LEAST_MS = 3000;
/** As long as loading another deck takes on a slow link, and taking over. */
const HURRY_MS = 15_000;
/** A segment and a half of those that are usual. */
const ENOUGH_SECONDS = 6;
/** Many a player never loads more ahead. */
const MOST_SECONDS = 10;
/** So much it plays while the network comes back to it. */
const STARVING_SECONDS = 3;
