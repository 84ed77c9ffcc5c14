import type { TokenLease } from '../token/lease.js';

/**
 * How an element's token stands: nobody needs one yet, it is being fetched for the first time, it
 * is good, good while the next is being fetched, not valid yet, over, or not to be had.
 */
export type TokenState =
  'none' | 'fetching' | 'valid' | 'renewing' | 'early' | 'expired' | 'failed';

/** @param isAsking whether the first has been asked for, where there is no lease yet */
export function readTokenState(lease: TokenLease | undefined, isAsking = false): TokenState {
  if (lease === undefined) return isAsking ? 'fetching' : 'none';
  const { token, nowMs } = lease;
  if (token === undefined) {
    if (lease.renewing) return 'fetching';
    return lease.error === undefined ? 'none' : 'failed';
  }
  if (token.startsAtMs > nowMs) return 'early';
  if (token.expiresAtMs <= nowMs) return lease.error === undefined ? 'expired' : 'failed';
  return lease.renewing ? 'renewing' : 'valid';
}
