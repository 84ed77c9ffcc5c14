import type { RuleFindings } from '../issuer/check-access-rules.js';
import { MAX_LIFETIME_SECONDS } from '../issuer/check-times.js';
import type { Fault } from '../issuer/issuer-error.js';
import { isVideoId } from '../issuer/video-id.js';
import type { TokenParts } from './read-token.js';
import { readTokenRules, type TokenRules } from './token-rules.js';

/** What a token says of itself, and what is odd about it. */
export interface TokenFacts {
  readonly videoId: string | undefined;
  readonly keyId: string | undefined;
  readonly expSeconds: number | undefined;
  readonly nbfSeconds: number | undefined;
  readonly iatSeconds: number | undefined;
  readonly downloadable: boolean;
  readonly rules: TokenRules;
  /** What Stream refuses such a token for, in sentences. */
  readonly problems: readonly string[];
  /** What is odd about it, and Stream takes or may take, in sentences. */
  readonly doubts: readonly string[];
}

const CLAIMS = ['sub', 'kid', 'exp', 'nbf', 'downloadable', 'accessRules', 'flags'];

/** Reads claims as generously as Stream's own tokens need it: times may be strings of seconds. */
export function readFacts({ header, claims }: TokenParts, nowSeconds: number): TokenFacts {
  const problems: string[] = [];
  const doubts: string[] = [];
  const { sub, exp, nbf, iat, downloadable } = claims;
  const headerKeyId = toText(header['kid']);
  const claimedKeyId = toText(claims['kid']);
  const expSeconds = readSeconds('exp', exp, problems);
  const nbfSeconds = readSeconds('nbf', nbf, problems);
  const iatSeconds = readSeconds('iat', iat, doubts);
  if (header['alg'] !== 'RS256') problems.push('It is not signed with RS256.');
  if (sub === undefined) problems.push('It names no video (sub).');
  else if (!isVideoId(sub)) problems.push('Its video (sub) is not 32 characters of 0-9 and a-f.');
  if (headerKeyId === undefined && claimedKeyId === undefined) {
    problems.push('It names no key (kid).');
  } else if (headerKeyId === undefined || claimedKeyId === undefined) {
    doubts.push('Its key (kid) is not named in both header and claims.');
  } else if (headerKeyId !== claimedKeyId) {
    doubts.push('Its header and its claims name two different keys (kid).');
  }
  if (exp === undefined) doubts.push('It has no end (exp).');
  if (expSeconds !== undefined && nbfSeconds !== undefined && nbfSeconds >= expSeconds) {
    problems.push('It ends before it begins.');
  }
  if (expSeconds !== undefined && expSeconds > nowSeconds + MAX_LIFETIME_SECONDS) {
    problems.push('It ends more than 24 hours from now: longer than a token may last.');
  }
  if (downloadable !== undefined && typeof downloadable !== 'boolean') {
    doubts.push('downloadable is neither true nor false.');
  }
  const unknown = Object.keys(claims).filter((name) => !CLAIMS.includes(name));
  if (unknown.length > 0) doubts.push(`Stream knows no claim ${unknown.join(', ')}.`);
  const found: RuleFindings = { faults: [], doubts: [] };
  const rules = readTokenRules(claims['accessRules'], found);
  problems.push(...found.faults.map(toSentence));
  doubts.push(...found.doubts.map(toSentence));
  return {
    videoId: toText(sub),
    keyId: headerKeyId ?? claimedKeyId,
    expSeconds,
    nbfSeconds,
    iatSeconds,
    downloadable: downloadable === true,
    rules,
    problems,
    doubts,
  };
}

/** Whether a token counts at a moment, as far as its times say. */
export function stateAt(
  { expSeconds, nbfSeconds }: TokenFacts,
  nowSeconds: number,
): 'valid' | 'expired' | 'not-yet-valid' {
  if (expSeconds !== undefined && expSeconds <= nowSeconds) return 'expired';
  return nbfSeconds !== undefined && nbfSeconds > nowSeconds ? 'not-yet-valid' : 'valid';
}

/** How long a token lasts, and from when that is reckoned. */
export interface Lasting {
  readonly seconds: number;
  readonly from: 'nbf' | 'iat' | 'now';
}

/** For how long a token counts, from the earliest moment that is known; `undefined` without an end. */
export function lastingOf(
  { expSeconds, nbfSeconds, iatSeconds }: TokenFacts,
  nowSeconds: number,
): Lasting | undefined {
  if (expSeconds === undefined) return undefined;
  const from = nbfSeconds !== undefined ? 'nbf' : iatSeconds !== undefined ? 'iat' : 'now';
  const start = nbfSeconds ?? iatSeconds ?? nowSeconds;
  return { seconds: Math.max(0, expSeconds - start), from };
}

function toSentence({ path, message }: Fault): string {
  return `${path}: ${message}.`;
}

function readSeconds(name: string, value: unknown, problems: string[]): number | undefined {
  if (value === undefined) return undefined;
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof seconds === 'number' && Number.isFinite(seconds)) return seconds;
  problems.push(`${name} is no number of seconds.`);
  return undefined;
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
