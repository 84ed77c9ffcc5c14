import type { CliContext } from './cli-context.js';

/** The argument, or standard input where it is `-`: other processes can read arguments. */
export async function readTokenArgument(argument: string, context: CliContext): Promise<string> {
  return argument === '-' ? (await context.readStdin()).trim() : argument;
}
