import type { SignedStreamError } from '../errors.js';
import type { HeldToken } from './held-token.js';
import type { RenewalReason } from './token-fetcher.js';

/** Somebody who plays with the lease's token. Methods are called after the state has changed. */
export interface LeaseClient {
  /** For how long from now requests will need a token, in milliseconds; see `RenewalSituation`. */
  neededForMs(): number;
  tokenChanged(token: HeldToken, reason: RenewalReason): void;
  renewalFailed(failure: LeaseFailure): void;
}

/** A failed attempt to get a token. */
export interface LeaseFailure {
  readonly error: SignedStreamError;
  /** Failed attempts in a row, from 1. */
  readonly attempt: number;
  /** Whether the lease asks again by itself while somebody plays. */
  readonly willRetry: boolean;
}
