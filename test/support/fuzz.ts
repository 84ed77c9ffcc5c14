import fc from 'fast-check';
import { SignedStreamError } from '../../src/errors.js';
import { EPOCH_MS } from './fake-time.js';
import { VIDEO_ID } from './fake-token.js';

/** Stands in everything that must not be told: it is looked for in all that is. */
export const SECRET = 'SeCrEt';

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** A time in a token: mostly about now, in any form. */
export const anyTime = fc.oneof(
  { arbitrary: fc.integer({ min: -90_000, max: 90_000 }).map(fromStart), weight: 4 },
  {
    arbitrary: fc.integer({ min: -90_000, max: 90_000 }).map((s) => String(fromStart(s))),
    weight: 2,
  },
  { arbitrary: fc.double(), weight: 1 },
  { arbitrary: fc.constantFrom(0, -1, 1e15, 1e300, '', 'soon', null, true, [], {}), weight: 1 },
);

/** Claims, as an issuer with any fault may write them. */
export const anyClaims = fc.record(
  {
    sub: fc.oneof(
      { arbitrary: fc.constant(VIDEO_ID), weight: 4 },
      { arbitrary: fc.constantFrom(SECRET, '', null, 7), weight: 1 },
    ),
    kid: fc.constantFrom(SECRET, 'key', 5),
    exp: anyTime,
    nbf: anyTime,
    downloadable: fc.constantFrom(true, false, 'true', 1),
    accessRules: fc.constantFrom([], [{ type: SECRET }], SECRET),
  },
  { requiredKeys: [] },
);

const anyJson = fc.oneof(
  { arbitrary: anyClaims, weight: 6 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 1 },
);

/** What is a token in form, and perhaps in content. */
export const anyToken = fc
  .tuple(
    fc.constantFrom('{"alg":"RS256"}', `{"alg":"RS256","kid":"${SECRET}"}`, '{}'),
    anyJson,
    fc.nat(),
  )
  .map(([head, body, n]) => `${base64url(head)}.${base64url(JSON.stringify(body))}.${SECRET}-${n}`);

/** A token with a fault in its form. */
export const brokenToken = fc
  .tuple(anyToken, fc.nat(), fc.string({ maxLength: 3 }))
  .map(([text, at, put]) => {
    const cut = at % (text.length + 1);
    return text.slice(0, cut) + put + text.slice(cut + put.length);
  });

/** What an endpoint may answer, in good faith or not. */
export const anyBody = fc.oneof(
  anyToken,
  brokenToken,
  fc
    .tuple(anyToken, fc.constantFrom('"', ' ', '\n', '\uFEFF'))
    .map(([text, mark]) => mark + text + mark),
  fc.oneof(anyToken, brokenToken).map((token) => JSON.stringify({ token })),
  fc
    .record(
      {
        result: fc.oneof(
          fc.record({ token: fc.oneof(anyToken, brokenToken) }),
          fc.constantFrom(null, SECRET, []),
        ),
        success: fc.constantFrom(true, false, SECRET),
        errors: fc.array(
          fc.constantFrom({ code: 10005, message: SECRET }, { code: SECRET }, SECRET),
        ),
        messages: fc.constant([SECRET]),
      },
      { requiredKeys: [] },
    )
    .map((envelope) => JSON.stringify(envelope)),
  fc.jsonValue().map((value) => JSON.stringify([SECRET, value])),
  fc.string().map((text) => `<html>${SECRET}${text}`),
  fc.string().map((text) => SECRET + text),
  fc.string(),
);

/** Fails a test quickly: `expect` takes its time, and is called a hundred thousand times. */
export function check(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(what);
}

/** A failure is told in a way that a page can deal with, and that tells nothing it should not. */
export function checkTold(error: unknown): void {
  if (!(error instanceof SignedStreamError)) throw error;
  check(/^(endpoint|token)-[a-z-]+$/.test(error.code), `a code of its own: ${error.code}`);
  check(!TELLTALE.test(`${error.message} ${String(error.cause)}`), `it tells: ${error.message}`);
  check((error.retryAfterMs ?? 0) >= 0, `a pause that is none: ${error.retryAfterMs}`);
}

/** The secret, also in base64url, and whatever looks like a token. */
const TELLTALE = /SeCrEt|U2VDckV0|eyJ|[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/;

function fromStart(seconds: number): number {
  return EPOCH_MS / 1000 + seconds;
}
