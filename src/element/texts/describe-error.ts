import type { SignedStreamError, SignedStreamErrorCode } from '../errors.js';

/** What a viewer reads, by what failed. */
const SENTENCES: Readonly<Record<SignedStreamErrorCode, string>> = {
  'endpoint-unreachable': 'The video cannot be reached at the moment. Check your connection.',
  'endpoint-refused': 'This site did not allow the video to be played. You may have to sign in.',
  'endpoint-malformed': 'This site gave no valid permission to play the video.',
  'endpoint-stale': 'The permission to play this video has ended and was not renewed.',
  'token-missing': 'This video needs a permission that this page does not give.',
  'token-malformed': 'The permission to play this video cannot be read.',
  'token-expired': 'The permission to play this video has ended.',
  'token-not-yet-valid': 'This video has not started yet.',
  'token-wrong-video': 'The permission is for another video.',
  'playback-forbidden': 'You are not allowed to watch this video from here.',
  'video-not-found': 'This video does not exist or is not ready yet.',
  'sdk-unavailable': 'The player could not be loaded.',
  'engine-unsupported': 'This browser cannot play the video.',
  'media-failed': 'The video could not be played.',
  'network-failed': 'The video cannot be loaded at the moment. Check your connection.',
  'option-invalid': 'This page does not say correctly where the video is.',
};

export const TRY_AGAIN = 'Try again';

/** The sentence for a failure; `startsAt` where playback begins by itself later. */
export function describeError(error: SignedStreamError, startsAt: Date | null): string {
  if (error.code === 'token-not-yet-valid' && startsAt !== null) {
    return `This video starts at ${startsAt.toLocaleString()}.`;
  }
  if (error.code === 'endpoint-refused' && error.retryable) {
    return 'This site is busy. The video goes on as soon as it answers.';
  }
  return SENTENCES[error.code];
}
