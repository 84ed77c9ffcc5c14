import type { CliContext } from '../../../../src/cli/cli-context.js';
import { runCli } from '../../../../src/cli/program.js';

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output, as `--json` writes it. */
  json(): Record<string, unknown>;
}

export interface RunOptions extends Partial<CliContext> {
  readonly isTTY?: boolean;
}

/** Runs the command line in this process, in a world of the test's own. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<CliResult> {
  const written = { stdout: '', stderr: '' };
  const { isTTY = false, ...context } = options;
  const stream = (name: keyof typeof written) => ({
    isTTY,
    write: (text: string) => {
      written[name] += text;
      return true;
    },
  });
  const code = await runCli(args, {
    env: {},
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    now: () => Date.now(),
    fetch: (url, init) => fetch(url, init),
    readStdin: async () => '',
    loadSdk: () => import('cloudflare'),
    ...context,
  });
  return {
    code,
    ...written,
    json: () => JSON.parse(written.stdout) as Record<string, unknown>,
  };
}
