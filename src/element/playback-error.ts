import type { SignedStreamError, SignedStreamErrorCode } from '../errors.js';

/**
 * An error in the form of a `MediaError`, which is what players' interfaces expect of `error`:
 * `code` is one of its numbers. `cause` says what really failed.
 */
export interface PlaybackError {
  /** 2: network, 3: decoding, 4: source not supported; as `MediaError.code`. */
  readonly code: number;
  readonly message: string;
  readonly cause: SignedStreamError;
}

export function toPlaybackError(cause: SignedStreamError): PlaybackError {
  return {
    code: MEDIA_ERROR_CODES[cause.code] ?? MEDIA_ERR_NETWORK,
    message: cause.message,
    cause,
  };
}

/** Whether trying again takes another player than the one that failed. */
export function needsNewPlayer({ code }: SignedStreamError): boolean {
  return NEEDS_NEW_PLAYER.has(code);
}

const NEEDS_NEW_PLAYER: ReadonlySet<SignedStreamErrorCode> = new Set([
  'media-failed',
  'sdk-unavailable',
  'engine-unsupported',
  'option-invalid',
]);

const MEDIA_ERR_NETWORK = 2;

const MEDIA_ERROR_CODES: Partial<Record<SignedStreamErrorCode, number>> = {
  'media-failed': 3,
  'engine-unsupported': 4,
  'video-not-found': 4,
  'option-invalid': 4,
};
