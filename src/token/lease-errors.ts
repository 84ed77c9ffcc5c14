import { SignedStreamError } from '../errors.js';

/**
 * The endpoint has no other token than the one that is over or refused.
 *
 * @param retryAfterMs for how long it cannot have another
 */
export function staleError(retryAfterMs: number): SignedStreamError {
  return new SignedStreamError('endpoint-stale', 'The token endpoint gave the same token again.', {
    retryable: true,
    retryAfterMs,
  });
}

export function earlyError(): SignedStreamError {
  return new SignedStreamError(
    'token-not-yet-valid',
    'The token is not valid yet; playback starts when it is.',
    { retryable: true },
  );
}

/** There is nobody to ask. */
export function missingError(hadToken: boolean): SignedStreamError {
  return hadToken
    ? new SignedStreamError(
        'token-expired',
        'The token has ended, and there is nobody to ask for another.',
      )
    : new SignedStreamError(
        'token-missing',
        'There is nobody to ask for a token: set token-endpoint or tokenProvider.',
      );
}
