import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../../demo/server/start-demo.js';
import { BACKENDS } from '../../../demo/shared/demo-config.js';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import { startLocalStream, type LocalStream } from '../../../demo/stream/start.js';

describe.each(BACKENDS)('the demo with DEMO_BACKEND=%s', (name) => {
  let demo: Demo;

  beforeAll(async () => {
    demo = await startDemo({ env: { DEMO_BACKEND: name } });
  }, 60_000);
  afterAll(() => demo.close());

  it('tells the page which it is, and what to log in with', async () => {
    const config = await (await fetch(new URL('/api/demo-config', demo.url))).json();
    expect(config).toMatchObject({ backend: { name, password: expect.any(String) } });
    expect(config.endpointFaults).toEqual([]);
  });

  it('gives members a token that plays, and nobody else one', async () => {
    expect((await ask(demo)).status).toBe(401);
    expect((await logIn(demo, 'sesame')).status).toBe(401);
    const entered = await logIn(demo);
    expect([entered.status, entered.headers.get('location')]).toEqual([
      303,
      `${demo.url}?player=hls`,
    ]);
    expect(await manifestStatus(demo.stream, await ask(demo, entered))).toBe(200);
  }, 60_000);

  it('has an account’s own API make the tokens', async () => {
    const stream = await startLocalStream();
    const account = await startDemo({
      env: {
        DEMO_BACKEND: name,
        STREAM_ACCOUNT_ID: stream.accountId,
        STREAM_API_TOKEN: stream.apiToken,
        STREAM_VIDEO_ID: SAMPLE_UIDS.pathToken,
        STREAM_API_ORIGIN: stream.origins.api,
        STREAM_DELIVERY_ORIGIN: stream.origins.delivery,
      },
    });
    try {
      const response = await ask(account, await logIn(account));
      expect(await manifestStatus(stream, response)).toBe(200);
    } finally {
      await Promise.all([account.close(), stream.close()]);
    }
  }, 60_000);
});

function ask({ url }: Demo, entered?: Response): Promise<Response> {
  const cookie = entered?.headers.get('set-cookie')?.split(';')[0] ?? '';
  return fetch(new URL(`/api/stream-token?video-id=${SAMPLE_UIDS.pathToken}&lifetime=10`, url), {
    headers: { cookie },
  });
}

/** With the password that the page is told, unless given another one. */
async function logIn({ url }: Demo, wrong?: string): Promise<Response> {
  const { backend } = await (await fetch(new URL('/api/demo-config', url))).json();
  return fetch(new URL(`/login?next=${encodeURIComponent(`${url}?player=hls`)}`, url), {
    method: 'POST',
    body: new URLSearchParams({ member: 'alice', password: wrong ?? backend.password }),
    redirect: 'manual',
  });
}

/** What Stream says to the token of an answer. */
async function manifestStatus(stream: LocalStream | undefined, answer: Response): Promise<number> {
  const { result } = await answer.json();
  const url = `${stream?.origins.delivery}/${result.token}/manifest/video.m3u8`;
  return (await fetch(url)).status;
}

describe('the demo', () => {
  it('knows no other backend', async () => {
    await expect(startDemo({ env: { DEMO_BACKEND: 'php' } })).rejects.toThrow(/node, worker/);
  });
});
