import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import type { LoggedRequest, RequestKind } from '../../../demo/stream/state/request-log.js';
import { StreamClient } from './stream-client.js';

const { pathToken: UID, public: PUBLIC } = SAMPLE_UIDS;
let client: StreamClient;

beforeAll(async () => {
  client = await StreamClient.start();
});
afterEach(() => client.reset());
afterAll(() => client.stream.close());

/** The next request of a kind whose answer has ended. */
function nextRequest(kind: RequestKind): Promise<LoggedRequest> {
  return new Promise((resolve) => {
    const unsubscribe = client.stream.requests.onRequest((logged) => {
      if (logged.kind !== kind) return;
      unsubscribe();
      resolve(logged);
    });
  });
}

describe('a fault', () => {
  it('answers in the place of the server, as often as it says', async () => {
    client.stream.faults.add({ kind: 'multivariant', status: 503, body: 'busy', times: 1 });
    const response = await client.get(`/${PUBLIC}/manifest/video.m3u8`);
    expect([response.status, await response.text()]).toEqual([503, 'busy']);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await client.manifestStatus(PUBLIC)).toBe(200);
  });

  it('lasts until it is removed', async () => {
    const id = client.stream.faults.add({ kind: 'all', status: 500 });
    expect(await client.manifestStatus(PUBLIC)).toBe(500);
    expect(await client.status(`/${PUBLIC}/thumbnails/thumbnail.jpg`)).toBe(500);
    client.stream.faults.remove(id);
    expect(await client.manifestStatus(PUBLIC)).toBe(200);
  });

  it('is for the kinds of request it names', async () => {
    client.stream.faults.add({ kind: ['segment', 'init'], status: 500 });
    const { init, segments } = await client.media(await client.firstRendition(PUBLIC));
    expect(await client.status(init)).toBe(500);
    expect(await client.status(segments[0] ?? '')).toBe(500);
  });

  it('is for the video it names, asked for by its uid or a token', async () => {
    client.stream.faults.add({ kind: 'multivariant', uid: UID, status: 500 });
    expect(await client.manifestStatus(PUBLIC)).toBe(200);
    expect(await client.manifestStatus(await client.token(UID))).toBe(500);
  });

  it('reaches the API', async () => {
    const headers = { 'retry-after': '7' };
    client.stream.faults.add({ kind: 'api-token', status: 429, body: '{}', headers });
    const { origins, accountId } = client.stream;
    const url = `${origins.api}/client/v4/accounts/${accountId}/stream/${UID}/token`;
    const response = await fetch(url, { method: 'POST' });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
  });

  it('of headers alone leaves the answer as it is', async () => {
    client.stream.faults.add({ kind: 'multivariant', headers: { 'cache-control': 'public' } });
    const response = await client.get(`/${PUBLIC}/manifest/video.m3u8`);
    expect(response.headers.get('cache-control')).toBe('public');
    expect(await response.text()).toMatch(/^#EXTM3U/);
  });

  it('leaves its turn to an older one', async () => {
    client.stream.faults.add({ kind: 'all', status: 500, times: 1 });
    client.stream.faults.add({ kind: 'all', status: 502, times: 1 });
    expect(await client.manifestStatus(PUBLIC)).toBe(500);
    expect(await client.manifestStatus(PUBLIC)).toBe(502);
    expect(await client.manifestStatus(PUBLIC)).toBe(200);
  });

  it('delays an answer', async () => {
    client.stream.faults.add({ kind: 'multivariant', delayMs: 40 });
    const startMs = performance.now();
    expect(await client.manifestStatus(PUBLIC)).toBe(200);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(39);
  });

  it('drops a connection before the answer', async () => {
    client.stream.faults.add({ kind: 'multivariant', drop: 'before' });
    const logged = nextRequest('multivariant');
    await expect(client.raw(`/${PUBLIC}/manifest/video.m3u8`)).rejects.toThrow(/socket hang up/);
    expect(await logged).toMatchObject({ status: 0, bytes: 0, state: 'broken' });
  });

  it('drops a connection midway', async () => {
    const path = await client.firstSegment(PUBLIC);
    const whole = (await (await client.get(path)).arrayBuffer()).byteLength;
    client.stream.faults.add({ kind: 'segment', drop: 'midway' });
    const logged = nextRequest('segment');
    const answer = await client.raw(path);
    expect(answer).toMatchObject({ status: 200, isBroken: true });
    expect(answer.headers['content-length']).toBe(String(whole));
    expect(await logged).toMatchObject({ state: 'broken', bytes: Math.floor(whole / 2) });
  });

  it('hangs until the client has had enough', async () => {
    client.stream.faults.add({ kind: 'multivariant', hang: true });
    const logged = nextRequest('multivariant');
    const url = new URL(`/${PUBLIC}/manifest/video.m3u8`, client.stream.origins.delivery);
    const hanging = request(url)
      .on('error', () => undefined)
      .end();
    await expect
      .poll(() => client.stream.requests.list())
      .toContainEqual(expect.objectContaining({ kind: 'multivariant', state: 'open' }));
    hanging.destroy();
    expect(await logged).toMatchObject({ status: 0, state: 'broken' });
  });

  it('does not keep the server from closing', async () => {
    const other = await StreamClient.start();
    other.stream.faults.add({ kind: 'multivariant', hang: true });
    other.stream.faults.add({ kind: 'thumbnail', delayMs: 3_600_000 });
    const outcomes = Promise.allSettled([
      other.raw(`/${PUBLIC}/manifest/video.m3u8`),
      other.raw(`/${PUBLIC}/thumbnails/thumbnail.jpg`),
    ]);
    await expect.poll(() => other.stream.requests.list().length).toBe(2);
    await other.stream.close();
    await outcomes;
    await expect(other.raw(`/${PUBLIC}/manifest/video.m3u8`)).rejects.toThrow();
  });
});

describe('the link', () => {
  it('carries media no faster than it is', async () => {
    const path = await client.firstSegment(PUBLIC);
    client.stream.link.kbps = 8000;
    const startMs = performance.now();
    const answers = await Promise.all([client.raw(path), client.raw(path)]);
    const elapsedMs = performance.now() - startMs;
    const bits =
      answers.reduce((sum, { headers }) => sum + Number(headers['content-length']), 0) * 8;
    // Both share the link, so it takes them as long as one after the other.
    expect(elapsedMs).toBeGreaterThanOrEqual(bits / 8000 - 2);
    expect(answers.every(({ isBroken }) => !isBroken)).toBe(true);
  });

  it('leaves the API alone', async () => {
    client.stream.link.kbps = 0.001;
    expect((await client.api('GET', '/keys')).status).toBe(200);
  });
});

describe('the request log', () => {
  it('has what was asked for, and not the token', async () => {
    const token = await client.token(UID);
    const segment = await client.firstSegment(token);
    await client.status(segment);
    const list = client.stream.requests.list();
    expect(list.map(({ kind }) => kind)).toEqual(['multivariant', 'rendition', 'segment']);
    expect(list[1]).toMatchObject({ rendition: '1280', uid: UID, status: 200 });
    expect(list[2]).toMatchObject({
      method: 'GET',
      path: '/<token>/video/1280/seg_1.mp4',
      rendition: '1280',
      segment: 1,
      uid: UID,
    });
    const [signature = ''] = token.split('.').slice(-1);
    expect(JSON.stringify(list)).not.toContain(signature);
    expect(JSON.stringify(list)).not.toMatch(/[?&]s=/);
  });

  it('tells tokens apart by short names', async () => {
    const [first, second] = [await client.token(UID), await client.token(UID, { nbf: 1 })];
    for (const token of [first, first, second]) await client.manifestStatus(token);
    const [a, b, c] = client.stream.requests.list().map(({ tokenId }) => tokenId);
    expect(a).toMatch(/^[0-9a-f]{12}$/);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
  });

  it('names the rendition of a refused playlist, too', async () => {
    const token = await client.token(UID, { exp: client.nowSeconds() + 10 });
    const { audio } = await client.renditions(token);
    client.advance(10);
    await client.status(audio[0] ?? '');
    expect(client.stream.requests.list().at(-1)).toMatchObject({ rendition: 'audio', status: 401 });
  });
});
