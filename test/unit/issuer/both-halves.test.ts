import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createSigningKeyIssuer,
  createTokenHandler,
  IssuerError,
  toNodeHandler,
  type TokenHandlerOptions,
} from '../../../src/issuer/index.js';
import { createEndpointFetcher, type EndpointOptions } from '../../../src/token/endpoint.js';
import { createApiKey } from './support/api-key.js';

const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';
const key = createApiKey();
const good: TokenHandlerOptions = {
  issuer: createSigningKeyIssuer({ keyId: key.id, jwk: key.jwk }),
  authorize: () => true,
};

let options = good;
const server = createServer((request, response) =>
  toNodeHandler(createTokenHandler(options))(request, response),
);
let origin: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Asks the handler by the element's own code. */
function ask(endpoint: Partial<EndpointOptions> = {}) {
  const url = `${origin}/api/stream-token`;
  const asked = {
    url,
    method: 'get',
    credentials: 'same-origin',
    headers: {},
    ...endpoint,
  } as const;
  const fetcher = createEndpointFetcher(asked, fetch, () => Date.now());
  return fetcher({ videoId: VIDEO, reason: 'initial', signal: new AbortController().signal });
}

describe('the element’s half and the backend’s', () => {
  it.each([
    ['GET', { method: 'get' }],
    ['POST', { method: 'post' }],
  ] as const)(
    'agree on how a token is asked for with %s, and on the time',
    async (_name, endpoint) => {
      options = good;
      const { text, serverDateMs } = await ask(endpoint);
      expect(text).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      expect(Math.abs((serverDateMs ?? 0) - Date.now())).toBeLessThan(60_000);
    },
  );

  it('agree on an id in the path', async () => {
    options = { ...good, videoId: (request) => new URL(request.url).pathname.split('/')[2] };
    const { text } = await ask({ url: `${origin}/videos/{video-id}/token` });
    expect(text).not.toBe('');
  });

  it.each<readonly [string, Partial<TokenHandlerOptions>, object]>([
    [
      'nobody is logged in',
      { authorize: () => 'unauthenticated' },
      { status: 401, retryable: false },
    ],
    ['the viewer may not watch', { authorize: () => false }, { status: 403, retryable: false }],
    [
      'the issuer is to be asked later',
      {
        issuer: {
          issue: () =>
            Promise.reject(new IssuerError('api-rate-limited', '', { retryAfterMs: 2_000 })),
        },
      },
      { status: 503, retryable: true, retryAfterMs: 2_000 },
    ],
  ])('agree that %s', async (_name, change, expected) => {
    options = { ...good, ...change };
    await expect(ask()).rejects.toMatchObject({ code: 'endpoint-refused', ...expected });
  });
});
