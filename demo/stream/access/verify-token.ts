import { createHash } from 'node:crypto';
import { compactVerify, decodeJwt, decodeProtectedHeader } from 'jose';
import type { SigningKeys } from '../state/signing-keys.js';
import { parseAccessRules, type AccessRule } from './access-rules.js';
import { Refusal } from './refusal.js';

/** What a token grants, once its signature and its claims have been checked. */
export interface TokenGrant {
  readonly uid: string;
  readonly tokenId: string;
  readonly keyId: string;
  /** Seconds since the epoch; a token without one does not expire. */
  readonly expSeconds: number | undefined;
  readonly nbfSeconds: number | undefined;
  readonly downloadable: boolean;
  readonly accessRules: readonly AccessRule[];
}

export const MAX_LIFETIME_SECONDS = 24 * 60 * 60;

/** A uid has no dot in it, a JWT has two. */
export function isTokenLike(id: string): boolean {
  return id.includes('.');
}

/** A short stable name for a token that gives nothing of it away. */
export function toTokenId(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 12);
}

/** The video a token claims to be for, unverified: good for logs, not for decisions. */
export function readUnverifiedUid(token: string): string | undefined {
  try {
    return decodeJwt(token).sub;
  } catch {
    return undefined;
  }
}

/** Checks signature, times and form; throws a 401 `Refusal`. Access rules are left to the caller. */
export async function verifyToken(
  token: string,
  keys: SigningKeys,
  nowSeconds: number,
): Promise<TokenGrant> {
  const { keyId, payload } = await verifySignature(token, keys);
  const { sub, exp, nbf, downloadable, accessRules } = payload;
  if (typeof sub !== 'string' || sub === '') throw new Refusal(401, 'Token names no video');
  const expSeconds = toSeconds(exp);
  const nbfSeconds = toSeconds(nbf);
  const rules = accessRules === undefined ? [] : parseAccessRules(accessRules);
  if (typeof rules === 'string') throw new Refusal(401, `Token is invalid: ${rules}`);
  checkLifetime({ expSeconds, nbfSeconds }, nowSeconds);
  return {
    uid: sub,
    tokenId: toTokenId(token),
    keyId,
    expSeconds,
    nbfSeconds,
    downloadable: downloadable === true,
    accessRules: rules,
  };
}

/** Throws where the time is not between `nbf` and `exp`, or `exp` further off than Stream allows. */
function checkLifetime(
  { expSeconds, nbfSeconds }: Pick<TokenGrant, 'expSeconds' | 'nbfSeconds'>,
  nowSeconds: number,
): void {
  if (expSeconds !== undefined && nowSeconds >= expSeconds) {
    throw new Refusal(401, 'Token has expired');
  }
  if (expSeconds !== undefined && expSeconds - nowSeconds > MAX_LIFETIME_SECONDS) {
    throw new Refusal(401, 'Token expires more than 24 hours ahead');
  }
  if (nbfSeconds !== undefined && nowSeconds < nbfSeconds) {
    throw new Refusal(401, 'Token is not yet valid');
  }
}

async function verifySignature(
  token: string,
  keys: SigningKeys,
): Promise<{ keyId: string; payload: Record<string, unknown> }> {
  const keyId = readKeyId(token);
  const key = keyId === undefined ? undefined : keys.find(keyId);
  if (keyId === undefined || !key) throw new Refusal(401, 'Token is signed with an unknown key');
  try {
    const { payload } = await compactVerify(token, key.publicKey, { algorithms: ['RS256'] });
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload));
    if (!isRecord(claims)) throw new TypeError('claims are not an object');
    return { keyId, payload: claims };
  } catch {
    throw new Refusal(401, 'Token signature is invalid');
  }
}

/** The vendor's tokens carry `kid` in the header and in the payload; either will do. */
function readKeyId(token: string): string | undefined {
  try {
    const kid = decodeProtectedHeader(token).kid ?? decodeJwt(token)['kid'];
    return typeof kid === 'string' ? kid : undefined;
  } catch {
    throw new Refusal(401, 'Token is malformed');
  }
}

/** The vendor's own sample has its times as strings of seconds. */
function toSeconds(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof seconds === 'number' && Number.isFinite(seconds)) return seconds;
  throw new Refusal(401, 'Token has an invalid time claim');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
