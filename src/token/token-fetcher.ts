/** Why a token is asked for or was taken. */
export type RenewalReason = 'initial' | 'scheduled' | 'wake' | 'rejected' | 'manual';

/** One question for a token. */
export interface TokenRequest {
  readonly videoId: string;
  readonly reason: RenewalReason;
  /** Aborted when nobody needs the answer any more, or it takes too long. */
  readonly signal: AbortSignal;
}

/** An answer, not yet read as a token. */
export interface TokenAnswer {
  readonly text: string;
  /** The server's clock at the time of the answer (`Date` header), where it can be read. */
  readonly serverDateMs?: number | undefined;
  /** When it was asked for and came, by the monotonic clock, if that was before it was waited for. */
  readonly exchange?: { readonly sentAtMs: number; readonly receivedAtMs: number } | undefined;
}

/** Asks somebody (an endpoint, a function of the page) for a token. */
export type TokenFetcher = (request: TokenRequest) => Promise<TokenAnswer>;

/**
 * A page's own source of tokens: resolves to a signed token for the video, or rejects.
 * May be called again for the same video at any time; never twice at once for one video.
 */
export type TokenProvider = (request: TokenRequest) => Promise<string> | string;
