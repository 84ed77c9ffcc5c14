import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSigningKeyIssuer } from '../../../src/issuer/index.js';
import { createApiKey } from '../issuer/support/api-key.js';
import { run } from './support/run-cli.js';

const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';
const NOW = 1_604_416_038;
const now = (): number => NOW * 1000;
const key = createApiKey();
const other = createApiKey('8f926b2b01f383510025a78a4dcbf6a8');
const issuer = createSigningKeyIssuer({ keyId: key.id, jwk: key.jwk, now });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signed-stream-'));
});
afterAll(() => rm(folder, { recursive: true }));

const forms = {
  'keys create’s file': JSON.stringify({ id: key.id, jwk: key.jwk, pem: key.pem }),
  'a pem of the API': JSON.stringify({ id: key.id, pem: key.pem }),
  'a private JWK': key.jwkText,
  'a public JWK': JSON.stringify(key.publicKey.export({ format: 'jwk' })),
  'a private PEM': key.pkcs1Pem,
  'a public PEM': key.publicPem,
};

async function check(token: string, keyText: string, ...args: string[]) {
  const file = join(folder, 'key');
  await writeFile(file, keyText);
  return run(['check', token, '--key', file, ...args], { now });
}

describe('check', () => {
  it.each(Object.entries(forms))('verifies a token with %s', async (_name, form) => {
    const { code, stdout } = await check(await issuer.issue(VIDEO), form);
    expect(code).toBe(0);
    expect(stdout).toContain("✓ signature: is this key's");
    expect(stdout).toContain('✓ time: until 2020-11-03 16:07:18 UTC, in 1 hour');
  });

  it('verifies with a key of the environment', async () => {
    const token = await issuer.issue(VIDEO);
    const env = { STREAM_KEY_ID: key.id, STREAM_KEY_PEM: key.pem };
    expect((await run(['check', token], { env, now })).code).toBe(0);
    expect((await run(['check', token], { now })).code).toBe(3);
    const nameless = { ...env, STREAM_KEY_ID: '' };
    expect((await run(['check', token], { env: nameless, now })).code).toBe(0);
  });

  it.each([
    ['of another key', async () => issuer.issue(VIDEO), other.publicPem, '✗ signature'],
    [
      'that names another key',
      async () => issuer.issue(VIDEO),
      JSON.stringify({ id: other.id, jwk: other.jwk }),
      '✗ key',
    ],
    [
      'that was changed',
      async () => forge(await issuer.issue(VIDEO)),
      key.publicPem,
      '✗ signature',
    ],
    [
      'that has expired',
      async () =>
        createSigningKeyIssuer({ keyId: key.id, jwk: key.jwk, now: () => now() - 3_700_000 }).issue(
          VIDEO,
        ),
      key.publicPem,
      '✗ time: expired 2020-11-03 15:05:38 UTC, 1 minute 40 seconds ago',
    ],
    [
      'before its time',
      async () => issuer.issue(VIDEO, { nbf: NOW + 60 }),
      key.publicPem,
      '✗ time: not before',
    ],
  ])('ends with 1 for a token %s', async (_name, makeToken, keyText, line) => {
    const { code, stdout } = await check(await makeToken(), keyText);
    expect(code).toBe(1);
    expect(stdout).toContain(line);
  });

  it('has the same as JSON', async () => {
    const { stdout } = await check(await issuer.issue(VIDEO), forms['a private JWK'], '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      checks: [
        { name: 'key', ok: true },
        { name: 'signature', ok: true },
        { name: 'time', ok: true },
      ],
    });
  });

  it('refuses what is no key', async () => {
    const token = await issuer.issue(VIDEO);
    for (const text of [
      'nothing',
      '{"id":"x"}',
      '{"id":"x","jwk":"e30="}',
      '-----BEGIN PUBLIC KEY-----',
    ]) {
      expect((await check(token, text)).code).toBe(2);
    }
  });
});

/** The same token for another video. */
function forge(token: string): string {
  const [header, claims = '', signature] = token.split('.');
  const changed = Buffer.from(claims, 'base64url').toString().replace(VIDEO, '0'.repeat(32));
  return [header, Buffer.from(changed).toString('base64url'), signature].join('.');
}
