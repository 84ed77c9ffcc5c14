import { isRecord } from './is-record.js';
import { IssuerError } from './issuer-error.js';
import { parseJson } from './parse-json.js';
import { wrapPkcs1 } from './pkcs8.js';

/** A key that was read, and can be imported. Holds the secret in a closure: it shows nothing. */
export interface ParsedSigningKey {
  readonly keyId: string;
  importKey(): Promise<CryptoKey>;
}

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const MIN_MODULUS_BITS = 2048;
const PEM =
  /^-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END (?:RSA )?PRIVATE KEY-----$/;
const PRIVATE_MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;

/** Reads a signing key, at once and without Web Crypto, so that a wrong one stops a start. */
export function parseSigningKey(key: unknown): ParsedSigningKey {
  if (!isRecord(key)) throw keyError('', 'is missing: give { keyId, jwk } or { keyId, pem }');
  const { keyId, jwk, pem } = key;
  // An id is short. What is not may be the key itself in the wrong place, and must not be shown.
  if (typeof keyId !== 'string' || !/^[\w-]{1,64}$/.test(keyId)) {
    throw keyError('', 'has no keyId, or one that is none: give the id the API returned with it');
  }
  if (jwk !== undefined) return keyFromJwk(keyId, jwk);
  if (typeof pem === 'string') return keyFromPem(keyId, pem);
  throw keyError(keyId, 'has neither jwk nor pem');
}

function keyFromJwk(keyId: string, value: unknown): ParsedSigningKey {
  const jwk = typeof value === 'string' ? parseJson(decodeKeyText(value, '{') ?? '') : value;
  if (!isRecord(jwk)) throw keyError(keyId, 'has a jwk that is neither JSON nor the base64 of it');
  if (jwk['kty'] !== 'RSA') throw keyError(keyId, 'is not an RSA key');
  const rsa: JsonWebKey = { kty: 'RSA' };
  for (const member of PRIVATE_MEMBERS) {
    const text = jwk[member];
    if (typeof text !== 'string' || text === '') {
      throw keyError(keyId, `has a jwk without "${member}": it is not a private key`);
    }
    rsa[member] = text;
  }
  const { kid } = jwk;
  if (typeof kid === 'string' && kid !== keyId) {
    throw keyError(keyId, 'has a jwk with another kid: keyId and jwk belong to two keys');
  }
  return createParsedKey(keyId, () =>
    crypto.subtle.importKey('jwk', rsa, ALGORITHM, false, ['sign']),
  );
}

function keyFromPem(keyId: string, value: string): ParsedSigningKey {
  const text = decodeKeyText(value, '-----BEGIN');
  // Environment variables often carry a PEM in one line, with its line ends written as \n.
  const [, pkcs1, body] = PEM.exec(text?.replaceAll('\\n', '\n').trim() ?? '') ?? [];
  const der = body === undefined ? undefined : decodeBase64(body);
  if (!der) throw keyError(keyId, 'has a pem that holds no RSA private key');
  const pkcs8 = pkcs1 ? wrapPkcs1(der) : der;
  return createParsedKey(keyId, () =>
    crypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']),
  );
}

function createParsedKey(keyId: string, importKey: () => Promise<CryptoKey>): ParsedSigningKey {
  return Object.freeze({
    keyId,
    async importKey() {
      const key = await importKey().catch(() => undefined);
      if (!key) throw keyError(keyId, 'cannot be imported: it is damaged or no RSA private key');
      if (modulusBits(key) < MIN_MODULUS_BITS) throw keyError(keyId, 'is too short for RS256');
      return key;
    },
  });
}

function modulusBits({ algorithm }: CryptoKey): number {
  return 'modulusLength' in algorithm ? Number(algorithm.modulusLength) : 0;
}

/** The text itself where it starts as one of its kind does, else what it is the base64 of. */
function decodeKeyText(value: string, start: string): string | undefined {
  const text = value.trim();
  if (text.startsWith(start)) return text;
  const bytes = decodeBase64(text);
  return bytes && new TextDecoder().decode(bytes);
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text.replaceAll(/\s/g, '')), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    return undefined;
  }
}

function keyError(keyId: string, what: string): IssuerError {
  return new IssuerError('key-invalid', `The signing key${keyId && ` ${keyId}`} ${what}.`);
}
