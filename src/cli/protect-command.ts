import type { Command } from 'commander';
import type { CliContext } from './cli-context.js';
import { usageError } from './cli-error.js';
import type { Output } from './output.js';
import { openStreamApi } from './sdk.js';
import { parseVideoId } from './video-id-argument.js';

interface ProtectOptions {
  readonly off?: boolean;
  readonly allowOrigin?: string;
  readonly anyOrigin?: boolean;
}

/** `protect <uid>`: whether a video needs tokens, and which sites may show it. */
export function addProtectCommand(
  program: Command,
  context: CliContext,
  getOutput: () => Output,
): void {
  program
    .command('protect')
    .description('require signed tokens for a video')
    .argument('<uid>', 'the video', parseVideoId)
    .option('--off', 'require none any more: everybody with the uid may watch')
    .option('--allow-origin <hosts>', 'let only these hosts show it: example.com,*.example.com')
    .option('--any-origin', 'let every site show it again')
    .addHelpText('after', HELP)
    .action(async (uid: string, options: ProtectOptions) => {
      await protect(context, getOutput(), uid, options);
    });
}

const HELP = `
A live input's videos follow the settings of its recording, not these.

Examples:
  $ signed-stream protect <uid>
  $ signed-stream protect <uid> --allow-origin example.com,www.example.com,localhost:5173
  $ signed-stream protect <uid> --off`;

async function protect(
  context: CliContext,
  output: Output,
  uid: string,
  { off, allowOrigin, anyOrigin }: ProtectOptions,
): Promise<void> {
  const hosts = allowOrigin?.split(',').map(parseHost);
  if (hosts && anyOrigin) {
    const message = '--allow-origin and --any-origin contradict each other.';
    throw usageError(message);
  }
  const notes = (hosts ?? []).flatMap((host) => findUncovered(host, hosts ?? []));
  for (const note of notes) output.note(`Note: ${note}.`);
  const { client, accountId, ask } = await openStreamApi(context);
  const origins = anyOrigin ? [] : hosts;
  const video = await ask(() =>
    client.stream.edit(uid, {
      account_id: accountId,
      requireSignedURLs: off !== true,
      ...(origins && { allowedOrigins: origins }),
    }),
  );
  const state = {
    uid,
    requireSignedURLs: video.requireSignedURLs ?? off !== true,
    allowedOrigins: video.allowedOrigins ?? origins ?? [],
  };
  const tokens = state.requireSignedURLs ? 'needs signed tokens' : 'needs no tokens';
  const where =
    state.allowedOrigins.length === 0
      ? 'any site may show it'
      : `only ${state.allowedOrigins.join(', ')} may show it`;
  output.result(`${uid} ${tokens}; ${where}.`, { ...state, notes });
}

/** A host as Stream takes it: no scheme, no path; a port where it is an unusual one. */
function parseHost(text: string): string {
  const host = text.trim().toLowerCase();
  if (/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/.test(host)) return host;
  const message = `${JSON.stringify(text)} is no host; write it without scheme and path: example.com`;
  throw usageError(message);
}

/** What a host does not cover, though it may be meant to. */
function findUncovered(host: string, hosts: readonly string[]): readonly string[] {
  const apex = host.startsWith('*.') ? host.slice(2) : undefined;
  if (apex !== undefined && !hosts.includes(apex)) {
    return [`${host} does not cover ${apex} itself; name both if both show the video`];
  }
  if (host !== 'localhost') return [];
  return ['localhost needs its port unless that is 80 or 443: localhost:5173'];
}
