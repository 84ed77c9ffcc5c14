import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  createApiIssuer,
  createSigningKeyIssuer,
  createTokenHandler,
  toNodeHandler,
} from '../../../src/issuer/index.js';
import { createApiKey } from './support/api-key.js';

const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';
const API_TOKEN = 'v1-not-to-be-seen-anywhere';
const key = createApiKey();

/** Pieces of every secret, in each form it was given or is kept in. */
const secrets = [
  API_TOKEN,
  key.jwk.slice(100, 140),
  key.pem.slice(100, 140),
  key.pkcs1Pem.slice(100, 140),
  ...(['d', 'p', 'q', 'dp', 'dq', 'qi'] as const).map((name) =>
    String(key.jwkObject[name]).slice(0, 40),
  ),
];

/** Every way in which an object becomes text by accident. */
function texts(value: unknown): string[] {
  const deep = { depth: Infinity, showHidden: true, getters: true };
  const stack = value instanceof Error ? [value.stack ?? '', value.message] : [];
  return [
    ...stack,
    String(value),
    JSON.stringify(value) ?? '',
    JSON.stringify(Object.entries(Object.getOwnPropertyDescriptors(Object(value)))),
    inspect(value),
    inspect(value, deep),
  ];
}

function expectNoSecret(value: unknown): void {
  for (const text of texts(value)) {
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
}

async function failureOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('It was expected to fail');
}

describe('secrets', () => {
  it('are seen in no object of ours, before and after use', async () => {
    const fetch = async (): Promise<Response> =>
      Response.json({ result: { token: 'a.b.c' }, success: true });
    for (const form of [
      { jwk: key.jwk },
      { pem: key.pem },
      { jwk: key.jwkObject },
      { pem: key.pkcs1Pem },
    ]) {
      const issuer = createSigningKeyIssuer({ keyId: key.id, ...form });
      expectNoSecret(issuer);
      await issuer.issue(VIDEO);
      expectNoSecret(issuer);
      const handler = createTokenHandler({ issuer, authorize: () => true });
      expectNoSecret(handler);
      expectNoSecret(toNodeHandler(handler));
    }
    const issuer = createApiIssuer({ accountId: 'a', apiToken: API_TOKEN, fetch });
    await issuer.issue(VIDEO);
    expectNoSecret(issuer);
  });

  it('leave no token to be seen in the response that carries one', async () => {
    const issuer = createSigningKeyIssuer({ keyId: key.id, pem: key.pem });
    const handler = createTokenHandler({ issuer, authorize: () => true });
    const response = await handler(new Request(`https://example.com/?video-id=${VIDEO}`));
    const seen = texts(response);
    const { result } = (await response.json()) as { result: { token: string } };
    for (const text of seen) expect(text).not.toContain(result.token.slice(0, 40));
  });

  it.each<readonly [string, () => unknown]>([
    ['a jwk in place of the id', () => createSigningKeyIssuer({ keyId: key.jwk, jwk: key.jwk })],
    [
      'a pem in place of the jwk',
      () => createSigningKeyIssuer({ keyId: key.id, jwk: key.pkcs1Pem }),
    ],
    ['half a jwk', () => createSigningKeyIssuer({ keyId: key.id, jwk: key.jwkText.slice(0, 900) })],
    [
      'half a pem',
      () => createSigningKeyIssuer({ keyId: key.id, pem: key.pkcs1Pem.slice(0, 900) }),
    ],
    ['another key’s id', () => createSigningKeyIssuer({ keyId: 'other', jwk: key.jwk })],
    [
      'the key as the current id',
      () => createSigningKeyIssuer({ keys: [{ keyId: key.id, jwk: key.jwk }], current: key.jwk }),
    ],
    [
      'a jwk that cannot be imported',
      () =>
        createSigningKeyIssuer({ keyId: key.id, jwk: { ...key.jwkObject, n: 'AQAB' } }).issue(
          VIDEO,
        ),
    ],
    [
      'a pem that cannot be imported',
      () =>
        createSigningKeyIssuer({
          keyId: key.id,
          pem: key.pkcs8Pem.replaceAll('PRIVATE', 'RSA PRIVATE'),
        }).issue(VIDEO),
    ],
  ])('are not in the error for %s', async (_name, work) => {
    const error = await failureOf(work);
    expect(error).toMatchObject({ code: 'key-invalid' });
    expectNoSecret(error);
  });

  it.each<readonly [string, () => Promise<Response>]>([
    [
      'a fetch that fails with its request',
      () => Promise.reject(Object.assign(new Error(API_TOKEN), { headers: { auth: API_TOKEN } })),
    ],
    [
      'an API that repeats what it was sent',
      async () => Response.json({ errors: [{ message: `Bearer ${API_TOKEN}` }] }, { status: 400 }),
    ],
    ['an API that sends its input back', async () => new Response(API_TOKEN, { status: 500 })],
  ])('are not in the error of %s', async (_name, fetch) => {
    const issuer = createApiIssuer({ accountId: 'a', apiToken: API_TOKEN, fetch });
    const error = await failureOf(() => issuer.issue(VIDEO));
    expect(error).toMatchObject({ name: 'IssuerError' });
    expectNoSecret(error);
  });
});
