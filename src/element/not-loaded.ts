import { SignedStreamError } from '../errors.js';

/** The player's code does not come, for now. */
export function notLoadedError(): SignedStreamError {
  const message = 'The player could not be loaded.';
  return new SignedStreamError('sdk-unavailable', message, { retryable: true });
}
