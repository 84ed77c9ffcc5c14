import { isVideoId } from '../issuer/video-id.js';
import { CliError } from './cli-error.js';
import { EXIT_CODE } from './exit-code.js';

/** Reads a `<uid>` argument. */
export function parseVideoId(value: string): string {
  if (isVideoId(value)) return value;
  const message = 'A uid is 32 characters, each 0-9 or a-f (of a video or of a live input).';
  throw new CliError('video-id-invalid', message, EXIT_CODE.usage);
}
