import type { DeckPlayer } from './deck.js';

/** Resolves at the first of some events, or when the signal is aborted. */
export function nextEvent(
  player: DeckPlayer,
  types: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      for (const type of types) player.removeEventListener(type, end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    for (const type of types) player.addEventListener(type, end);
    signal.addEventListener('abort', end, { once: true });
  });
}
