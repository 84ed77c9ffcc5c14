import type { Deck, DeckPlayer } from './deck.js';
import type { DeckSnapshot } from './deck-media.js';
import { nextEvent } from './next-event.js';

/** What a deck is brought back to, and what may change on the way. */
export interface ReloadOptions {
  readonly held: () => DeckSnapshot;
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
  deck.reload(token);
  await loaded;
  if (signal.aborted) return false;
  // A player that was to begin by itself does so with every token.
  if (isPaused()) player.pause();
  const restored = held();
  restore(player, restored);
  if (findPlace() === undefined) {
    if (isPaused()) await next('canplay');
  } else {
    let wantedSeconds: number;
    do {
      wantedSeconds = held().currentTime;
      const sought = next('seeked');
      deck.seek(findPlace() ?? 0);
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

/** Where a live stream is to be taken up, by the deck's new clock. */
function toPlace(deck: Deck, fromEdgeSeconds: number | undefined): number | undefined {
  const { edgeSeconds } = deck;
  if (edgeSeconds === undefined || fromEdgeSeconds === undefined) return undefined;
  return Math.max(0, edgeSeconds - fromEdgeSeconds);
}
