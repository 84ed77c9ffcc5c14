import { generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A signing key in every form a backend may be given it. */
export interface ApiKey {
  readonly id: string;
  /** As the API returns them: base64. */
  readonly jwk: string;
  readonly pem: string;
  readonly jwkText: string;
  readonly jwkObject: JsonWebKey;
  readonly pkcs1Pem: string;
  readonly pkcs8Pem: string;
  readonly publicKey: KeyObject;
  readonly publicPem: string;
}

/** Makes a key as `POST …/stream/keys` does. */
export function createApiKey(
  id = 'cdc935982f8075f2ef96106d85fcd838',
  modulusLength = 2048,
): ApiKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  const members = privateKey.export({ format: 'jwk' });
  const jwkObject: JsonWebKey = { use: 'sig', kty: 'RSA', alg: 'RS256', ...members };
  const jwkText = JSON.stringify({ ...jwkObject, kid: id });
  const pkcs1Pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  return {
    id,
    jwk: toBase64(jwkText),
    pem: toBase64(pkcs1Pem),
    jwkText,
    jwkObject,
    pkcs1Pem,
    pkcs8Pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey,
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}
