import { describe, expect, it } from 'vitest';
import { toPlaybackError } from '../../../../src/element/playback-error.js';
import { describeError } from '../../../../src/element/texts/describe-error.js';
import { texts } from '../../../../src/element/texts/en.js';
import { SignedStreamError, type SignedStreamErrorCode } from '../../../../src/errors.js';

/** Every code, and the number that a `MediaError` has for it. */
const CODES: Readonly<Record<SignedStreamErrorCode, number>> = {
  'endpoint-unreachable': 2,
  'endpoint-refused': 2,
  'endpoint-malformed': 2,
  'endpoint-stale': 2,
  'token-missing': 2,
  'token-malformed': 2,
  'token-expired': 2,
  'token-not-yet-valid': 2,
  'token-wrong-video': 2,
  'playback-forbidden': 2,
  'video-not-found': 4,
  'sdk-unavailable': 2,
  'engine-unsupported': 4,
  'media-failed': 3,
  'network-failed': 2,
  'option-invalid': 4,
};

const codes = Object.keys(CODES) as SignedStreamErrorCode[];

describe('describeError', () => {
  it.each(codes)('has a sentence for %s, without words of the trade', (code) => {
    const sentence = describeError(new SignedStreamError(code, 'Technical.'), null, texts, 'en');
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/token|endpoint|exp\b|HTTP|SDK|JWT|undefined|Technical/i);
  });

  it('says when a video starts, where that is known', () => {
    const error = new SignedStreamError('token-not-yet-valid', 'x');
    const at = new Date(2031, 4, 5, 20, 15);
    expect(describeError(error, at, texts, 'de')).toContain(at.toLocaleString('de'));
    expect(describeError(error, at, texts, 'en-GB')).toContain(at.toLocaleString('en-GB'));
    expect(describeError(error, null, texts, 'en')).not.toMatch(/\d/);
  });

  it('says when a video starts where the language of a page is none', () => {
    const error = new SignedStreamError('token-not-yet-valid', 'x');
    const at = new Date(2031, 4, 5, 20, 15);
    for (const language of ['', 'not a language', '<b>']) {
      expect(describeError(error, at, texts, language)).toContain(at.toLocaleString());
    }
  });

  it('tells a site that is busy from one that does not allow it', () => {
    const [busy, refused] = [true, false].map((retryable) =>
      describeError(
        new SignedStreamError('endpoint-refused', 'x', { retryable }),
        null,
        texts,
        'en',
      ),
    );
    expect(busy).not.toBe(refused);
  });
});

describe('toPlaybackError', () => {
  it.each(codes)('has the number of a media error for %s', (code) => {
    const cause = new SignedStreamError(code, 'What failed.');
    expect(toPlaybackError(cause)).toEqual({
      code: CODES[code],
      message: 'What failed.',
      cause,
    });
  });
});
