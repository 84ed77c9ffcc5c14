import type { SignedStreamError } from '../../errors.js';
import type { Texts } from './texts.js';

/**
 * The sentence for a failure.
 *
 * @param startsAt where playback begins by itself later
 * @param language how times are written
 */
export function describeError(
  error: SignedStreamError,
  startsAt: Date | null,
  texts: Texts,
  language: string,
): string {
  if (error.code === 'token-not-yet-valid' && startsAt !== null) {
    return texts['starts-at'].replace('{time}', formatTime(startsAt, language));
  }
  return error.code === 'endpoint-refused' && error.retryable ? texts.busy : texts[error.code];
}

function formatTime(time: Date, language: string): string {
  try {
    return time.toLocaleString(language === '' ? undefined : language);
  } catch {
    // A `lang` may be anything.
    return time.toLocaleString();
  }
}
