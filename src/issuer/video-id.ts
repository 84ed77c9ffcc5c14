import { IssuerError } from './issuer-error.js';

const VIDEO_ID = /^[0-9a-f]{32}$/;

/** Whether a value has the form of a uid: of a video or of a live input, they look the same. */
export function isVideoId(value: unknown): value is string {
  return typeof value === 'string' && VIDEO_ID.test(value);
}

/** Throws `video-id-invalid` unless the value is a uid. */
export function assertVideoId(value: unknown): asserts value is string {
  if (isVideoId(value)) return;
  throw new IssuerError(
    'video-id-invalid',
    'A video id is 32 characters, each 0-9 or a-f (the uid of a video or of a live input).',
  );
}
