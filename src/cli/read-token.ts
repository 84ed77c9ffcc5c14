import { isRecord } from '../issuer/is-record.js';
import { parseJson } from '../issuer/parse-json.js';
import { CliError } from './cli-error.js';
import { EXIT_CODE } from './exit-code.js';

/** A token taken apart. Nothing in it is verified. */
export interface TokenParts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** The bytes the signature is for. */
  readonly signedText: string;
  readonly signature: Uint8Array;
}

const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Finds the token in what was given: a token, or an address that has one in its path. */
export function findToken(text: string): string {
  const trimmed = text.trim();
  if (TOKEN.test(trimmed)) return trimmed;
  const path = URL.canParse(trimmed) ? new URL(trimmed).pathname : '';
  const token = path.split('/').find((segment) => TOKEN.test(segment) && isToken(segment));
  if (token) return token;
  const what = path
    ? 'This address has no token in its path'
    : 'This is neither a token nor an address';
  throw new CliError('token-malformed', `${what}.`, EXIT_CODE.usage);
}

/** Whether a text can be taken apart as a token. */
export function isToken(text: string): boolean {
  const [header, claims] = text.split('.');
  return TOKEN.test(text) && parsePart(header) !== undefined && parsePart(claims) !== undefined;
}

export function readToken(token: string): TokenParts {
  const [headerText, claimsText, signature = ''] = token.split('.');
  const header = parsePart(headerText);
  const claims = parsePart(claimsText);
  if (!header || !claims) {
    throw new CliError('token-malformed', 'This token cannot be read.', EXIT_CODE.usage);
  }
  return {
    header,
    claims,
    signedText: token.slice(0, token.lastIndexOf('.')),
    signature: Buffer.from(signature, 'base64url'),
  };
}

function parsePart(part = ''): Readonly<Record<string, unknown>> | undefined {
  const value = parseJson(Buffer.from(part, 'base64url').toString());
  return isRecord(value) ? value : undefined;
}
