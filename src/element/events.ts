import type { SignedStreamError } from '../errors.js';
import type { RenewalReason } from '../token/token-fetcher.js';

/** A token has been taken. The token itself is in no event. */
export class TokenChangeEvent extends Event {
  static readonly type = 'tokenchange';
  /** Why it was asked for: `initial`, `scheduled`, `wake`, `rejected` or `manual`. */
  readonly reason: RenewalReason;
  /** When the token ends; `null` where it does not. */
  readonly expiresAt: Date | null;

  constructor(reason: RenewalReason, expiresAt: Date | null) {
    super(TokenChangeEvent.type, { composed: true });
    this.reason = reason;
    this.expiresAt = expiresAt;
  }
}

/** An attempt to get a token failed. As long as there is something left to play, it plays on. */
export class TokenErrorEvent extends Event {
  static readonly type = 'tokenerror';
  /** Why no token came. */
  readonly error: SignedStreamError;
  /** Failed attempts in a row, from 1. */
  readonly attempt: number;
  /** Whether the element asks again by itself. */
  readonly willRetry: boolean;

  constructor(error: SignedStreamError, attempt: number, willRetry: boolean) {
    super(TokenErrorEvent.type, { composed: true });
    this.error = error;
    this.attempt = attempt;
    this.willRetry = willRetry;
  }
}

/** There is nothing left to play, and the viewer is told why. */
export class SignedStreamErrorEvent extends Event {
  static readonly type = 'error';
  /** Why nothing can be played. */
  readonly error: SignedStreamError;

  constructor(error: SignedStreamError) {
    super(SignedStreamErrorEvent.type, { composed: true });
    this.error = error;
  }
}

declare global {
  interface HTMLElementEventMap {
    tokenchange: TokenChangeEvent;
    tokenerror: TokenErrorEvent;
  }
}
