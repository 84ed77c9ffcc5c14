import type { Command } from 'commander';
import { IssuerError } from '../issuer/issuer-error.js';
import { createSigningKeyIssuer } from '../issuer/signing-key-issuer.js';
import type { SigningKey } from '../issuer/signing-key.js';
import type { CliContext } from './cli-context.js';
import { CliError } from './cli-error.js';
import { EXIT_CODE } from './exit-code.js';
import { findKey, type FoundKey } from './key-source.js';
import type { Output } from './output.js';
import { addRestrictionOptions } from './restriction-options.js';
import { parseVideoId } from './video-id-argument.js';

/** `sign <uid>`: makes a token without asking anybody. */
export function addSignCommand(
  program: Command,
  context: CliContext,
  getOutput: () => Output,
): void {
  const command = program
    .command('sign')
    .description('sign a token with a key, offline')
    .argument('<uid>', 'the video or live input', parseVideoId)
    .option('--key-file <file>', 'what `keys create --out` wrote, a JWK or a PEM')
    .option('--key-id <id>', 'the id of the key, where the file does not say it')
    .addHelpText('after', HELP);
  const restrictionOptions = addRestrictionOptions(command);
  command.action(async (uid: string, options: { keyFile?: string; keyId?: string }) => {
    const output = getOutput();
    const nowSeconds = context.now() / 1000;
    const { restrictions, warnings } = restrictionOptions.read(nowSeconds, output);
    const key = toSigningKey(await findKey(context, options.keyFile), options.keyId, context);
    const token = await sign(key, context, (issuer) => issuer.issue(uid, restrictions));
    const claims = { sub: uid, kid: key.keyId, ...restrictions };
    output.result(token, { token, claims, warnings });
  });
}

const HELP = `
Without --key-file the key is STREAM_KEY_ID with STREAM_KEY_JWK or STREAM_KEY_PEM in the environment.

Examples:
  $ signed-stream sign <uid> --key-file stream-key.json --expires-in 12h
  $ signed-stream sign <uid> --downloadable --block-country US,MX
  $ signed-stream sign <uid> --allow-country GB --block-all
  $ signed-stream sign <uid> --allow-country US,MX \\
      --allow-range 93.184.216.0/24,2400:cb00::/32 --block-all`;

async function sign(
  key: SigningKey,
  { now }: CliContext,
  work: (issuer: ReturnType<typeof createSigningKeyIssuer>) => Promise<string>,
): Promise<string> {
  try {
    return await work(createSigningKeyIssuer({ ...key, now }));
  } catch (error) {
    if (!(error instanceof IssuerError)) throw error;
    throw new CliError(error.code, error.message, EXIT_CODE.usage);
  }
}

function toSigningKey(
  found: FoundKey,
  keyIdOption: string | undefined,
  { env }: CliContext,
): SigningKey {
  const keyId = keyIdOption ?? found.keyId ?? env['STREAM_KEY_ID'];
  if (!keyId) {
    const message = 'The id of the key is not known: give --key-id or set STREAM_KEY_ID.';
    throw new CliError('key-missing', message, EXIT_CODE.usage);
  }
  const { jwk, pem } = found;
  if (typeof jwk === 'string') return { keyId, jwk };
  if (typeof jwk === 'object' && jwk !== null) return { keyId, jwk };
  return { keyId, pem: pem ?? '' };
}
