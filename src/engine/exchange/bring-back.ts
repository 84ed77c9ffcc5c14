import type { Deck, DeckPlayer } from './deck.js';
import type { DeckSnapshot } from './deck-snapshot.js';
import { NEAR_EDGE_SECONDS } from './live-clocks.js';
import { findNearestLoaded, listLoaded } from './loaded-ranges.js';
import { nextEvent } from './next-event.js';

/** Where a deck goes on, and by which token. */
export interface ReturnPlace {
  /** Loaded first, in the place of the deck's own; without one it goes on with what it has. */
  readonly token: string | undefined;
  /** How far from the edge a live stream was watched; `undefined` takes it up at the edge. */
  readonly fromEdgeSeconds: number | undefined;
}

/** What a deck is brought back to, and what may change on the way. */
export interface BringBackOptions extends ReturnPlace {
  readonly held: () => DeckSnapshot;
  readonly isLive: boolean;
  readonly isPaused: () => boolean;
  /** Aborted also when it dies. */
  readonly signal: AbortSignal;
}

/**
 * Brings a deck to where the viewer was when there was nothing more to play, with another token if
 * need be.
 *
 * @returns false where it died of it
 */
export async function bringBack(
  deck: Deck,
  { token, held, isLive, fromEdgeSeconds, isPaused, signal }: BringBackOptions,
): Promise<boolean> {
  const { player } = deck;
  const stoodAtSeconds = held().currentTime;
  /** Where the viewer wants to be by now, which may have been said meanwhile. */
  const findPlace = (): number | undefined => {
    const { currentTime } = held();
    if (!isLive) return currentTime;
    const placeSeconds = toPlace(deck, fromEdgeSeconds);
    return placeSeconds && Math.max(0, placeSeconds + currentTime - stoodAtSeconds);
  };
  const next = (type: string): Promise<void> => nextEvent(player, [type, 'error'], signal);
  const loaded = next('loadedmetadata');
  if (token !== undefined) deck.reload(token);
  if (deck.readyState < 1) await loaded;
  if (signal.aborted) return false;
  // A player that was to begin by itself does so with every token.
  if (isPaused()) player.pause();
  const restored = held();
  restore(player, restored);
  if (findPlace() === undefined) {
    if (isPaused() && deck.readyState < 3) await next('canplay');
  } else {
    let wantedSeconds: number;
    do {
      wantedSeconds = held().currentTime;
      const place = findNearestLoaded(listLoaded(player.buffered), findPlace() ?? 0);
      // What loaded ahead of the viewer may be there already.
      const isThere = Math.abs(place - deck.currentTime) < THERE_SECONDS;
      if (isThere && token === undefined && deck.readyState >= 2) break;
      const sought = next('seeked');
      deck.seek(place);
      await sought;
    } while (wantedSeconds !== held().currentTime && !signal.aborted);
  }
  restore(player, held(), restored);
  if (!isPaused() && !signal.aborted)
    await Promise.race([player.play().catch(() => {}), next('error')]);
  if (isPaused() && !player.paused && !signal.aborted) {
    const stopped = next('pause');
    player.pause();
    await stopped;
  }
  return !signal.aborted;
}

/** @param known what it has been given already: a viewer may have changed it in the player itself */
function restore(player: DeckPlayer, wanted: DeckSnapshot, known?: DeckSnapshot): void {
  for (const key of ['volume', 'muted', 'playbackRate'] as const) {
    if (wanted[key] !== known?.[key]) Object.assign(player, { [key]: wanted[key] });
  }
}

/**
 * How far from the live edge a deck stands; `undefined` where it tells no edge. A deck of a video is
 * not even asked.
 */
export function findEdgeDistance(deck: Deck, isLive: boolean): number | undefined {
  const edgeSeconds = isLive ? deck.edgeSeconds : undefined;
  return edgeSeconds === undefined ? undefined : edgeSeconds - deck.currentTime;
}

/**
 * The same of a deck that has died, for the one after it: the edge it knew is old, and near it a deck
 * finds its place by itself.
 */
export function findFarDistance(fromEdgeSeconds: number | undefined): number | undefined {
  return (fromEdgeSeconds ?? 0) > NEAR_EDGE_SECONDS ? fromEdgeSeconds : undefined;
}

/** Where a live stream is to be taken up, by the deck's new clock. */
function toPlace(deck: Deck, fromEdgeSeconds: number | undefined): number | undefined {
  const { edgeSeconds } = deck;
  if (edgeSeconds === undefined || fromEdgeSeconds === undefined) return undefined;
  return Math.max(0, edgeSeconds - fromEdgeSeconds);
}

/** So near to its place a deck is not sought any nearer. */
const THERE_SECONDS = 0.25;
