import type { Deck } from './deck.js';

/**
 * Resolves when another player of a live stream is to be made: when the one in front learns of a new
 * segment, or at a better moment. Both know of the same segments at first then, so that their edges can
 * be told to be the same. Where the edge is not told, or does not move, nothing is waited for in vain.
 *
 * @param tokenMs how long the player's token lasts: without one it learns of nothing
 * @param momentMs how long it is until a better moment, where one is known
 */
export function edgeMoves(
  deck: Deck,
  tokenMs: number,
  momentMs: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted || tokenMs <= 0) return Promise.resolve();
  const { edgeSeconds } = deck;
  if (edgeSeconds === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearInterval(timer);
      clearTimeout(limit);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setInterval(() => {
      const isNews = (deck.edgeSeconds ?? 0) > edgeSeconds + LEAST_MOVE_SECONDS;
      const hasMoved = momentMs === undefined && isNews;
      // What has nothing to play is not to wait for what it does not learn of.
      const hasNothing = !deck.player.paused && deck.readyState < 3;
      if (hasMoved || hasNothing) end();
    }, LOOK_EVERY_MS);
    const limit = setTimeout(end, Math.min(tokenMs, momentMs ?? LONGEST_WAIT_MS));
    signal.addEventListener('abort', end, { once: true });
  });
}

const LOOK_EVERY_MS = 50;
/** What is buffered ends a little after the playlist does, which moves the edge as well. */
export const LEAST_MOVE_SECONDS = 0.5;
/** More than a segment of the longest that are usual. */
export const LONGEST_WAIT_MS = 9000;
