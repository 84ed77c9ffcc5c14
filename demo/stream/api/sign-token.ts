import type { KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';
import type { SigningKeys } from '../state/signing-keys.js';

/** The claims of a token, as strictly or as loosely as a test wants them. */
export interface TokenClaims {
  readonly sub?: string | undefined;
  readonly exp?: number | string | null | undefined;
  readonly nbf?: number | string | null | undefined;
  readonly downloadable?: boolean;
  readonly accessRules?: readonly unknown[];
  readonly [claim: string]: unknown;
}

/** A token of these claims, signed with a key of the account. */
export async function signToken(
  keys: SigningKeys,
  claims: TokenClaims,
  keyId: string,
): Promise<string> {
  const key = keys.find(keyId);
  if (!key) throw new RangeError('There is no such signing key');
  return signTokenWith(key.privateKey, keyId, claims);
}

/** As the vendor's: RS256, with the key's id in the header and in the payload. */
export async function signTokenWith(
  privateKey: KeyObject,
  keyId: string,
  claims: TokenClaims,
): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify({ kid: keyId, ...claims }));
  return new CompactSign(bytes).setProtectedHeader({ alg: 'RS256', kid: keyId }).sign(privateKey);
}
