/**
 * What failed on the server's side, as a closed list; a code never changes its meaning.
 *
 * - `video-id-invalid`: not the id of a video or a live input (32 lower-case hex characters).
 * - `restrictions-invalid`: the restrictions were refused before signing; `faults` names each fault.
 * - `key-invalid`: the signing key cannot be read or is not an RSA private key.
 * - `video-not-found`: the Stream API knows no such video or live input.
 * - `api-unreachable`: no answer from the Stream API (network, time-out).
 * - `api-refused`: the API token is missing a permission, wrong or revoked (401, 403).
 * - `api-rate-limited`: too many requests (429), or still inside the pause the API asked for.
 * - `api-rejected`: the API did not accept the request (other 4xx); the message says why.
 * - `api-failed`: the API failed (5xx).
 * - `api-malformed`: the API's answer holds no token.
 */
export type IssuerErrorCode =
  | 'video-id-invalid'
  | 'restrictions-invalid'
  | 'key-invalid'
  | 'video-not-found'
  | 'api-unreachable'
  | 'api-refused'
  | 'api-rate-limited'
  | 'api-rejected'
  | 'api-failed'
  | 'api-malformed';

/** One thing wrong with a value: where (`accessRules[1].country[0]`), and what. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** Optional facts about a failure. */
export interface IssuerErrorOptions {
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly faults?: readonly Fault[] | undefined;
}

/**
 * The one error class of the server half. Tell failures apart by `code`. It deliberately carries no
 * `cause`: what lies behind may hold the key, the API token or a request that was sent with it.
 */
export class IssuerError extends Error {
  override readonly name = 'IssuerError';
  readonly code: IssuerErrorCode;
  /** The API's HTTP status, if there was an answer. */
  readonly status: number | undefined;
  /** How long the API asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** All that is wrong with the restrictions; empty for other codes. */
  readonly faults: readonly Fault[];

  constructor(code: IssuerErrorCode, message: string, options: IssuerErrorOptions = {}) {
    super(message);
    this.code = code;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.faults = Object.freeze([...(options.faults ?? [])]);
  }
}
