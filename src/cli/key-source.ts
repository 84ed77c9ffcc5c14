import { readFile } from 'node:fs/promises';
import { isRecord } from '../issuer/is-record.js';
import { parseJson } from '../issuer/parse-json.js';
import type { CliContext } from './cli-context.js';
import { CliError } from './cli-error.js';
import { EXIT_CODE } from './exit-code.js';
import { isKeyId } from './key-id.js';

/** A key as it was found, in a file or in the environment; not looked at closer yet. */
export interface FoundKey {
  readonly keyId: string | undefined;
  readonly jwk: unknown;
  readonly pem: string | undefined;
}

/** Takes the key from the file named, else from the environment. */
export async function findKey(context: CliContext, file: string | undefined): Promise<FoundKey> {
  const { env } = context;
  if (file !== undefined) return parseKeyFile(await readKeyFile(file));
  const jwk = env['STREAM_KEY_JWK'] || undefined;
  const pem = env['STREAM_KEY_PEM'] || undefined;
  if (jwk !== undefined || pem !== undefined) return { keyId: readKeyId(context), jwk, pem };
  const message =
    'No key: name a key file, or set STREAM_KEY_ID and STREAM_KEY_JWK (or STREAM_KEY_PEM).';
  throw new CliError('key-missing', message, EXIT_CODE.setup);
}

function readKeyId({ env }: CliContext): string | undefined {
  const keyId = env['STREAM_KEY_ID'] || undefined;
  if (keyId === undefined || isKeyId(keyId)) return keyId;
  throw new CliError('key-malformed', 'STREAM_KEY_ID is no id of a key.', EXIT_CODE.setup);
}

async function readKeyFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    const message = looksLikePath(file)
      ? `The key file ${file} cannot be read.`
      : 'A key file cannot be read: --key and --key-file take the name of a file, not the key.';
    throw new CliError('key-missing', message, EXIT_CODE.usage);
  }
}

/** A private key has several lines, or one that is long; it must not be repeated. */
function looksLikePath(text: string): boolean {
  return text.length <= 200 && !/[\r\n]/.test(text);
}

/** What `keys create` writes, the API's own answer, a JWK or a PEM. */
function parseKeyFile(text: string): FoundKey {
  if (text.includes('-----BEGIN')) return { keyId: undefined, jwk: undefined, pem: text };
  const json = parseJson(text);
  const envelope = isRecord(json) ? json : undefined;
  const key = isRecord(envelope?.['result']) ? envelope['result'] : envelope;
  if (key && typeof key['kty'] === 'string') {
    return { keyId: toText(key['kid']), jwk: key, pem: undefined };
  }
  const found = {
    keyId: toText(key?.['id'] ?? key?.['keyId']),
    jwk: key?.['jwk'],
    pem: toText(key?.['pem']),
  };
  if (found.jwk !== undefined || found.pem !== undefined) return found;
  const message = 'The key file holds neither a key of the Stream API nor a JWK nor a PEM.';
  throw new CliError('key-malformed', message, EXIT_CODE.usage);
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
