import type { Texts } from './texts.js';

export const texts: Texts = {
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
  busy: 'This site is busy. The video goes on as soon as it answers.',
  'starts-at': 'This video starts at {time}.',
  'try-again': 'Try again',
  video: 'Video',
};
