import type Cloudflare from 'cloudflare';
import type { CliContext } from './cli-context.js';
import { CliError } from './cli-error.js';
import { readCredentials } from './credentials.js';
import { EXIT_CODE } from './exit-code.js';

/** The vendor's SDK, ready to be used for one account. */
export interface StreamApi {
  readonly client: Cloudflare;
  readonly accountId: string;
  /** Asks through the SDK, and turns its failures into ours. */
  readonly ask: <T>(work: () => PromiseLike<T>) => Promise<T>;
}

/** Reads credentials from the environment and loads the SDK; says what is missing of them. */
export async function openStreamApi(context: CliContext): Promise<StreamApi> {
  const { accountId, apiToken, apiUrl } = readCredentials(context);
  const sdk = await context.loadSdk().catch(() => {
    const message = 'This command needs the official SDK: npm install cloudflare';
    const details = ['Without a project: npx -p signed-stream -p cloudflare signed-stream …'];
    throw new CliError('sdk-missing', message, EXIT_CODE.setup, details);
  });
  const client = new sdk.default({
    apiToken,
    baseURL: apiUrl,
    // Keys and an e-mail address in the environment would be sent beside the token.
    apiKey: null,
    apiEmail: null,
    userServiceKey: null,
    // Making a key twice is worse than being told to try again.
    maxRetries: 0,
    logLevel: 'off',
    fetch: (input, init) => context.fetch(toAddress(input), init),
  });
  return {
    client,
    accountId,
    async ask(work) {
      try {
        return await work();
      } catch (error) {
        throw toCliError(error, apiToken);
      }
    },
  };
}

/**
 * Of the SDK's errors only status and the API's own sentences are passed on, not the request; and of
 * the sentences, in case they repeat what was sent, not the API token.
 */
function toCliError(error: unknown, apiToken: string): CliError {
  const status = readProperty(error, 'status');
  if (typeof status !== 'number') {
    const message = 'The Stream API could not be reached.';
    return new CliError('api-unreachable', message, EXIT_CODE.remote);
  }
  const errors = readProperty(error, 'errors');
  const details = (Array.isArray(errors) ? errors : [])
    .map((one: unknown) => readProperty(one, 'message'))
    .filter((message) => typeof message === 'string')
    .map((message) => message.replaceAll(apiToken, '…').slice(0, 300));
  const message = `The Stream API answered ${status}${HINTS[status] ?? ''}.`;
  return new CliError(CODES[status] ?? 'api-failed', message, EXIT_CODE.remote, details);
}

const CODES: Readonly<Record<number, string>> = {
  400: 'api-rejected',
  401: 'api-refused',
  403: 'api-refused',
  404: 'not-found',
  429: 'api-rate-limited',
};

const HINTS: Readonly<Record<number, string>> = {
  401: ': CLOUDFLARE_API_TOKEN is not accepted',
  403: ': CLOUDFLARE_API_TOKEN may not do this in CLOUDFLARE_ACCOUNT_ID',
  404: ': there is no such thing in this account',
  429: ': too many requests; try later',
};

function readProperty(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function toAddress(input: string | URL | Request): string {
  return input instanceof Request ? input.url : String(input);
}
