import type { Deck } from './deck.js';
import type { DeckSnapshot } from './deck-media.js';
import { nextEvent } from './next-event.js';

/** What a deck is brought back to, and what may change on the way. */
export interface ReloadOptions {
  readonly held: DeckSnapshot;
  readonly isLive: boolean;
  /** How far from the edge a live stream was watched; `undefined` takes it up at the edge. */
  readonly fromEdgeSeconds: number | undefined;
  readonly isPaused: () => boolean;
  /** Aborted also when it dies. */
  readonly signal: AbortSignal;
}

/**
 * Gives a deck another token in its place, and brings it back to where it stood.
 *
 * @returns false where it died of it
 */
export async function reloadInPlace(
  deck: Deck,
  token: string,
  { held, isLive, fromEdgeSeconds, isPaused, signal }: ReloadOptions,
): Promise<boolean> {
  const { player } = deck;
  const next = (type: string): Promise<void> => nextEvent(player, [type, 'error'], signal);
  const loaded = next('loadedmetadata');
  deck.reload(token);
  await loaded;
  if (signal.aborted) return false;
  // A player that was to begin by itself does so with every token.
  if (isPaused()) player.pause();
  player.volume = held.volume;
  player.muted = held.muted;
  player.playbackRate = held.playbackRate;
  const atSeconds = isLive ? toPlace(deck, fromEdgeSeconds) : held.currentTime;
  if (atSeconds !== undefined) {
    const sought = next('seeked');
    deck.seek(atSeconds);
    await sought;
  } else if (isPaused()) {
    await next('canplay');
  }
  if (!isPaused() && !signal.aborted)
    await Promise.race([player.play().catch(() => {}), next('error')]);
  return !signal.aborted;
}

/** Where a live stream is to be taken up, by the deck's new clock. */
function toPlace(deck: Deck, fromEdgeSeconds: number | undefined): number | undefined {
  const { edgeSeconds } = deck;
  if (edgeSeconds === undefined || fromEdgeSeconds === undefined) return undefined;
  return Math.max(0, edgeSeconds - fromEdgeSeconds);
}
