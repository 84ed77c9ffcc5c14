import { parseRestrictions } from './check-restrictions.js';
import { IssuerError } from './issuer-error.js';
import type { Restrictions } from './restrictions.js';
import { parseSigningKey, type ParsedSigningKey } from './parse-signing-key.js';
import type { SigningKey } from './signing-key.js';
import type { TokenIssuer } from './token-issuer.js';
import { createTokenSigner } from './token-signer.js';
import { assertVideoId } from './video-id.js';

/** One key, or several of which one signs. */
export type SigningKeyIssuerOptions = SigningKeyOption & {
  /** The time in milliseconds; `Date.now` unless given. */
  readonly now?: (() => number) | undefined;
};

type SigningKeyOption =
  | SigningKey
  | {
      readonly keys: readonly SigningKey[];
      /** The `keyId` that signs; the first key unless given. */
      readonly current?: string | undefined;
    };

/** Signs tokens itself, with a Stream signing key: no request, no limit of tokens per day. */
export interface SigningKeyIssuer extends TokenIssuer {
  /** The id of the key that signs. */
  readonly currentKeyId: string;
  /** The ids of all keys given, the one that signs among them. */
  readonly keyIds: readonly string[];
}

/**
 * Makes an issuer from a signing key, or from several. The form of all keys is read at once, so that a
 * wrong one is found when the server starts and not on the day it becomes the current one. The current
 * one is imported with the first token, and kept; only then can damage inside of it be found.
 */
export function createSigningKeyIssuer(options: SigningKeyIssuerOptions): SigningKeyIssuer {
  const keys = ('keys' in options ? options.keys : [options]).map(parseSigningKey);
  const key = findCurrent(keys, 'keys' in options ? options.current : undefined);
  const now = options.now ?? (() => Date.now());
  const sign = createTokenSigner(key.keyId);
  // Kept once it is there. Never the promise of it: on Workers, what one request has begun may never
  // settle for another. So requests that come before it is there import it each for itself.
  let imported: CryptoKey | undefined;

  return Object.freeze({
    currentKeyId: key.keyId,
    keyIds: Object.freeze(keys.map(({ keyId }) => keyId)),
    async issue(videoId: string, restrictions: Restrictions = {}): Promise<string> {
      assertVideoId(videoId);
      const checked = parseRestrictions(restrictions, now() / 1000);
      const claims = { sub: videoId, kid: key.keyId, ...checked };
      imported ??= await key.importKey();
      return sign(claims, imported);
    },
  });
}

function findCurrent(
  keys: readonly ParsedSigningKey[],
  current: string | undefined,
): ParsedSigningKey {
  const repeated = keys.find(
    ({ keyId }, index) => keys.findIndex((k) => k.keyId === keyId) < index,
  );
  if (repeated) {
    throw new IssuerError('key-invalid', `The signing key ${repeated.keyId} is given twice.`);
  }
  const key = current === undefined ? keys[0] : keys.find(({ keyId }) => keyId === current);
  if (key) return key;
  const message =
    keys.length === 0 ? 'No signing key is given.' : 'No signing key has the id given as current.';
  throw new IssuerError('key-invalid', message);
}
