import type { CliContext } from './cli-context.js';
import { CliError } from './cli-error.js';
import { EXIT_CODE } from './exit-code.js';

/** Who asks the Stream API, and where it is. */
export interface Credentials {
  readonly accountId: string;
  readonly apiToken: string;
  /** Address of the API up to its version, without a slash at its end. */
  readonly apiUrl: string;
}

const DEFAULT_API_URL = 'https://api.cloudflare.com/client/v4';

/** Credentials come from the environment only: arguments are seen by every process. */
export function readCredentials({ env }: CliContext): Credentials {
  const accountId = env['CLOUDFLARE_ACCOUNT_ID'];
  const apiToken = env['CLOUDFLARE_API_TOKEN'];
  if (!accountId || !apiToken) {
    const missing = [
      ...(accountId ? [] : ['CLOUDFLARE_ACCOUNT_ID']),
      ...(apiToken ? [] : ['CLOUDFLARE_API_TOKEN']),
    ];
    const message = `Set ${missing.join(' and ')} in the environment.`;
    throw new CliError('credentials-missing', message, EXIT_CODE.setup);
  }
  assertOneWord('CLOUDFLARE_ACCOUNT_ID', accountId);
  assertOneWord('CLOUDFLARE_API_TOKEN', apiToken);
  return { accountId, apiToken, apiUrl: readApiUrl(env['CLOUDFLARE_BASE_URL'] || DEFAULT_API_URL) };
}

/** Checked here because a runtime's own complaint about a header quotes the header. */
function assertOneWord(name: string, value: string): void {
  if (/^[\x21-\x7e]+$/.test(value)) return;
  throw malformed(`${name} holds a space, a line end or a character that is none of ASCII.`);
}

function readApiUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  const isBare = url && !url.username && !url.password && !url.search && !url.hash;
  if (isWeb && isBare) return url.href.replace(/\/+$/, '');
  throw malformed(`CLOUDFLARE_BASE_URL is no address such as ${DEFAULT_API_URL}.`);
}

/** Says which variable it is, and nothing of what is in it. */
function malformed(message: string): CliError {
  return new CliError('credentials-malformed', message, EXIT_CODE.setup);
}
