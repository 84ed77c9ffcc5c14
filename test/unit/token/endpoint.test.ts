import { describe, expect, it } from 'vitest';
import {
  buildEndpointUrl,
  createEndpointFetcher,
  parseRetryAfter,
  type EndpointOptions,
} from '../../../src/token/endpoint.js';
import type { TokenAnswer } from '../../../src/token/token-fetcher.js';
import { FakeNetwork, networkFailure } from '../../support/fake-fetch.js';
import { EPOCH_MS } from '../../support/fake-time.js';
import { fakeToken, VIDEO_ID } from '../../support/fake-token.js';
import { rejectionOf } from '../../support/thrown.js';

const TOKEN = fakeToken({ sub: VIDEO_ID });
const DAY_MS = 86_400_000;

const OPTIONS: EndpointOptions = {
  url: 'https://page.test/token',
  method: 'get',
  credentials: 'same-origin',
  headers: {},
};

function ask(
  network: FakeNetwork,
  options: Partial<EndpointOptions> = {},
  wallMs = EPOCH_MS,
  signal = new AbortController().signal,
): Promise<TokenAnswer> {
  const fetchToken = createEndpointFetcher({ ...OPTIONS, ...options }, network.fetch, () => wallMs);
  return fetchToken({ videoId: VIDEO_ID, reason: 'initial', signal });
}

function answering(body: string, init: ResponseInit = {}): FakeNetwork {
  return new FakeNetwork(() => new Response(body, init));
}

async function sent(
  options: Partial<EndpointOptions>,
): Promise<{ url: string; init: RequestInit }> {
  const network = answering(TOKEN);
  await ask(network, options);
  const [request] = network.requests;
  if (request === undefined) throw new Error('nothing was asked');
  return request;
}

describe('createEndpointFetcher', () => {
  it('answers with the token', async () => {
    expect((await ask(answering(`{"token":"${TOKEN}"}`))).text).toBe(TOKEN);
  });

  it("tells the server's time where it can be read", async () => {
    const headers = { date: new Date(EPOCH_MS).toUTCString() };
    expect((await ask(answering(TOKEN, { headers }))).serverDateMs).toBe(EPOCH_MS);
  });

  it.each([undefined, 'yesterday', ''])('tells no time from a Date header of %j', async (date) => {
    const headers = date === undefined ? {} : { date };
    expect((await ask(answering(TOKEN, { headers }))).serverDateMs).toBeUndefined();
  });

  it('asks past every cache, with the credentials and headers of the page', async () => {
    const { init } = await sent({ credentials: 'include', headers: { 'x-csrf': 'abc' } });
    expect(init).toMatchObject({ method: 'GET', cache: 'no-store', credentials: 'include' });
    expect(new Headers(init.headers).get('x-csrf')).toBe('abc');
  });

  it('sends no body with GET', async () => {
    const { init } = await sent({});
    expect(init.body).toBeUndefined();
    expect(new Headers(init.headers).has('content-type')).toBe(false);
  });

  it('posts the video id as JSON', async () => {
    const { url, init } = await sent({ method: 'post' });
    expect([url, init.method, init.body]).toEqual([
      OPTIONS.url,
      'POST',
      JSON.stringify({ videoId: VIDEO_ID }),
    ]);
    expect(new Headers(init.headers).get('content-type')).toBe('application/json');
  });

  it('fills a template in when posting, too', async () => {
    const { url } = await sent({ method: 'post', url: 'https://page.test/{video-id}/token' });
    expect(url).toBe(`https://page.test/${VIDEO_ID}/token`);
  });

  it.each(['Accept', 'Content-Type'])("lets the page's own %s replace ours", async (name) => {
    const { init } = await sent({ method: 'post', headers: { [name]: 'text/own' } });
    expect(new Headers(init.headers).get(name)).toBe('text/own');
  });

  it.each([
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [405, false],
    [408, true],
    [410, false],
    [425, true],
    [429, true],
    [500, true],
    [502, true],
    [503, true],
    [504, true],
  ])('calls status %i a refusal that time may mend: %s', async (status, retryable) => {
    const error = await rejectionOf(ask(answering(TOKEN, { status })));
    expect([error.code, error.status, error.retryable]).toEqual([
      'endpoint-refused',
      status,
      retryable,
    ]);
  });

  it.each([
    ['an empty answer of status 204', new Response(null, { status: 204 })],
    ['a log-in page that it was redirected to', new Response('<html>Log in</html>')],
  ])('calls %s malformed', async (_, response) => {
    const error = await rejectionOf(ask(new FakeNetwork(() => response)));
    expect(error.code).toBe('endpoint-malformed');
  });

  it('calls a network or CORS failure unreachable, and worth another try', async () => {
    const error = await rejectionOf(ask(new FakeNetwork(networkFailure)));
    expect([error.code, error.retryable]).toEqual(['endpoint-unreachable', true]);
  });

  it('calls an answer whose body breaks off unreachable', async () => {
    const broken = new ReadableStream({
      start: (controller) => controller.error(new TypeError('cut')),
    });
    const error = await rejectionOf(ask(new FakeNetwork(() => new Response(broken))));
    expect(error.code).toBe('endpoint-unreachable');
  });

  it('is given up with its signal', async () => {
    const limit = new AbortController();
    const asking = rejectionOf(
      ask(new FakeNetwork(() => new Promise(() => {})), {}, 0, limit.signal),
    );
    limit.abort();
    expect((await asking).code).toBe('endpoint-unreachable');
  });

  it('calls an address that no request can be made from unreachable', async () => {
    const error = await rejectionOf(ask(new FakeNetwork(networkFailure), { url: 'https://' }));
    expect(error.code).toBe('endpoint-unreachable');
  });

  describe('told to wait', () => {
    const refusing = (headers: Record<string, string>): FakeNetwork =>
      answering('', { status: 429, headers });
    const in30s = new Date(EPOCH_MS + 30_000).toUTCString();
    const date = new Date(EPOCH_MS).toUTCString();

    it('says for how long, in seconds', async () => {
      const error = await rejectionOf(ask(refusing({ 'retry-after': '30' })));
      expect(error.retryAfterMs).toBe(30_000);
    });

    it('says until when, by the device where the server tells no time', async () => {
      const error = await rejectionOf(ask(refusing({ 'retry-after': in30s })));
      expect(error.retryAfterMs).toBe(30_000);
    });

    it.each([-DAY_MS, 0, DAY_MS])(
      "says until when by the server's own time, on a device that is %i ms off",
      async (offMs) => {
        const network = refusing({ 'retry-after': in30s, date });
        const error = await rejectionOf(ask(network, {}, EPOCH_MS + offMs));
        expect(error.retryAfterMs).toBe(30_000);
      },
    );

    it('does not wait for a day because the device is a day behind', async () => {
      const network = refusing({ 'retry-after': in30s });
      const error = await rejectionOf(ask(network, {}, EPOCH_MS - DAY_MS));
      expect(error.retryAfterMs).toBe(300_000);
    });

    it('waits for hours where it is told hours', async () => {
      const error = await rejectionOf(ask(refusing({ 'retry-after': '7200' })));
      expect(error.retryAfterMs).toBe(7_200_000);
    });

    it('knows of no time where none was given', async () => {
      expect((await rejectionOf(ask(refusing({})))).retryAfterMs).toBeUndefined();
    });
  });
});

describe('buildEndpointUrl', () => {
  it.each([
    ['https://p.test/t', 'https://p.test/t?video-id=v'],
    ['https://p.test/t?', 'https://p.test/t?video-id=v'],
    ['https://p.test/t?a=1', 'https://p.test/t?a=1&video-id=v'],
    ['https://p.test/t?a=1&', 'https://p.test/t?a=1&video-id=v'],
    ['https://p.test/t#part', 'https://p.test/t?video-id=v'],
    ['https://p.test/t?a=%20b#part', 'https://p.test/t?a=%20b&video-id=v'],
    ['https://p.test/{video-id}/t', 'https://p.test/v/t'],
    ['https://p.test/%7Bvideo-id%7D/t', 'https://p.test/v/t'],
    ['https://p.test/%7bvideo-id%7d/t', 'https://p.test/v/t'],
    ['https://p.test/{video-id}/{video-id}', 'https://p.test/v/v'],
    ['https://p.test/t?id={video-id}', 'https://p.test/t?id=v'],
  ])('makes of %s: %s', (url, built) => {
    expect(buildEndpointUrl(url, 'v', true)).toBe(built);
  });

  it('leaves an address without a template alone where the id is in the body', () => {
    expect(buildEndpointUrl('https://p.test/t', 'v', false)).toBe('https://p.test/t');
  });

  it.each(["a/b?c=d&e#f %$&$'", '{video-id}', '日本'])('encodes the id %s', (id) => {
    const url = new URL(buildEndpointUrl('https://p.test/t', id, true));
    expect([url.pathname, url.searchParams.get('video-id'), url.hash]).toEqual(['/t', id, '']);
    expect(buildEndpointUrl('https://p.test/{video-id}', id, true)).toBe(
      `https://p.test/${encodeURIComponent(id)}`,
    );
  });
});

describe('parseRetryAfter', () => {
  it.each([
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['0', 0],
    ['120', 120_000],
    [' 120 ', 120_000],
    [new Date(EPOCH_MS + 5000).toUTCString(), 5000],
    [new Date(EPOCH_MS - 5000).toUTCString(), 0],
  ])('reads %j as %j ms', (value, delayMs) => {
    expect(parseRetryAfter(value, EPOCH_MS)).toBe(delayMs);
  });
});
