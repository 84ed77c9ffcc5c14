import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  allowCountries,
  allowRanges,
  blockAll,
  blockCountries,
  createSigningKeyIssuer,
  type Restrictions,
  type SigningKey,
} from '../../../src/issuer/index.js';
import { createApiKey } from './support/api-key.js';
import { isSignedBy, readToken } from './support/read-token.js';

const NOW = 1_604_416_038;
const now = (): number => NOW * 1000 + 999;
const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';
const key = createApiKey();
const other = createApiKey('8f926b2b01f383510025a78a4dcbf6a8', 3072);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('createSigningKeyIssuer: keys', () => {
  const forms: readonly (readonly [string, SigningKey])[] = [
    ['jwk as the API returns it', { keyId: key.id, jwk: key.jwk }],
    ['jwk as JSON text', { keyId: key.id, jwk: key.jwkText }],
    ['jwk as an object', { keyId: key.id, jwk: key.jwkObject }],
    ['pem as the API returns it', { keyId: key.id, pem: key.pem }],
    ['pem with line ends in its base64', { keyId: key.id, pem: `${wrap(key.pem)}\n` }],
    ['pem as PKCS#1 text', { keyId: key.id, pem: key.pkcs1Pem }],
    ['pem as PKCS#8 text', { keyId: key.id, pem: key.pkcs8Pem }],
    ['pem with Windows line ends', { keyId: key.id, pem: key.pkcs1Pem.replaceAll('\n', '\r\n') }],
    [
      'pem in one line, line ends as \\n',
      { keyId: key.id, pem: key.pkcs1Pem.replaceAll('\n', '\\n') },
    ],
  ];

  it.each(forms)('signs with a %s', async (_name, form) => {
    const token = await createSigningKeyIssuer(form).issue(VIDEO);
    expect(isSignedBy(token, key.publicKey)).toBe(true);
    expect(isSignedBy(token, other.publicKey)).toBe(false);
  });

  it.each([2048, 3072, 4096])('wraps the PKCS#1 pem of a key of %d bits', async (bits) => {
    const sized = createApiKey(key.id, bits);
    const token = await createSigningKeyIssuer({ keyId: key.id, pem: sized.pem }).issue(VIDEO);
    expect(isSignedBy(token, sized.publicKey)).toBe(true);
  });

  it('makes tokens whose signature the openssl command line verifies', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'signed-stream-'));
    try {
      for (const form of [{ jwk: key.jwk }, { pem: key.pem }]) {
        const token = await createSigningKeyIssuer({ keyId: key.id, ...form }).issue(VIDEO);
        const end = token.lastIndexOf('.');
        const [input, signature, publicKey] = ['input', 'signature', 'key.pem'].map((name) =>
          join(folder, name),
        ) as [string, string, string];
        await writeFile(input, token.slice(0, end));
        await writeFile(signature, Buffer.from(token.slice(end + 1), 'base64url'));
        await writeFile(publicKey, key.publicPem);
        const verify = ['dgst', '-sha256', '-verify', publicKey, '-signature', signature, input];
        const { stdout } = await promisify(execFile)('openssl', verify);
        expect(stdout).toContain('Verified OK');
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('imports the key with the first token, and keeps it', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey');
    const issuer = createSigningKeyIssuer({ keyId: key.id, jwk: key.jwk });
    expect(importKey).not.toHaveBeenCalled();
    for (let count = 0; count < 5; count += 1) await issuer.issue(VIDEO);
    expect(importKey).toHaveBeenCalledTimes(1);
  });

  it('imports it for each request that comes before it is there, and never after', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey');
    const issuer = createSigningKeyIssuer({ keyId: key.id, jwk: key.jwk });
    await Promise.all(Array.from({ length: 3 }, () => issuer.issue(VIDEO)));
    expect(importKey).toHaveBeenCalledTimes(3);
    await Promise.all(Array.from({ length: 3 }, () => issuer.issue(VIDEO)));
    expect(importKey).toHaveBeenCalledTimes(3);
  });

  it('lets no request wait for what another one began', async () => {
    const importKey = crypto.subtle.importKey.bind(crypto.subtle);
    const never = vi
      .spyOn(crypto.subtle, 'importKey')
      .mockImplementationOnce(() => new Promise<CryptoKey>(() => undefined));
    const issuer = createSigningKeyIssuer({ keyId: key.id, jwk: key.jwk });
    void issuer.issue(VIDEO);
    await vi.waitFor(() => expect(never).toHaveBeenCalledTimes(1));
    never.mockImplementation(importKey);
    expect(isSignedBy(await issuer.issue(VIDEO), key.publicKey)).toBe(true);
  });

  it('imports a key that cannot be extracted again', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey');
    await createSigningKeyIssuer({ keyId: key.id, pem: key.pem }).issue(VIDEO);
    const imported = (await importKey.mock.results[0]?.value) as CryptoKey;
    expect(imported.extractable).toBe(false);
    expect(imported.usages).toEqual(['sign']);
  });

  it.each([
    ['nothing', undefined],
    ['no key', { keyId: key.id }],
    ['no id', { keyId: '', jwk: key.jwk }],
    ['the key in place of its id', { keyId: key.jwk, jwk: key.jwk }],
    ['base64 of nothing useful', { keyId: key.id, jwk: 'aGVsbG8=' }],
    ['no base64', { keyId: key.id, jwk: '%%%' }],
    ['an empty jwk', { keyId: key.id, jwk: '' }],
    ['the pem as jwk', { keyId: key.id, jwk: key.pem }],
    ['the jwk as pem', { keyId: key.id, pem: key.jwk }],
    ['a public jwk', { keyId: key.id, jwk: key.publicKey.export({ format: 'jwk' }) }],
    ['a public pem', { keyId: key.id, pem: key.publicPem }],
    ['a key of another kind', { keyId: key.id, jwk: { kty: 'EC', crv: 'P-256', d: 'x' } }],
    ['a pem that was cut', { keyId: key.id, pem: key.pkcs1Pem.slice(0, 400) }],
    ['the jwk of another key', { keyId: key.id, jwk: other.jwk }],
  ])('refuses %s at once', (_name, form) => {
    const create = (): unknown => createSigningKeyIssuer({ keys: [form as SigningKey] });
    expect(create).toThrow(expect.objectContaining({ name: 'IssuerError', code: 'key-invalid' }));
  });

  it.each<readonly [string, SigningKey]>([
    ['is damaged', { keyId: key.id, pem: toPem(key.pkcs1Pem.slice(100, 500)) }],
    ['is of another form than it says', { keyId: key.id, pem: toPem(toBody(key.pkcs8Pem)) }],
    ['is too short', { keyId: key.id, pem: createApiKey(key.id, 1024).pem }],
  ])('refuses a key that %s with the first token', async (_name, form) => {
    const issuer = createSigningKeyIssuer(form);
    await expect(issuer.issue(VIDEO)).rejects.toMatchObject({ code: 'key-invalid' });
  });
});

describe('createSigningKeyIssuer: several keys', () => {
  const keys = [
    { keyId: key.id, jwk: key.jwk },
    { keyId: other.id, pem: other.pem },
  ];

  it('signs with the first one unless told otherwise', async () => {
    const issuer = createSigningKeyIssuer({ keys });
    expect(issuer.currentKeyId).toBe(key.id);
    expect(issuer.keyIds).toEqual([key.id, other.id]);
    expect(isSignedBy(await issuer.issue(VIDEO), key.publicKey)).toBe(true);
  });

  it('signs with the current one', async () => {
    const token = await createSigningKeyIssuer({ keys, current: other.id }).issue(VIDEO);
    expect(isSignedBy(token, other.publicKey)).toBe(true);
    expect(readToken(token)).toMatchObject({
      header: { kid: other.id },
      claims: { kid: other.id },
    });
  });

  it.each([
    ['a current key that is not given', { keys, current: 'cdc935982f8075f2ef96106d85fcd839' }],
    ['no keys', { keys: [] }],
    ['a key given twice', { keys: [...keys, ...keys] }],
    ['a broken key that does not sign', { keys: [...keys, { keyId: 'third', jwk: 'e30=' }] }],
  ])('refuses %s', (_name, options) => {
    expect(() => createSigningKeyIssuer(options)).toThrow(
      expect.objectContaining({ code: 'key-invalid' }),
    );
  });
});

describe('createSigningKeyIssuer: tokens', () => {
  const issuer = createSigningKeyIssuer({ keyId: key.id, jwk: key.jwk, now });
  const claimsOf = async (restrictions?: Restrictions): Promise<Record<string, unknown>> =>
    readToken(await issuer.issue(VIDEO, restrictions)).claims;

  it('has the key’s id in header and payload, and the algorithm Stream verifies', async () => {
    const { header, claims } = readToken(await issuer.issue(VIDEO));
    expect(header).toEqual({ alg: 'RS256', kid: key.id });
    expect(claims).toEqual({ sub: VIDEO, kid: key.id, exp: NOW + 3600 });
  });

  // The vendor's page, example by example, with the claims it shows.
  it.each<readonly [string, Restrictions, Record<string, unknown>]>([
    ['12 hours', { expiresIn: '12h' }, { exp: NOW + 43_200 }],
    [
      '12 hours, downloadable, not in the US and Mexico',
      { expiresIn: '12h', downloadable: true, accessRules: [blockCountries('US', 'MX')] },
      {
        exp: NOW + 43_200,
        downloadable: true,
        accessRules: [{ type: 'ip.geoip.country', country: ['US', 'MX'], action: 'block' }],
      },
    ],
    [
      'an hour, only in the UK',
      { exp: NOW + 3600, accessRules: [allowCountries('GB'), blockAll()] },
      {
        exp: NOW + 3600,
        accessRules: [
          { type: 'ip.geoip.country', action: 'allow', country: ['GB'] },
          { type: 'any', action: 'block' },
        ],
      },
    ],
    [
      'not in three countries',
      { accessRules: [blockCountries('US', 'DE', 'MX')] },
      {
        exp: NOW + 3600,
        accessRules: [{ type: 'ip.geoip.country', action: 'block', country: ['US', 'DE', 'MX'] }],
      },
    ],
    [
      'only in two countries or from two ranges',
      {
        accessRules: [
          allowCountries('US', 'MX'),
          allowRanges('93.184.216.0/24', '2400:cb00::/32'),
          blockAll(),
        ],
      },
      {
        exp: NOW + 3600,
        accessRules: [
          { type: 'ip.geoip.country', country: ['US', 'MX'], action: 'allow' },
          { type: 'ip.src', ip: ['93.184.216.0/24', '2400:cb00::/32'], action: 'allow' },
          { type: 'any', action: 'block' },
        ],
      },
    ],
    [
      'not before',
      { nbf: NOW + 60, downloadable: false },
      { exp: NOW + 3600, nbf: NOW + 60, downloadable: false },
    ],
  ])('claims of: %s', async (_name, restrictions, expected) => {
    expect(await claimsOf(restrictions)).toEqual({ sub: VIDEO, kid: key.id, ...expected });
  });

  it('signs nothing where restrictions are refused, and names all faults', async () => {
    const sign = vi.spyOn(crypto.subtle, 'sign');
    const restrictions = { expiresIn: '2 weeks', accessRules: [blockCountries('UK')] };
    await expect(issuer.issue(VIDEO, restrictions)).rejects.toMatchObject({
      code: 'restrictions-invalid',
      faults: [{ path: 'expiresIn' }, { path: 'accessRules[0].country[0]' }],
    });
    expect(sign).not.toHaveBeenCalled();
  });

  it.each([
    '',
    VIDEO.toUpperCase(),
    VIDEO.slice(1),
    `${VIDEO}0`,
    `${VIDEO}\n`,
    '../keys',
    undefined,
  ])('signs nothing for the video id %j', async (videoId) => {
    const sign = vi.spyOn(crypto.subtle, 'sign');
    await expect(issuer.issue(videoId as string)).rejects.toMatchObject({
      code: 'video-id-invalid',
    });
    expect(sign).not.toHaveBeenCalled();
  });
});

function wrap(base64: string): string {
  return base64.replaceAll(/.{64}/g, '$&\n');
}

function toPem(body: string): string {
  return `-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----`;
}

function toBody(pem: string): string {
  return pem.replaceAll(/-----[A-Z ]+-----/g, '');
}
