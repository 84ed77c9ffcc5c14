import { verify, type KeyObject } from 'node:crypto';

export interface TokenParts {
  readonly header: Record<string, unknown>;
  readonly claims: Record<string, unknown>;
}

/** The header and the claims of a token, read without the project's own code. */
export function readToken(token: string): TokenParts {
  const [header, claims] = token.split('.');
  return { header: parsePart(header), claims: parsePart(claims) };
}

/** Whether the signature is the key's, by Node's own OpenSSL. */
export function isSignedBy(token: string, publicKey: KeyObject): boolean {
  const end = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  return verify('sha256', Buffer.from(token.slice(0, end)), publicKey, signature);
}

function parsePart(part = ''): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}
