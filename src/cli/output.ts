import { styleText } from 'node:util';
import type { CliContext, CliStream } from './cli-context.js';

type Mark = 'ok' | 'failed' | 'warning' | 'skipped';

const MARKS = {
  ok: ['✓', 'green'],
  failed: ['✗', 'red'],
  warning: ['!', 'yellow'],
  skipped: ['-', 'gray'],
} as const;

/** What a command has to say, in words or, with `--json`, as one JSON value. */
export interface Output {
  /** The answer, on standard output: the text, or the data. */
  result(text: string, data: unknown): void;
  /** What should be known besides, on standard error; with `--json` it belongs into the data. */
  note(text: string): void;
  /** A sign at the start of a line, coloured only in a terminal. */
  mark(mark: Mark): string;
}

export function createOutput({ env, stdout, stderr }: CliContext, isJson: boolean): Output {
  return {
    result(text, data) {
      stdout.write(isJson ? `${JSON.stringify(data, undefined, 2)}\n` : `${text}\n`);
    },
    note(text) {
      if (!isJson) stderr.write(`${text}\n`);
    },
    mark(mark) {
      const [sign, color] = MARKS[mark];
      // Node would look at its own streams and environment, and these are the context's.
      return hasColor(stdout, env) ? styleText(color, sign, { validateStream: false }) : sign;
    },
  };
}

/** Colour is for people at a terminal who did not ask for none. */
export function hasColor(stream: CliStream, env: CliContext['env']): boolean {
  return stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}
