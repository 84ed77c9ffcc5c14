import type { Command } from 'commander';
import { createApiIssuer } from '../issuer/api-issuer.js';
import { IssuerError } from '../issuer/issuer-error.js';
import type { CliContext } from './cli-context.js';
import { CliError } from './cli-error.js';
import { readCredentials } from './credentials.js';
import { EXIT_CODE } from './exit-code.js';
import type { Output } from './output.js';
import { addRestrictionOptions } from './restriction-options.js';
import { parseVideoId } from './video-id-argument.js';

/** `token <uid>`: has the Stream API make a token. */
export function addTokenCommand(
  program: Command,
  context: CliContext,
  getOutput: () => Output,
): void {
  const command = program
    .command('token')
    .description('get a token from the Stream API')
    .argument('<uid>', 'the video or live input', parseVideoId)
    .addHelpText('after', HELP);
  const restrictionOptions = addRestrictionOptions(command);
  command.action(async (uid: string) => {
    const output = getOutput();
    const nowSeconds = context.now() / 1000;
    const { restrictions, warnings } = restrictionOptions.read(nowSeconds, output);
    const { accountId, apiToken, apiUrl } = readCredentials(context);
    const { now, fetch } = context;
    const issuer = createApiIssuer({ accountId, apiToken, apiUrl, now, fetch });
    const token = await issuer.issue(uid, restrictions).catch((error: unknown) => {
      throw error instanceof IssuerError ? toCliError(error) : error;
    });
    output.result(token, { token, restrictions, warnings });
  });
}

const HELP = `
Examples:
  $ signed-stream token <uid> --expires-in 12h
  $ signed-stream token <uid> --json`;

function toCliError({ code, message, retryAfterMs }: IssuerError): CliError {
  const seconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
  const details = seconds === undefined ? [] : [`Try again in ${seconds} s.`];
  return new CliError(code, message, EXIT_CODE.remote, details);
}
