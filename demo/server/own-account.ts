import type { IncomingMessage, ServerResponse } from 'node:http';
import { examine, type Examination } from '../../src/cli/doctor/examine.js';
import type { CliContext } from '../../src/cli/cli-context.js';
import { resolveDelivery } from '../../src/delivery/origin.js';
import type { OwnAccount } from '../shared/own-account.js';
import { isOwnPage } from './is-own-page.js';
import { readJson } from './read-json.js';
import { readOwnAccount } from './read-own-account.js';
import { sendJson } from './send-json.js';
import { createAccountIssuer, type IssuedAnswer } from './token-issuer.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * What the page needs of its server to play a video of somebody's own: tokens of the Stream API, which
 * no page may ask itself, and the doctor's checks, which read what a browser hides from scripts.
 * Nothing of the account is kept.
 */
export class OwnAccountRoutes {
  readonly #apiOrigin: string | undefined;

  /** Where the Stream API is; absent: at the vendor's. */
  constructor(apiOrigin: string | undefined) {
    this.#apiOrigin = apiOrigin;
  }

  /** `POST /api/own/token`: a token, as the API answers. */
  readonly token: Handler = async (request, response) => {
    const account = await this.#read(request, response);
    if (!account) return;
    const answer = await this.#issue(account);
    response.statusCode = answer.status;
    response.setHeader('content-type', answer.contentType);
    response.setHeader('cache-control', 'private, no-store');
    response.end(answer.body);
  };

  /** `POST /api/own/doctor`: a line of JSON for each step, when it is done. */
  readonly doctor: Handler = async (request, response) => {
    const account = await this.#read(request, response);
    if (!account) return;
    response.setHeader('content-type', 'application/x-ndjson');
    const examination = toExamination(account, request.headers.origin ?? '');
    const steps = examine(examination, this.#context(account, examination.endpoint));
    for await (const step of steps) response.write(`${JSON.stringify(step)}\n`);
    response.end();
  };

  async #read(request: IncomingMessage, response: ServerResponse): Promise<OwnAccount | undefined> {
    if (!isOwnPage(request)) {
      sendJson(response, 403, { error: 'Only the demo page may ask' });
      return undefined;
    }
    const account = readOwnAccount(await readJson(request));
    if (!account) sendJson(response, 400, { error: 'This is no account to play from' });
    return account;
  }

  async #issue({ videoId, tokens }: OwnAccount): Promise<IssuedAnswer> {
    if (tokens.kind !== 'api') throw new TypeError('Its tokens come from an endpoint');
    const { accountId, apiToken } = tokens;
    const issuer = createAccountIssuer({ accountId, apiToken, apiOrigin: this.#apiOrigin });
    const expSeconds = Math.floor(issuer.nowMs() / 1000) + LIFETIME_SECONDS;
    return issuer.ask({ videoId, expSeconds });
  }

  /** The doctor's world: nothing of this process, and the API in the place of an endpoint. */
  #context(account: OwnAccount, endpoint: string): CliContext {
    const { tokens } = account;
    const silent = { write: () => true };
    return {
      env:
        tokens.kind === 'endpoint'
          ? {}
          : {
              CLOUDFLARE_ACCOUNT_ID: tokens.accountId,
              CLOUDFLARE_API_TOKEN: tokens.apiToken,
              ...(this.#apiOrigin && { CLOUDFLARE_BASE_URL: `${this.#apiOrigin}/client/v4` }),
            },
      stdout: silent,
      stderr: silent,
      now: () => Date.now(),
      readStdin: async () => '',
      loadSdk: () => import('cloudflare'),
      fetch: async (url, init) => {
        if (tokens.kind === 'endpoint' || !url.startsWith(endpoint)) return fetch(url, init);
        const { status, contentType, body } = await this.#issue(account);
        return new Response(body, { status, headers: { 'content-type': contentType } });
      },
    };
  }
}

function toExamination(account: OwnAccount, origin: string): Examination {
  const { videoId, tokens } = account;
  const isEndpoint = tokens.kind === 'endpoint';
  return {
    videoId,
    // With the API, the page's own server is the endpoint.
    endpoint: isEndpoint ? tokens.url : `${origin}/api/own/token`,
    method: isEndpoint ? tokens.method : 'get',
    credentials: isEndpoint ? tokens.credentials : 'same-origin',
    login: { cookie: undefined, authorization: undefined },
    origin,
    deliveryOrigin: resolveDelivery(account).origin,
    viewer: undefined,
  };
}

const LIFETIME_SECONDS = 60;
