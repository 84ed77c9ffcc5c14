import { open, unlink, type FileHandle } from 'node:fs/promises';
import type { Command } from 'commander';
import type { CliContext } from './cli-context.js';
import { CliError, usageError } from './cli-error.js';
import { EXIT_CODE } from './exit-code.js';
import { isKeyId } from './key-id.js';
import type { Output } from './output.js';
import { openStreamApi, type StreamApi } from './sdk.js';

/** `keys create|list|revoke`: the account's signing keys. */
export function addKeysCommand(
  program: Command,
  context: CliContext,
  getOutput: () => Output,
): void {
  const keys = program
    .command('keys')
    .description("the account's signing keys")
    .addHelpText('after', EXAMPLES.all);

  keys
    .command('create')
    .description('create a key; its secret is shown once, now')
    .option('--out <file>', 'write the key to this new file, readable by you only')
    .addHelpText('after', EXAMPLES.create)
    .action(async ({ out }: { out?: string }) => createKey(context, getOutput(), out));

  keys
    .command('list')
    .description('list the keys there are')
    .addHelpText('after', EXAMPLES.list)
    .action(async () => listKeys(context, getOutput()));

  keys
    .command('revoke')
    .description('revoke a key, and with it every token it has signed')
    .argument('<key-id>', 'as `keys list` shows it', parseKeyId)
    .option('--yes', 'do it: viewers with such a token lose the video at once')
    .addHelpText('after', EXAMPLES.revoke)
    .action(async (keyId: string, { yes }: { yes?: boolean }) => {
      await revokeKey(context, getOutput(), keyId, yes === true);
    });
}

const EXAMPLES = {
  all: `
Examples:
  $ signed-stream keys create --out stream-key.json
  $ signed-stream keys list
  $ signed-stream keys revoke <key-id> --yes`,
  create: `
Examples:
  $ signed-stream keys create --out stream-key.json
  $ signed-stream sign <uid> --key-file stream-key.json --expires-in 12h`,
  list: `
Examples:
  $ signed-stream keys list
  $ signed-stream keys list --json`,
  revoke: `
Example:
  $ signed-stream keys revoke cdc935982f8075f2ef96106d85fcd838 --yes`,
} as const;

interface CreatedKey {
  readonly id: string;
  readonly created: string | undefined;
  readonly jwk: string;
  readonly pem: string;
}

async function createKey(
  context: CliContext,
  output: Output,
  out: string | undefined,
): Promise<void> {
  const api = await openStreamApi(context);
  if (out === undefined) {
    const key = await requestKey(api);
    const lines = [`STREAM_KEY_ID=${key.id}`, `STREAM_KEY_JWK=${key.jwk}`];
    output.note('Keep this: the secret is not shown again.');
    output.result(lines.join('\n'), key);
    return;
  }
  // The file comes first: a key that was made but could not be written would be lost.
  const file = await createFile(out);
  const key = await requestKey(api).catch(async (error: unknown) => {
    await removeFile(file, out);
    throw error;
  });
  await writeKey(key, file, out);
  const written = { id: key.id, created: key.created, file: out };
  output.result(`Created key ${key.id} in ${out}. The secret is not shown again.`, written);
}

async function requestKey({ client, accountId, ask }: StreamApi): Promise<CreatedKey> {
  const account = { account_id: accountId };
  const { id, created, jwk, pem } = await ask(() => client.stream.keys.create(account));
  if (id && jwk && pem) return { id, created, jwk, pem };
  throw new CliError('api-malformed', 'The Stream API sent no key.', EXIT_CODE.remote);
}

/** A key whose secret is lost is of no use, but it counts: whoever has it has to be told of it. */
async function writeKey(key: CreatedKey, file: FileHandle, path: string): Promise<void> {
  try {
    await file.writeFile(`${JSON.stringify(key, undefined, 2)}\n`);
    await file.close();
  } catch {
    await removeFile(file, path);
    const message = `Key ${key.id} was created, but ${path} cannot be written: its secret is lost.`;
    const details = [`Revoke it: signed-stream keys revoke ${key.id} --yes`];
    throw new CliError('file-not-written', message, EXIT_CODE.usage, details);
  }
}

/** What is behind it is told already, and matters more than a file that stays. */
async function removeFile(file: FileHandle, path: string): Promise<void> {
  await file.close().catch(() => {});
  await unlink(path).catch(() => {});
}

async function createFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch {
    const message = `${path} cannot be created: it is there already, or its folder is not.`;
    throw new CliError('file-not-created', message, EXIT_CODE.usage);
  }
}

async function listKeys(context: CliContext, output: Output): Promise<void> {
  const { client, accountId, ask } = await openStreamApi(context);
  const keys = await ask(async () => {
    const found: { id: string | undefined; created: string | undefined }[] = [];
    for await (const key of client.stream.keys.get({ account_id: accountId })) {
      found.push({ id: key.id ?? key.key_id, created: key.created });
    }
    return found;
  });
  const lines = keys.map(({ id, created }) => `${id ?? '?'}  ${created ?? ''}`.trimEnd());
  output.result(lines.length === 0 ? 'There are no keys.' : lines.join('\n'), { keys });
}

function parseKeyId(value: string): string {
  if (isKeyId(value)) return value;
  throw usageError('This is no id of a key; `keys list` shows those there are.');
}

async function revokeKey(
  context: CliContext,
  output: Output,
  keyId: string,
  isConfirmed: boolean,
): Promise<void> {
  if (!isConfirmed) {
    const message = `Revoking ${keyId} takes the video from every viewer with a token of it.`;
    const details = ['Add --yes to do it.'];
    throw new CliError('not-confirmed', message, EXIT_CODE.usage, details);
  }
  const { client, accountId, ask } = await openStreamApi(context);
  await ask(() => client.stream.keys.delete(keyId, { account_id: accountId }));
  output.result(`Revoked key ${keyId}.`, { id: keyId, revoked: true });
}
