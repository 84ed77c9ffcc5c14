import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { allowCountries, blockAll, createSigningKeyIssuer } from '../../../src/issuer/index.js';

export const CONTENDERS = [
  'signed-stream',
  'web-crypto',
  'vendor',
  'jsonwebtoken',
  'handler',
] as const;
export type Contender = (typeof CONTENDERS)[number];

export const VIDEO_ID = '5d5bc37ffcf54c9b82e996823bffbb81';
const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const KEY_ID = 'cdc935982f8075f2ef96106d85fcd838';

/** A new key, as the API returns it. */
export function createKey(): {
  readonly keyId: string;
  readonly jwk: string;
  readonly pem: string;
} {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { kid: KEY_ID, alg: 'RS256', use: 'sig', ...privateKey.export({ format: 'jwk' }) };
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  return { keyId: KEY_ID, jwk: btoa(JSON.stringify(jwk)), pem: btoa(pem) };
}

/** Each makes the token of the vendor's example: an hour, only in the UK. */
export function createSigner(contender: Contender): () => Promise<string> | string {
  const { keyId, jwk, pem } = createKey();
  switch (contender) {
    case 'signed-stream':
    case 'handler': {
      const issuer = createSigningKeyIssuer({ keyId, pem });
      const restrictions = { expiresIn: '1h', accessRules: [allowCountries('GB'), blockAll()] };
      return () => issuer.issue(VIDEO_ID, restrictions);
    }
    case 'web-crypto': {
      // What nobody who signs with Web Crypto can be faster than: no claims, no text, only signatures.
      const imported = importPrivateKey(JSON.parse(atob(jwk)));
      const data = new Uint8Array(300);
      return async () => {
        const { byteLength } = await crypto.subtle.sign(ALGORITHM.name, await imported, data);
        return String(byteLength);
      };
    }
    case 'vendor':
      return () => signAsPrinted(jwk, keyId, VIDEO_ID);
    case 'jsonwebtoken': {
      // Its best case: the key is read once. Most code hands it the text each time.
      const key = createPrivateKey(atob(pem));
      return () =>
        jsonwebtoken.sign(createClaims(keyId, VIDEO_ID), key, { algorithm: 'RS256', keyid: keyId });
    }
  }
}

function createClaims(kid: string, sub: string): object {
  return {
    sub,
    kid,
    exp: Math.floor(Date.now() / 1000) + 3600,
    accessRules: [
      { type: 'ip.geoip.country', action: 'allow', country: ['GB'] },
      { type: 'any', action: 'block' },
    ],
  };
}

/** What the vendor's page has people do for each token, step by step: the key is imported anew. */
async function signAsPrinted(jwkKey: string, keyId: string, videoId: string): Promise<string> {
  const encoder = new TextEncoder();
  const token = [{ alg: 'RS256', kid: keyId }, createClaims(keyId, videoId)]
    .map((part) => toBase64Url(encoder.encode(JSON.stringify(part))))
    .join('.');
  const key = await importPrivateKey(JSON.parse(atob(jwkKey)));
  const signature = await crypto.subtle.sign(ALGORITHM.name, key, encoder.encode(token));
  return `${token}.${toBase64Url(new Uint8Array(signature))}`;
}

function importPrivateKey(jwk: JsonWebKey): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', jwk, ALGORITHM, false, ['sign']);
}

function toBase64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_');
}
