import { SignedStreamError } from '../../src/errors.js';

/** The typed error that a function throws; anything else that is thrown goes on. */
export function thrownBy(act: () => unknown): SignedStreamError {
  try {
    act();
  } catch (error) {
    if (error instanceof SignedStreamError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The typed error that a promise rejects with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<SignedStreamError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof SignedStreamError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

export function codeOf(act: () => unknown): string {
  return thrownBy(act).code;
}
