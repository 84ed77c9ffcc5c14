import { EXIT_CODE, type ExitCode } from './exit-code.js';

/** A failure that is told in a sentence, not with a stack. Its message holds no secret. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: string;
  readonly exitCode: ExitCode;
  /** More about it, one line each. */
  readonly details: readonly string[];

  constructor(code: string, message: string, exitCode: ExitCode, details: readonly string[] = []) {
    super(message);
    this.code = code;
    this.exitCode = exitCode;
    this.details = details;
  }
}

/** The command was wrong, in a way only we can tell. */
export function usageError(message: string, details: readonly string[] = []): CliError {
  return new CliError('usage', message, EXIT_CODE.usage, details);
}
