import { Command, CommanderError } from 'commander';
import { addCheckCommand } from './check-command.js';
import type { CliContext } from './cli-context.js';
import { CliError, usageError } from './cli-error.js';
import { addDoctorCommand } from './doctor-command.js';
import { EXIT_CODE, type ExitCode } from './exit-code.js';
import { hideSecrets } from './hide-secrets.js';
import { addInspectCommand } from './inspect-command.js';
import { addKeysCommand } from './keys-command.js';
import { createOutput, type Output } from './output.js';
import { addProtectCommand } from './protect-command.js';
import { addSignCommand } from './sign-command.js';
import { addTokenCommand } from './token-command.js';

/** Runs the command line and tells the exit code. Never rejects. */
export async function runCli(args: readonly string[], context: CliContext): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT_CODE.ok;
  const finish = (code: ExitCode): void => {
    exitCode = code;
  };
  const program = createProgram(context, finish);
  const isJson = (): boolean => readJsonOption(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT_CODE.ok;
      // In words it has been told already, with a hint at --help or the help itself.
      if (isJson()) report(toUsageError(error), true, context);
      return EXIT_CODE.usage;
    }
    const failure = error instanceof CliError ? error : toFault(error);
    report(failure, isJson(), context);
    return failure.exitCode;
  }
}

function readJsonOption(program: Command): boolean {
  return program.opts<{ json?: boolean }>().json === true;
}

/** The parser's own error; where a command is missing it has no words for it but the help. */
function toUsageError({ code, message }: CommanderError): CliError {
  if (code === 'commander.help') return usageError('A command is missing; --help lists them.');
  const [first = '', ...details] = hideSecrets(message).split('\n');
  return usageError(first.replace(/^error: /, ''), details);
}

/** What nobody has foreseen. What it says may hold anything, so only its kind is told. */
function toFault(error: unknown): CliError {
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const kind = [name, code].filter((word) => /^\w{1,60}$/.test(word)).join(' ');
  return new CliError('fault', `This should not have happened (${kind}).`, EXIT_CODE.fault);
}

function createProgram(context: CliContext, finish: (code: ExitCode) => void): Command {
  const { stdout, stderr } = context;
  const program = new Command('signed-stream');
  const getOutput = (): Output => createOutput(context, readJsonOption(program));
  program
    .description('Signed tokens for Cloudflare Stream: keys, restrictions, and what is wrong.')
    .option('--json', 'answer in JSON')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => {
        if (!readJsonOption(program)) stderr.write(hideSecrets(text));
      },
    })
    .addHelpText('after', HELP)
    .exitOverride()
    .showHelpAfterError('(add --help for what there is)');
  addKeysCommand(program, context, getOutput);
  addProtectCommand(program, context, getOutput);
  addSignCommand(program, context, getOutput);
  addTokenCommand(program, context, getOutput);
  addInspectCommand(program, context, getOutput);
  addCheckCommand(program, context, getOutput, finish);
  addDoctorCommand(program, context, getOutput, finish);
  return program;
}

const HELP = `
Credentials come from the environment only:
  CLOUDFLARE_ACCOUNT_ID, CLOUDFLARE_API_TOKEN      keys, protect, token
  STREAM_KEY_ID, STREAM_KEY_JWK or STREAM_KEY_PEM  sign, check

Exit codes:
  0  done, or the answer is yes
  1  the answer is no (check, doctor)
  2  the command was wrong: options, ids, restrictions, keys
  3  something is not set up: environment, SDK
  4  the Stream API refused, failed or could not be reached
  5  a fault of signed-stream itself

Examples:
  $ signed-stream keys create --out stream-key.json
  $ signed-stream protect <uid>
  $ signed-stream sign <uid> --key-file stream-key.json --expires-in 12h
  $ signed-stream doctor <uid> --endpoint https://www.example.com/api/stream-token`;

function report({ code, message, details }: CliError, isJson: boolean, context: CliContext): void {
  const text = isJson
    ? JSON.stringify({ error: { code, message, details } }, undefined, 2)
    : [`Error: ${message}`, ...details.map((detail) => `  ${detail}`)].join('\n');
  context.stderr.write(`${text}\n`);
}
