import { PLAYER_EVENTS } from '../media-events.js';
import type { PlayerHabits } from './player-habits.js';

/** The part of a player that an exchange needs; a `<video>` and the Stream player both have it. */
export interface DeckPlayer {
  play(): Promise<void>;
  pause(): void;
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
  controls: boolean;
  readonly duration: number;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly seeking: boolean | undefined;
  readonly buffered: TimeRanges | undefined;
  readonly played: TimeRanges | undefined;
  readonly videoWidth: number | undefined;
  readonly videoHeight: number | undefined;
  loop: boolean;
  muted: boolean;
  volume: number;
  playbackRate: number;
}

/**
 * A player with one token in it. Where a player cannot be given another token while it plays, there
 * are two decks: one that plays, and for a moment one behind it that takes over.
 */
export interface Deck {
  readonly node: HTMLElement;
  readonly player: DeckPlayer;
  /** The token that it lives by. */
  readonly token: string;
  /** As `HTMLMediaElement.readyState`. */
  readonly readyState: number;
  /** Position now, in seconds. */
  readonly currentTime: number;
  /** The live edge, by the same clock as `currentTime`; `undefined` where it is not told. */
  readonly edgeSeconds: number | undefined;
  /** Names it for those who cannot see it. */
  label(title: string): void;
  seek(seconds: number): void;
  /** Loads another token in the same place; it starts from the beginning. */
  reload(token: string): void;
  destroy(): void;
}

/** How a deck is to start. */
export interface DeckStart {
  readonly token: string;
  readonly atSeconds: number;
  /** Whether it is to take over from another one: it has to load, whatever the page wants loaded. */
  readonly isNext: boolean;
  /** Whether the video has been played already: what comes once, before it, does not come again. */
  readonly isResumed: boolean;
  readonly autoplay: boolean;
  readonly muted: boolean;
}

export type DeckListener = (type: DeckEventType, deck: Deck) => void;

/** Makes the decks of one kind of player. */
export interface DeckFactory {
  /** Whether a deck starts over when it is put elsewhere in the page, as a frame does. */
  readonly startsOver: boolean;
  /** Whether a deck has to be gone before the next one may sound. */
  readonly mustGoFirst: boolean;
  /** Whether a live stream tells from the start that it has no end. */
  readonly tellsLive: boolean;
  readonly habits: PlayerHabits;
  /** Resolves when decks can be made. */
  prepare(signal: AbortSignal): Promise<void>;
  create(parent: HTMLElement, start: DeckStart, listener: DeckListener): Deck;
  /** Told which deck is seen from now on. */
  shown?(deck: Deck): void;
  /** Whether a deck must be given its token in place: another one could not take over unseen. */
  isPinned(deck: Deck): boolean;
}

const DECK_EVENTS = [...PLAYER_EVENTS, 'error'] as const;

/** What a deck tells. */
export type DeckEventType = (typeof DECK_EVENTS)[number];

/** Listens to all of a player's events; the returned function stops. */
export function listenToPlayer(
  player: DeckPlayer,
  listener: (type: DeckEventType) => void,
): () => void {
  const listeners = DECK_EVENTS.map((type) => [type, () => listener(type)] as const);
  for (const [type, handle] of listeners) player.addEventListener(type, handle);
  return () => {
    for (const [type, handle] of listeners) player.removeEventListener(type, handle);
  };
}
