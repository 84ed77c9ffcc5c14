import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAccount } from '../../../demo/server/account.js';
import { startDemo, type Demo } from '../../../demo/server/start-demo.js';
import { NO_FAULTS, type EndpointFault } from '../../../demo/shared/faults.js';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import type { LocalStream } from '../../../demo/stream/start.js';

let demo: Demo;
let stream: LocalStream;

beforeAll(async () => {
  demo = await startDemo();
  if (!demo.stream) throw new Error('The demo has no local Stream');
  stream = demo.stream;
}, 60_000);
afterAll(() => demo.close());
beforeEach(() => changeFaults(NO_FAULTS));

const uid = SAMPLE_UIDS.pathToken;

function ask(query = `video-id=${uid}&lifetime=10`): Promise<Response> {
  return fetch(new URL(`/api/stream-token?${query}`, demo.url));
}

async function askToken(query?: string): Promise<string> {
  const answer = await (await ask(query)).json();
  return answer.result.token;
}

function readClaims(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

function changeFaults(change: unknown): Promise<Response> {
  return fetch(new URL('/api/faults', demo.url), {
    method: 'PATCH',
    body: JSON.stringify(change),
  });
}

async function manifestStatus(token: string): Promise<number> {
  const response = await fetch(`${stream.origins.delivery}/${token}/manifest/video.m3u8`);
  await response.arrayBuffer();
  return response.status;
}

describe('the demo’s token endpoint', () => {
  it('hands out the API’s envelope with a token that Stream takes', async () => {
    const response = await ask();
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const answer = await response.json();
    expect(answer).toMatchObject({ success: true, errors: [], messages: [] });
    expect(await manifestStatus(answer.result.token)).toBe(200);
  });

  it('lets a token live for as long as the page asks', async () => {
    const { exp } = readClaims(await askToken(`video-id=${uid}&lifetime=30`));
    const leftSeconds = Number(exp) - stream.serverClock.nowSeconds();
    expect(leftSeconds).toBeGreaterThan(28);
    expect(leftSeconds).toBeLessThanOrEqual(30);
  });

  it('writes times as text where asked to, and Stream takes that too', async () => {
    const token = await askToken(`video-id=${uid}&lifetime=10&exp=string`);
    expect(readClaims(token)).toMatchObject({
      exp: expect.stringMatching(/^\d+$/),
      nbf: expect.stringMatching(/^\d+$/),
    });
    expect(await manifestStatus(token)).toBe(200);
  });

  it('refuses a viewer who has lost access, and leaves the last token to its end', async () => {
    const token = await askToken();
    await changeFaults({ access: 'ended' });
    expect((await ask()).status).toBe(403);
    expect(await manifestStatus(token)).toBe(200);
  });

  it('has Stream refuse the last token too where access is taken away at once', async () => {
    const token = await askToken();
    await changeFaults({ access: 'revoked' });
    expect((await ask()).status).toBe(403);
    expect(await manifestStatus(token)).toBe(403);
    await changeFaults({ access: null });
    expect(await manifestStatus(token)).toBe(200);
  });

  it('goes by its own clock, which need not be Stream’s', async () => {
    await changeFaults({ endpointClockSeconds: 30 });
    const response = await ask();
    const aheadMs = Date.parse(response.headers.get('date') ?? '') - stream.serverClock.now();
    expect(aheadMs).toBeGreaterThan(28_000);
    const { exp } = readClaims((await response.json()).result.token);
    expect(Number(exp) - stream.serverClock.nowSeconds()).toBeGreaterThan(38);
  });

  it('passes the API’s own refusal through', async () => {
    const response = await ask('video-id=0123456789abcdef');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ success: false });
  });

  it('wants to know which video', async () => {
    expect((await ask('lifetime=10')).status).toBe(400);
  });
});

describe('faults of the endpoint', () => {
  it.each<[EndpointFault, number, RegExp]>([
    ['status-500', 500, /error/],
    ['status-429', 429, /error/],
    ['html', 200, /^<!doctype html>/],
    ['no-token', 200, /"result":\{\}/],
  ])('%s', async (fault, status, body) => {
    demo.endpointFault = fault;
    const response = await ask();
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(body);
  });

  it('asks for patience with 429', async () => {
    demo.endpointFault = 'status-429';
    expect((await ask()).headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('drops the connection', async () => {
    demo.endpointFault = 'drop';
    await expect(ask()).rejects.toThrow();
  });

  it.each<EndpointFault>(['expired', 'not-yet-valid'])(
    '%s: a token that Stream refuses',
    async (fault) => {
      demo.endpointFault = fault;
      expect(await manifestStatus(await askToken())).toBe(401);
    },
  );

  it('wrong-video: a good token for something else', async () => {
    demo.endpointFault = 'wrong-video';
    const token = await askToken();
    expect(readClaims(token)['sub']).not.toBe(uid);
    expect(await manifestStatus(token)).toBe(200);
  });

  it('same-token: whatever it handed out last', async () => {
    const last = await askToken();
    demo.endpointFault = 'same-token';
    expect(await askToken(`video-id=${uid}&lifetime=60`)).toBe(last);
  });
});

describe('faults thrown from the page', () => {
  it('come and go by name', async () => {
    const token = await askToken();
    const thrown = await (await changeFaults({ delivery: 'playlists-refused' })).json();
    expect(thrown.faults.delivery).toBe('playlists-refused');
    expect(await manifestStatus(token)).toBe(403);
    await changeFaults({ delivery: null });
    expect(await manifestStatus(token)).toBe(200);
  });

  it('leave alone what a change does not name', async () => {
    stream.link.kbps = 700;
    await changeFaults({ endpoint: 'html' });
    expect(stream.link.kbps).toBe(700);
  });

  it('move the servers’ clock: of the tokens, of Stream and of the endpoint’s answers', async () => {
    await changeFaults({ clockSkewSeconds: 86_400 });
    const response = await ask();
    const aheadMs = Date.parse(response.headers.get('date') ?? '') - Date.now();
    expect(aheadMs).toBeGreaterThan(86_000_000);
    const answer = await response.json();
    expect(await manifestStatus(answer.result.token)).toBe(200);
  });

  it('revoke the key: its tokens die, the next one is good', async () => {
    const before = await askToken();
    await fetch(new URL('/api/revoke-key', demo.url), { method: 'POST' });
    expect(await manifestStatus(before)).toBe(401);
    expect(await manifestStatus(await askToken())).toBe(200);
  });

  it.each([{ endpoint: 'no such fault' }, { delivery: 3 }, { linkKbps: -1 }, { other: 1 }, 'text'])(
    'are refused where there is no such fault: %j',
    async (change) => {
      expect((await changeFaults(change)).status).toBe(400);
    },
  );
});

describe('startDemo with an account’s variables', () => {
  it('names what is missing, and starts no local Stream', async () => {
    const incomplete = await startDemo({ env: { STREAM_ACCOUNT_ID: 'a', STREAM_VIDEO_ID: 'v' } });
    try {
      expect(incomplete.stream).toBeUndefined();
      expect(incomplete.missingVariables).toEqual(['STREAM_API_TOKEN', 'STREAM_CUSTOMER_CODE']);
    } finally {
      await incomplete.close();
    }
  });

  const env = {
    STREAM_ACCOUNT_ID: 'a',
    STREAM_API_TOKEN: 't',
    STREAM_VIDEO_ID: 'v',
    STREAM_DELIVERY_ORIGIN: 'https://video.example.com',
  };

  it('plays from a delivery origin in the place of a customer code', async () => {
    const account = await startDemo({ env });
    try {
      const config = await (await fetch(new URL('/api/demo-config', account.url))).json();
      expect(config).toMatchObject({
        mode: 'account',
        deliveryOrigin: 'https://video.example.com',
        missingVariables: [],
      });
      expect(config).not.toHaveProperty('customerCode');
    } finally {
      await account.close();
    }
  });

  it('asks the account’s API, and passes its refusal through', async () => {
    const { api } = stream.origins;
    const account = await startDemo({ env: { ...env, STREAM_API_ORIGIN: `${api}/` } });
    try {
      stream.requests.clear();
      const response = await fetch(new URL('/api/stream-token?video-id=v', account.url));
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ success: false });
      expect(stream.requests.list()).toMatchObject([{ kind: 'api-token', status: 401 }]);
    } finally {
      await account.close();
    }
  });
});

describe('what the page asks for an account of somebody’s own', () => {
  const account = {
    videoId: uid,
    deliveryOrigin: 'https://video.example.com',
    tokens: { kind: 'endpoint', url: 'https://www.example.com/token' },
  };
  const own = (headers: Record<string, string>, body: unknown = account): Promise<Response> =>
    fetch(new URL('/api/own/doctor', demo.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it.each([
    ['another page', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['nobody’s page', {}],
  ])('is answered to the demo page only, and not to %s', async (_name, headers) => {
    expect((await own(headers)).status).toBe(403);
  });

  it('is not answered to a form of another page', async () => {
    const headers = { origin: new URL(demo.url).origin, 'content-type': 'text/plain' };
    expect((await own(headers)).status).toBe(403);
  });

  it.each([
    { ...account, videoId: '../a' },
    { ...account, deliveryOrigin: 'file:///etc/passwd' },
    { ...account, tokens: { kind: 'endpoint', url: 'file:///etc/passwd' } },
    { ...account, tokens: { kind: 'api', accountId: 'a' } },
    { ...account, tokens: undefined },
    'account',
  ])('has to be an account: %j', async (body) => {
    expect((await own({ origin: new URL(demo.url).origin }, body)).status).toBe(400);
  });

  it('has the doctor’s steps, a line each', async () => {
    const { origin } = new URL(demo.url);
    const response = await own(
      { origin },
      {
        ...account,
        deliveryOrigin: stream.origins.delivery,
        tokens: { kind: 'endpoint', url: `${demo.url}api/stream-token?lifetime=20` },
      },
    );
    const text = await response.text();
    const steps = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'endpoint ok',
      'token ok',
      'clock ok',
      'manifest ok',
      'segment ok',
    ]);
    expect(text).not.toMatch(/eyJ[\w-]+\./);
  });
});

describe('readAccount', () => {
  it('finds no account where only origins are set', () => {
    const origins = {
      STREAM_DELIVERY_ORIGIN: 'https://a.test',
      STREAM_API_ORIGIN: 'https://b.test',
    };
    expect(readAccount(origins)).toBeUndefined();
  });

  it('takes an empty variable for none', () => {
    expect(readAccount({ STREAM_ACCOUNT_ID: 'a', STREAM_API_TOKEN: '' })).toEqual([
      'STREAM_API_TOKEN',
      'STREAM_VIDEO_ID',
      'STREAM_CUSTOMER_CODE',
    ]);
  });
});
