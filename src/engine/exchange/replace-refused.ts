import type { EngineOptions } from '../engine.js';
import { growPauseMs, type Pauses } from '../pause.js';
import type { Deck } from './deck.js';
import { diagnose } from './diagnose.js';

/** What is known of a deck that has died. */
export interface Death {
  readonly deck: Deck;
  /** Decks that died in a row, this one with them. */
  readonly deaths: () => number;
  /** Whether it had something to play before. */
  readonly isProven: boolean;
  /** Whether the next token has to be put into the same deck. */
  readonly isPinned: boolean;
  readonly pauses: Pauses;
  /** Whether another one has taken its place, or is not wanted any more. */
  readonly isOver: () => boolean;
}

/**
 * Has the token of a dead deck replaced, where that may be what it died of. What dies again and again is
 * told, and waits for longer each time.
 */
export async function replaceRefused(
  { deck, deaths, isProven, isPinned, pauses, isOver }: Death,
  { tokens, delivery, report }: EngineOptions,
  signal: AbortSignal,
): Promise<void> {
  // What has run out need not be asked about.
  if (deaths() <= 1 && tokens.remainingMs(deck.token) <= 0) return;
  const trouble = await diagnose(delivery, deck.token, signal);
  // Another `error` of the same deck may have been seen to meanwhile.
  if (isOver()) return;
  const isForbidden = trouble.code === 'playback-forbidden';
  // One that is good is kept the first time, as there may be no other now; in place it is tried once.
  const isRefused = deaths() > 1 || isPinned || isForbidden;
  if (deaths() > 1) {
    report(trouble);
    await pauses.wait(growPauseMs(deaths() - 2), signal);
  }
  if (!isRefused || isOver()) return;
  // Where there is no other token at this time, whoever puts up the next deck waits for one.
  await tokens.replace(deck.token, signal, isProven && isForbidden).catch(() => {});
}
