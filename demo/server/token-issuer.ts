import type { LocalStream } from '../stream/start.js';
import type { Account } from './account.js';

/** What a token is asked for. */
export interface TokenWish {
  readonly videoId: string;
  readonly expSeconds: number;
  readonly nbfSeconds?: number;
}

export interface IssuedAnswer {
  readonly status: number;
  readonly contentType: string;
  /** The API's own envelope, as it came. */
  readonly body: string;
}

/** The half of the token endpoint that knows the Stream API. */
export interface TokenIssuer {
  /** The time by which tokens live and die. */
  nowMs(): number;
  /** Asks the API, as the vendor's sample Worker does. */
  ask(wish: TokenWish): Promise<IssuedAnswer>;
}

export function createLocalIssuer(stream: LocalStream): TokenIssuer {
  const { origins, accountId, apiToken, serverClock } = stream;
  return {
    nowMs: () => serverClock.now(),
    ask: createAsk(origins.api, accountId, apiToken),
  };
}

export function createAccountIssuer({
  accountId,
  apiToken,
  apiOrigin,
}: Pick<Account, 'accountId' | 'apiToken' | 'apiOrigin'>): TokenIssuer {
  return {
    nowMs: () => Date.now(),
    ask: createAsk(apiOrigin ?? 'https://api.cloudflare.com', accountId, apiToken),
  };
}

function createAsk(apiOrigin: string, accountId: string, apiToken: string): TokenIssuer['ask'] {
  const account = encodeURIComponent(accountId);
  const streamUrl = `${new URL(apiOrigin).origin}/client/v4/accounts/${account}/stream`;
  return async ({ videoId, expSeconds, nbfSeconds }) => {
    const response = await fetch(`${streamUrl}/${encodeURIComponent(videoId)}/token`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        exp: expSeconds,
        ...(nbfSeconds === undefined ? {} : { nbf: nbfSeconds }),
      }),
      signal: AbortSignal.timeout(API_TIMEOUT_MS),
    });
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? 'application/json',
      body: await response.text(),
    };
  };
}

const API_TIMEOUT_MS = 10_000;
