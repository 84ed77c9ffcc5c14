import { SignedStreamError } from '../errors.js';
import type { ClockSample } from './server-clock.js';
import type { Time } from './time.js';
import type { TokenFetcher, TokenRequest } from './token-fetcher.js';

/** What one question brought. */
export interface AttemptResult {
  readonly text: string;
  /** The server's clock, where its `Date` could be read. */
  readonly sample: ClockSample | undefined;
}

/**
 * Asks once, and gives up after `REQUEST_TIMEOUT_MS` or when the signal says so, even where the
 * page's own function ignores its signal.
 *
 * @throws SignedStreamError the fetcher's, or `endpoint-unreachable`
 */
export async function attemptToken(
  fetchToken: TokenFetcher,
  request: TokenRequest,
  time: Time,
): Promise<AttemptResult> {
  if (request.signal.aborted) throw unreachable('Nobody needs the answer any more.');
  const limit = new AbortController();
  const end = (): void => limit.abort();
  const stopTimer = time.setTimer(end, REQUEST_TIMEOUT_MS);
  request.signal.addEventListener('abort', end, { once: true });
  const sentAtMs = time.monotonicMs();
  try {
    const { text, serverDateMs, exchange } = await Promise.race([
      fetchToken({ ...request, signal: limit.signal }),
      rejectOnAbort(limit.signal),
    ]);
    const receivedAtMs = time.monotonicMs();
    const sample =
      serverDateMs === undefined
        ? undefined
        : { serverDateMs, sentAtMs, receivedAtMs, ...exchange };
    return { text, sample };
  } catch (error) {
    if (error instanceof SignedStreamError) throw error;
    throw unreachable('The token endpoint could not be asked.');
  } finally {
    stopTimer();
    request.signal.removeEventListener('abort', end);
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(unreachable('The token endpoint did not answer in time.'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

function unreachable(message: string): SignedStreamError {
  return new SignedStreamError('endpoint-unreachable', message, { retryable: true });
}

/** An endpoint that has not answered by then is asked anew. */
const REQUEST_TIMEOUT_MS = 10_000;
