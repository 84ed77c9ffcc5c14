import { SignedStreamError } from '../errors.js';
import { isTokenShaped } from './token-shape.js';

/** What a Stream token says about itself. Read, never trusted: only Stream verifies a signature. */
export interface TokenClaims {
  /** End of validity in seconds since the epoch; absent where the token has no `exp`. */
  readonly expSeconds: number | undefined;
  /** Start of validity in seconds since the epoch. */
  readonly nbfSeconds: number | undefined;
  /** The video or live input that the token is for. */
  readonly sub: string | undefined;
  /** Id of the signing key. */
  readonly kid: string | undefined;
  /** Whether the token may be used for the MP4 download. */
  readonly downloadable: boolean;
}

/** A token and its claims. `text` is the secret: it goes into URLs and nowhere else. */
export interface SignedToken {
  readonly text: string;
  readonly claims: TokenClaims;
}

/**
 * Reads a token.
 *
 * `exp` and `nbf` may be numbers or strings of seconds: the vendor's own sample token has strings.
 *
 * @throws SignedStreamError `token-malformed`
 */
export function parseToken(text: string): SignedToken {
  const trimmed = text.trim();
  if (!isTokenShaped(trimmed)) throw malformed('it does not have the form of a JSON Web Token');
  const [header, payload] = trimmed.split('.');
  const head = decodePart(header ?? '');
  if (typeof head['alg'] !== 'string') throw malformed('its header names no algorithm');
  const body = decodePart(payload ?? '');
  return {
    text: trimmed,
    claims: {
      expSeconds: parseSeconds(body['exp'], 'exp'),
      nbfSeconds: parseSeconds(body['nbf'], 'nbf'),
      sub: typeof body['sub'] === 'string' ? body['sub'] : undefined,
      kid: firstString(body['kid'], head['kid']),
      downloadable: body['downloadable'] === true,
    },
  };
}

function decodePart(part: string): Record<string, unknown> {
  let value: unknown;
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The parser's own message quotes what it read, so it must not travel on as a cause.
    throw malformed('a part of it is not base64url-encoded JSON');
  }
  if (!isRecord(value)) throw malformed('a part of it is not a JSON object');
  return value;
}

function parseSeconds(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const seconds =
    typeof value === 'string' && /^\d{1,15}(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds < 0) {
    throw malformed(`its ${name} is not a time in seconds`);
  }
  return seconds;
}

function firstString(...values: readonly unknown[]): string | undefined {
  return values.find((value) => typeof value === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(why: string): SignedStreamError {
  return new SignedStreamError('token-malformed', `The token cannot be read: ${why}.`);
}
