import { generateKeyPair, randomBytes, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** A key as the API hands it out, once: `pem` (PKCS#1) and `jwk` (JSON) are base64-encoded. */
export interface CreatedKey {
  readonly id: string;
  readonly pem: string;
  readonly jwk: string;
  readonly created: string;
}

interface SigningKey {
  readonly id: string;
  readonly created: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** The account's signing keys. A revoked key is forgotten, and with it all of its tokens. */
export class SigningKeys {
  readonly #keys = new Map<string, SigningKey>();
  #defaultKeyId = '';

  static async create(nowMs: number): Promise<SigningKeys> {
    const keys = new SigningKeys();
    await keys.ensureDefault(nowMs);
    return keys;
  }

  /** The key that signs where none is named. */
  get defaultKeyId(): string {
    return this.#defaultKeyId;
  }

  async createKey(nowMs: number): Promise<CreatedKey> {
    const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 });
    const id = randomBytes(16).toString('hex');
    const created = new Date(nowMs).toISOString();
    this.#keys.set(id, { id, created, privateKey, publicKey });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' });
    const jwk = { use: 'sig', kid: id, alg: 'RS256', ...privateKey.export({ format: 'jwk' }) };
    return { id, created, pem: toBase64(pem.toString()), jwk: toBase64(JSON.stringify(jwk)) };
  }

  /** Stream itself always has a key to sign with: a revoked default is followed by a new one. */
  async ensureDefault(nowMs: number): Promise<string> {
    if (!this.#keys.has(this.#defaultKeyId)) {
      this.#defaultKeyId = (await this.createKey(nowMs)).id;
    }
    return this.#defaultKeyId;
  }

  find(id: string): SigningKey | undefined {
    return this.#keys.get(id);
  }

  list(): { id: string; created: string }[] {
    return [...this.#keys.values()].map(({ id, created }) => ({ id, created }));
  }

  /** False when there is no such key. */
  revoke(id: string): boolean {
    return this.#keys.delete(id);
  }
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}
