import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../../demo/server/start-demo.js';
import { BACKENDS } from '../../../demo/shared/demo-config.js';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';

describe.each(BACKENDS)('the demo with DEMO_BACKEND=%s', (name) => {
  let demo: Demo;

  beforeAll(async () => {
    demo = await startDemo({ env: { DEMO_BACKEND: name } });
  }, 60_000);
  afterAll(() => demo.close());

  const ask = (cookie = ''): Promise<Response> =>
    fetch(new URL(`/api/stream-token?video-id=${SAMPLE_UIDS.pathToken}&lifetime=10`, demo.url), {
      headers: { cookie },
    });

  it('tells the page which it is, and what to log in with', async () => {
    const config = await (await fetch(new URL('/api/demo-config', demo.url))).json();
    expect(config).toMatchObject({ backend: { name, password: expect.any(String) } });
    expect(config.endpointFaults).toEqual([]);
  });

  it('gives members a token that plays, and nobody else one', async () => {
    expect((await ask()).status).toBe(401);
    const { backend } = await (await fetch(new URL('/api/demo-config', demo.url))).json();
    const logIn = (password: string): Promise<Response> =>
      fetch(new URL(`/login?next=${encodeURIComponent(`${demo.url}?player=hls`)}`, demo.url), {
        method: 'POST',
        body: new URLSearchParams({ member: 'alice', password }),
        redirect: 'manual',
      });
    expect((await logIn('sesame')).status).toBe(401);
    const entered = await logIn(backend.password);
    expect([entered.status, entered.headers.get('location')]).toEqual([
      303,
      `${demo.url}?player=hls`,
    ]);
    const response = await ask(entered.headers.get('set-cookie')?.split(';')[0]);
    const { result } = await response.json();
    const manifest = `${demo.stream?.origins.delivery}/${result.token}/manifest/video.m3u8`;
    expect((await fetch(manifest)).status).toBe(200);
  }, 60_000);
});

describe('the demo', () => {
  it('knows no other backend', async () => {
    await expect(startDemo({ env: { DEMO_BACKEND: 'php' } })).rejects.toThrow(/node, worker/);
  });
});
