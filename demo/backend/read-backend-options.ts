import {
  createApiIssuer,
  createSigningKeyIssuer,
  type TokenIssuer,
} from '../../src/issuer/index.js';
import type { BackendOptions } from './create-backend.js';

/** Variables of a process, or bindings of a Worker. */
export type BackendEnv = Readonly<Record<string, unknown>>;

/** Shorter ones can be guessed. */
const MIN_SECRET_LENGTH = 32;

/**
 * Reads what both backends need from their environment:
 *
 * - `STREAM_KEY_ID` with `STREAM_KEY_JWK` or `STREAM_KEY_PEM`, to sign tokens here; or
 *   `CLOUDFLARE_ACCOUNT_ID` with `CLOUDFLARE_API_TOKEN`, to have the Stream API make them
 *   (`STREAM_API_ORIGIN` where that is not the vendor's);
 * - `SESSION_SECRET` and `MEMBER_PASSWORD`;
 * - `PAGE_ORIGINS`, and `VIDEO_IDS` if not all may be watched, as lists with commas;
 * - `TOKEN_LIFETIME`, such as `12h`.
 */
export function readBackendOptions(env: BackendEnv): BackendOptions {
  const sessionSecret = need(env, 'SESSION_SECRET');
  if (sessionSecret.length < MIN_SECRET_LENGTH) {
    throw new Error(`SESSION_SECRET must have at least ${MIN_SECRET_LENGTH} characters.`);
  }
  const lifetime = read(env, 'TOKEN_LIFETIME');
  const videoIds = readList(env, 'VIDEO_IDS');
  return {
    issuer: readIssuer(env),
    sessionSecret,
    password: need(env, 'MEMBER_PASSWORD'),
    pageOrigins: readList(env, 'PAGE_ORIGINS'),
    ...(videoIds.length > 0 && { videoIds }),
    ...(lifetime !== undefined && { restrictions: { expiresIn: lifetime } }),
  };
}

function readIssuer(env: BackendEnv): TokenIssuer {
  const keyId = read(env, 'STREAM_KEY_ID');
  if (keyId !== undefined) {
    const jwk = read(env, 'STREAM_KEY_JWK');
    if (jwk !== undefined) return createSigningKeyIssuer({ keyId, jwk });
    return createSigningKeyIssuer({ keyId, pem: need(env, 'STREAM_KEY_PEM') });
  }
  const apiOrigin = read(env, 'STREAM_API_ORIGIN');
  return createApiIssuer({
    accountId: need(env, 'CLOUDFLARE_ACCOUNT_ID'),
    apiToken: need(env, 'CLOUDFLARE_API_TOKEN'),
    ...(apiOrigin !== undefined && { apiOrigin }),
  });
}

function read(env: BackendEnv, name: string): string | undefined {
  const value = env[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function need(env: BackendEnv, name: string): string {
  const value = read(env, name);
  if (value === undefined) throw new Error(`${name} is not set.`);
  return value;
}

function readList(env: BackendEnv, name: string): string[] {
  const entries = read(env, name)?.split(',') ?? [];
  return entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
}
