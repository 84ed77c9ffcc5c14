import { parseAccessRules } from '../access/access-rules.js';
import { MAX_LIFETIME_SECONDS } from '../access/verify-token.js';
import { badRequest } from './envelope.js';
import { readBody } from './read-body.js';
import type { TokenClaims } from './sign-token.js';

/** What a caller of `/token` may ask for, checked. */
export interface TokenRequest {
  readonly claims: TokenClaims;
  /** The caller's own key to sign with; `pem` is base64 of a PKCS#1 PEM. */
  readonly key: { readonly id: string; readonly pem: string } | undefined;
}

const HOUR_SECONDS = 3600;

/** Reads the body of a `/token` request; throws a 400 where the vendor would. */
export function parseTokenRequest(uid: string, body: unknown, nowSeconds: number): TokenRequest {
  const { id, pem, exp, nbf, downloadable, accessRules, flags } = readBody(body);
  const now = Math.floor(nowSeconds);
  const expSeconds = readSeconds('exp', exp) ?? now + HOUR_SECONDS;
  if (expSeconds > now + MAX_LIFETIME_SECONDS) throw badRequest('exp is more than 24 hours ahead');
  if (expSeconds <= now) throw badRequest('exp is in the past');
  const isDownloadable = readFlag('downloadable', downloadable);
  const claims = {
    sub: uid,
    exp: expSeconds,
    nbf: readSeconds('nbf', nbf) ?? now - HOUR_SECONDS,
    ...(isDownloadable === undefined ? {} : { downloadable: isDownloadable }),
    ...(accessRules === undefined ? {} : { accessRules: readRules(accessRules) }),
    ...(flags === undefined ? {} : { flags: readFlags(flags) }),
  };
  return { claims, key: readKey(id, pem) };
}

function readSeconds(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw badRequest(`${name} must be a time in whole seconds`);
}

function readFlag(name: string, value: unknown): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  throw badRequest(`${name} must be true or false`);
}

function readFlags(value: unknown): { original?: boolean } {
  const original = readFlag('flags.original', readBody(value)['original']);
  return original === undefined ? {} : { original };
}

function readRules(value: unknown): readonly unknown[] {
  const rules = parseAccessRules(value);
  if (typeof rules === 'string') throw badRequest(rules);
  return rules;
}

function readKey(id: unknown, pem: unknown): TokenRequest['key'] {
  if (id === undefined && pem === undefined) return undefined;
  if (typeof id === 'string' && typeof pem === 'string') return { id, pem };
  throw badRequest('id and pem belong together');
}
