/**
 * What failed, as a closed list: a page may switch over it, and a code never changes its meaning.
 *
 * - `endpoint-unreachable`: no answer from the token endpoint (network, CORS, time-out).
 * - `endpoint-refused`: the endpoint answered with an error status, see `status`.
 * - `endpoint-malformed`: the endpoint's answer holds no token (HTML, a failed envelope, empty).
 * - `endpoint-stale`: the endpoint hands out the same old token again.
 * - `token-missing`: there is no `token`, no `token-endpoint` and no `tokenProvider`.
 * - `token-malformed`: a token was given, but it cannot be read as one.
 * - `token-expired`: the token had expired when it arrived.
 * - `token-not-yet-valid`: the token's `nbf` lies ahead; playback starts when it is reached.
 * - `token-wrong-video`: the token's `sub` is another video than the one asked for.
 * - `playback-forbidden`: Stream refuses a token that is fresh (region, address, origin, key).
 * - `video-not-found`: Stream knows no such video, or it is not ready.
 * - `sdk-unavailable`: the player's code, or the Stream player's script or frame, could not be loaded.
 * - `engine-unsupported`: this browser can play neither through hls.js nor natively.
 * - `media-failed`: the media could be fetched but not played.
 * - `network-failed`: the media could not be fetched.
 * - `option-invalid`: an attribute that says where the video is cannot be read.
 */
export type SignedStreamErrorCode =
  | 'endpoint-unreachable'
  | 'endpoint-refused'
  | 'endpoint-malformed'
  | 'endpoint-stale'
  | 'token-missing'
  | 'token-malformed'
  | 'token-expired'
  | 'token-not-yet-valid'
  | 'token-wrong-video'
  | 'playback-forbidden'
  | 'video-not-found'
  | 'sdk-unavailable'
  | 'engine-unsupported'
  | 'media-failed'
  | 'network-failed'
  | 'option-invalid';

/** Optional facts about a failure. */
export interface SignedStreamErrorOptions {
  /** The HTTP status behind the failure, where there is one. */
  readonly status?: number | undefined;
  /** Whether trying again may help. */
  readonly retryable?: boolean | undefined;
  /** For how long asking again is no use (the server's `Retry-After`), in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * The one error class of the browser half. Tell failures apart by `code`; `message` is for
 * developers and never holds a token or an address that carries one.
 */
export class SignedStreamError extends Error {
  override readonly name = 'SignedStreamError';
  /** What failed. */
  readonly code: SignedStreamErrorCode;
  /** HTTP status behind the failure, if any. */
  readonly status: number | undefined;
  /** Whether the same request may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  /** For how long asking again is no use (the server's `Retry-After`), in milliseconds, if known. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: SignedStreamErrorCode,
    message: string,
    options: SignedStreamErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}
