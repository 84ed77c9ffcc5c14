import { SignedStreamError } from '../../errors.js';
import { growPauseMs, type Pauses } from '../pause.js';
import type { DeckFactory } from './deck.js';

/**
 * Makes a factory ready, however often it has to be tried.
 *
 * @param report told of what is in the way, and `undefined` once nothing is
 */
export async function preparePatiently(
  factory: DeckFactory,
  pauses: Pauses,
  report: (error: SignedStreamError | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  // A pause is cut short where the player is taken away, and is not the time to ask once more.
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      await factory.prepare(signal);
      report(undefined);
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof SignedStreamError) report(error);
      await pauses.wait(growPauseMs(attempt), signal);
    }
  }
}
