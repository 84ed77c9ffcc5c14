import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settle } from '../../../support/fake-time.js';
import { GateWorld } from '../../../support/gate-world.js';
import type { MediaAuth } from '../../../support/fake-stream.js';

function createWorld(auth: MediaAuth): GateWorld {
  const world = new GateWorld(auth);
  vi.stubGlobal('fetch', world.fetch);
  return world;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const AUTHS: readonly MediaAuth[] = ['token-in-path', 'own-signature'];

describe('RequestGate', () => {
  it.each(AUTHS)('sends every URL as it is while its token lives: %s', async (auth) => {
    const world = await createWorld(auth).start('low');
    const url = world.mediaUrl('low', 3);
    expect(await world.ask(url)).toEqual({ sent: [url], found: true, status: 200 });
    expect(world.stream.log).toEqual(['media low seg_3.mp4']);
  });

  it.each(AUTHS)('uses an older token up, for it lives on for a while: %s', async (auth) => {
    const world = await createWorld(auth).start('low');
    world.renew('two', 60_000);
    const url = world.mediaUrl('low', 3);
    expect((await world.ask(url)).sent).toEqual([url]);
    expect((await world.ask(world.listUrl('low'))).status).toBe(200);
    expect(world.stream.taken('manifest')).toEqual([]);
  });

  it('leaves an older token alone that is about to end', async () => {
    const world = await createWorld('token-in-path').start('low');
    world.renew('two', 1000);
    expect((await world.ask(world.mediaUrl('low', 3))).sent).toEqual([
      'https://v.test/two/video/low/seg_3.mp4?s=same',
    ]);
  });

  it.each(AUTHS)('finds what has become of a media URL whose token is over: %s', async (auth) => {
    const world = await createWorld(auth).start('low');
    world.renew('two');
    const { status, found } = await world.ask(world.mediaUrl('low', 3));
    expect([status, found, world.stream.taken('media')]).toEqual([
      200,
      true,
      ['media low seg_3.mp4'],
    ]);
  });

  it('fetches no list again once it is plain that only the token in the path changes', async () => {
    const world = await createWorld('token-in-path').start('low', 'audio');
    world.renew('two');
    await world.ask(world.mediaUrl('low', 3));
    world.stream.log.length = 0;
    for (const token of ['three', 'four', 'five']) {
      world.renew(token);
      for (const name of ['low', 'audio']) {
        const { sent } = await world.ask(world.mediaUrl(name, 4));
        expect(sent).toEqual([`https://v.test/${token}/video/${name}/seg_4.mp4?s=same`]);
      }
    }
    expect([...world.stream.taken('manifest'), ...world.stream.taken('list')]).toEqual([]);
  });

  it('fetches the manifest and each list once for a token, however many ask', async () => {
    const world = await createWorld('own-signature').start('low', 'audio');
    world.renew('two');
    const urls = ['low', 'audio'].flatMap((name) =>
      [0, 1, 2, 3, 4, 5].map((segment) => world.mediaUrl(name, segment)),
    );
    const outcomes = await Promise.all(urls.map((url) => world.ask(url)));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set([200]));
    expect([...world.stream.taken('manifest'), ...world.stream.taken('list').toSorted()]).toEqual([
      'manifest two',
      'list audio two',
      'list low two',
    ]);
    world.stream.log.length = 0;
    await Promise.all(urls.map((url) => world.ask(url)));
    expect(world.stream.log.length).toBe(urls.length);
  });

  it('fetches no list of a rendition that nobody asks for', async () => {
    const world = await createWorld('own-signature').start('low', 'high', 'audio');
    world.renew('two');
    await world.ask(world.mediaUrl('low', 1));
    expect(world.stream.taken('list')).toEqual(['list low two']);
  });

  it('looks the new name of a rendition up, once for a token', async () => {
    const world = await createWorld('own-signature').start('low', 'high');
    world.renew('two');
    const outcomes = await Promise.all(
      ['low', 'high', 'low'].map((name) => world.ask(world.listUrl(name))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(outcomes[0]?.sent).toEqual(['https://v.test/two/manifest/stream_tlow_r2.m3u8']);
    expect(world.stream.taken('manifest')).toEqual(['manifest two']);
  });

  it('tells renditions apart that look the same', async () => {
    const world = await createWorld('own-signature').start('low', 'high');
    world.renew('two');
    const { sent } = await world.ask(world.mediaUrl('high', 1));
    expect(sent).toEqual(['https://v.test/uid/video/high/seg_1.mp4?s=by-two']);
  });

  it.each(AUTHS)(
    'goes on through many renewals, with the URLs of the last list: %s',
    async (auth) => {
      const world = await createWorld(auth).start('low');
      for (let round = 2; round < 30; round += 1) {
        world.renew(`token-${round}`);
        expect((await world.ask(world.mediaUrl('low', 1 + (round % 10)))).status).toBe(200);
        expect((await world.ask(world.listUrl('low'))).status).toBe(200);
      }
      expect(world.reports).toEqual([]);
    },
  );

  it('fails what the player should have let go, and blames no token for it', async () => {
    const world = await createWorld('own-signature').start('low');
    const old = world.mediaUrl('low', 3);
    for (const token of ['two', 'three', 'four', 'five']) {
      world.renew(token);
      await world.ask(world.listUrl('low'));
    }
    expect(await world.ask(old)).toMatchObject({ found: false, status: 403 });
    expect([world.tokens.replaced, world.reports]).toEqual([[], []]);
  });

  it('keeps the directives of low latency', async () => {
    const world = await createWorld('own-signature').start('low');
    const directives = '_HLS_msn=12&_HLS_part=3';
    expect((await world.ask(`${world.listUrl('low')}?${directives}`)).sent).toEqual([
      `https://v.test/one/manifest/stream_tlow_r1.m3u8?${directives}`,
    ]);
    world.renew('two');
    expect((await world.ask(`${world.listUrl('low')}?${directives}`)).sent).toEqual([
      `https://v.test/two/manifest/stream_tlow_r2.m3u8?${directives}`,
    ]);
  });

  it('keeps the data that a player sends with media', async () => {
    const world = await createWorld('own-signature').start('low');
    world.renew('two');
    expect((await world.ask(`${world.mediaUrl('low', 2)}&CMCD=br%3D5`)).sent).toEqual([
      'https://v.test/uid/video/low/seg_2.mp4?s=by-two&CMCD=br%3D5',
    ]);
  });

  it('says of a segment that the window has slid past that it is gone', async () => {
    const world = await createWorld('own-signature').start('low');
    world.renew('two');
    world.stream.window = { first: 8, last: 17 };
    expect(await world.ask(world.mediaUrl('low', 3))).toMatchObject({ found: false, sent: [] });
    expect(await world.ask(world.mediaUrl('low', 9))).toMatchObject({ found: true, status: 200 });
  });

  it('still finds the init section of a segment that the window has slid past', async () => {
    const world = await createWorld('own-signature').start('low');
    world.renew('two');
    world.stream.window = { first: 80, last: 90 };
    expect(await world.ask(world.mediaUrl('low', 0))).toMatchObject({ status: 200 });
  });

  it('waits for a token rather than send one that is over', async () => {
    const world = await createWorld('token-in-path').start('low');
    world.tokens.expire();
    const asking = world.ask(world.mediaUrl('low', 3));
    await settle();
    expect(world.stream.log).toEqual([]);
    world.renew('two');
    expect((await asking).status).toBe(200);
  });

  it('ends the wait with the request', async () => {
    const world = await createWorld('token-in-path').start('low');
    world.tokens.expire();
    const end = new AbortController();
    const asking = world.ask(world.mediaUrl('low', 3), end.signal).catch((error: unknown) => error);
    await settle();
    end.abort();
    expect(await asking).toHaveProperty('name', 'AbortError');
    expect(world.stream.log).toEqual([]);
  });

  it('asks nothing for a request that is over', async () => {
    const world = await createWorld('token-in-path').start('low');
    const asking = world.ask(world.mediaUrl('low', 3), AbortSignal.abort());
    await expect(asking).rejects.toHaveProperty('name', 'AbortError');
  });

  describe('where Stream refuses', () => {
    it.each(AUTHS)('replaces the token once and sends again: %s', async (auth) => {
      const world = await createWorld(auth).start('low');
      world.stream.good.clear();
      world.stream.good.add('two');
      world.tokens.next = () => 'two';
      expect(await world.ask(world.mediaUrl('low', 3))).toMatchObject({ found: true, status: 200 });
      expect([world.tokens.replaced, world.reports, world.pausesMs]).toEqual([['one'], [], []]);
    });

    it('replaces the token of a list, too', async () => {
      const world = await createWorld('own-signature').start('low');
      world.stream.good.clear();
      world.stream.good.add('two');
      world.tokens.next = () => 'two';
      expect(await world.ask(world.listUrl('low'))).toMatchObject({ status: 200 });
      expect(world.reports).toEqual([]);
    });

    it('asks once for many requests that are refused', async () => {
      const world = await createWorld('own-signature').start('low');
      world.stream.good.clear();
      world.stream.good.add('two');
      world.tokens.next = () => 'two';
      const outcomes = await Promise.all(
        [1, 2, 3, 4].map((segment) => world.ask(world.mediaUrl('low', segment))),
      );
      expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(world.tokens.current()).toBe('two');
      expect(world.stream.taken('manifest')).toEqual(['manifest two']);
    });

    it('says that playback is forbidden when a fresh token is refused, and asks again later', async () => {
      const world = await createWorld('token-in-path').start('low');
      world.stream.good.clear();
      let count = 0;
      world.tokens.next = () => `next-${(count += 1)}`;
      world.duringPause = () => {
        if (world.pausesMs.length === 6) world.stream.good.add(`next-${count + 1}`);
      };
      expect(await world.ask(world.mediaUrl('low', 3))).toMatchObject({ found: true, status: 200 });
      expect(world.pausesMs).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000]);
      expect(world.reports.map((report) => report?.code)).toEqual([
        ...Array(6).fill('playback-forbidden'),
        undefined,
      ]);
      expect(world.reports[0]).toMatchObject({ status: 401, retryable: true });
    });

    it('stops asking when the request is over', async () => {
      const world = await createWorld('token-in-path').start('low');
      world.stream.good.clear();
      let count = 0;
      world.tokens.next = () => `next-${(count += 1)}`;
      const end = new AbortController();
      world.duringPause = () => end.abort();
      const asking = world.ask(world.mediaUrl('low', 3), end.signal);
      await expect(asking).rejects.toHaveProperty('name', 'AbortError');
      expect(world.pausesMs.length).toBe(1);
    });

    it('waits where there is no other token, and goes on when there is', async () => {
      const world = await createWorld('token-in-path').start('low');
      world.stream.good.clear();
      const asking = world.ask(world.mediaUrl('low', 3));
      await settle();
      expect(world.stream.log.length).toBe(1);
      world.renew('two');
      expect(await asking).toMatchObject({ found: true, status: 200 });
      expect(world.reports).toEqual([]);
    });

    it('does not use a refused token for other requests, although it should live', async () => {
      const world = await createWorld('token-in-path').start('low', 'audio');
      world.stream.good.clear();
      world.stream.good.add('two');
      world.tokens.next = () => 'two';
      await world.ask(world.mediaUrl('low', 1));
      world.tokens.renew('two', 60_000);
      expect((await world.ask(world.mediaUrl('audio', 1))).sent.length).toBe(1);
    });

    it('puts the blame for a refused list on the token that it was fetched with', async () => {
      const world = await createWorld('own-signature').start('low');
      world.renew('two');
      await world.ask(world.listUrl('low'));
      // Token two lives on beside three, and the names that were fetched with it are still used.
      world.tokens.renew('three', 60_000);
      world.stream.good.clear();
      world.stream.good.add('three');
      expect(await world.ask(world.mediaUrl('low', 1))).toMatchObject({ status: 200 });
      expect([world.tokens.current(), world.reports]).toEqual(['three', []]);
    });

    it('keeps away from swapping once a swapped URL was refused', async () => {
      const world = await createWorld('token-in-path').start('low');
      world.renew('two');
      await world.ask(world.mediaUrl('low', 1));
      // From now on the signature counts: what only had its token swapped is refused.
      world.renew('three');
      const { answer } = world.stream;
      world.stream.answer = (url) =>
        url.endsWith('?s=same')
          ? new Response('', { status: 403 })
          : answer(url.replace('?s=new', ''));
      const { fetch } = world;
      vi.stubGlobal('fetch', async (input: string) => {
        const text = await (await fetch(input)).text();
        return new Response(text.replaceAll('?s=same', '?s=new'));
      });
      world.tokens.next = () => {
        world.stream.good.add('four');
        return 'four';
      };
      expect(await world.ask(world.mediaUrl('low', 2))).toMatchObject({ status: 200 });
      world.stream.log.length = 0;
      const { sent } = await world.ask(world.mediaUrl('low', 3));
      expect(sent).toEqual(['https://v.test/four/video/low/seg_3.mp4?s=new']);
      expect(world.reports).toEqual([]);
    });
  });

  describe('where a rendition is not found', () => {
    it('looks its name up anew', async () => {
      const world = await createWorld('token-in-path').start('low');
      world.stream.gone.add('stream_tlow_r1.m3u8');
      expect(await world.ask(world.listUrl('low'))).toEqual({
        sent: [
          'https://v.test/one/manifest/stream_tlow_r1.m3u8',
          'https://v.test/one/manifest/stream_tlow_r2.m3u8',
        ],
        found: true,
        status: 200,
      });
    });

    it('remembers the new name', async () => {
      const world = await createWorld('token-in-path').start('low');
      const url = world.listUrl('low');
      world.stream.gone.add('stream_tlow_r1.m3u8');
      await world.ask(url);
      world.stream.log.length = 0;
      expect((await world.ask(url)).sent.length).toBe(1);
      expect(world.stream.taken('manifest')).toEqual([]);
    });

    it('looks it up after a renewal, too', async () => {
      const world = await createWorld('token-in-path').start('low', 'high');
      world.renew('two');
      await world.ask(world.listUrl('high'));
      world.stream.gone.add('stream_tlow_r2.m3u8');
      expect(await world.ask(world.listUrl('low'))).toMatchObject({ status: 200 });
    });

    it('passes on that it is not found when its new name is not, either', async () => {
      const world = await createWorld('token-in-path').start('low');
      for (const revision of [1, 2, 3]) world.stream.gone.add(`stream_tlow_r${revision}.m3u8`);
      expect(await world.ask(world.listUrl('low'))).toMatchObject({ found: true, status: 404 });
      expect(world.stream.taken('manifest').length).toBe(1);
    });

    it('passes on that a segment is not found', async () => {
      const world = await createWorld('token-in-path').start('low');
      world.stream.answer = () => new Response('', { status: 404 });
      const { sent, status } = await world.ask(world.mediaUrl('low', 3));
      expect([sent.length, status]).toEqual([1, 404]);
    });
  });

  describe('where a list cannot be fetched', () => {
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it.each([
      ['it fails', () => Promise.resolve(new Response('', { status: 500 }))],
      ['it holds nothing', () => Promise.resolve(new Response(null, { status: 204 }))],
      ['it is a web page', () => Promise.resolve(new Response('<!doctype html>'))],
      ['the network is down', () => Promise.reject(new TypeError('Failed to fetch'))],
    ])('waits for it, so that the player hears nothing: %s', async (_, fetch) => {
      const world = await createWorld('own-signature').start('low');
      world.renew('two');
      vi.stubGlobal('fetch', fetch);
      world.duringPause = () => vi.stubGlobal('fetch', world.fetch);
      expect(await world.ask(world.mediaUrl('low', 3))).toEqual({
        sent: ['https://v.test/uid/video/low/seg_3.mp4?s=by-two'],
        found: true,
        status: 200,
      });
      expect(world.pausesMs).toEqual([1000]);
      expect(world.reports).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
    });

    it('says so when it goes on, and when it is over', async () => {
      const world = await createWorld('own-signature').start('low');
      world.renew('two');
      vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 503 })));
      world.duringPause = () => {
        if (world.pausesMs.length === 4) vi.stubGlobal('fetch', world.fetch);
      };
      expect((await world.ask(world.mediaUrl('low', 3))).status).toBe(200);
      expect(world.pausesMs).toEqual([1000, 2000, 4000, 8000]);
      expect(world.reports.map((report) => report?.code)).toEqual([
        'network-failed',
        'network-failed',
        undefined,
      ]);
    });

    it('waits for a list to reach what an older one has named', async () => {
      const world = await createWorld('own-signature').start('low');
      world.renew('two');
      vi.stubGlobal('fetch', (input: string) => cutBefore('seg_3', world.fetch(input)));
      world.duringPause = () => {
        if (world.pausesMs.length === 2) vi.stubGlobal('fetch', world.fetch);
      };
      expect(await world.ask(world.mediaUrl('low', 3))).toEqual({
        sent: ['https://v.test/uid/video/low/seg_3.mp4?s=by-two'],
        found: true,
        status: 200,
      });
      expect(world.pausesMs).toEqual([1000, 1000]);
      expect(world.reports).toEqual([]);
    });

    it('does not wait for ever for a list to do so', async () => {
      const world = await createWorld('own-signature').start('low');
      world.renew('two');
      vi.stubGlobal('fetch', (input: string) => cutBefore('seg_3', world.fetch(input)));
      expect(await world.ask(world.mediaUrl('low', 3))).toMatchObject({ sent: [], found: false });
      expect(world.pausesMs.length).toBeLessThan(20);
    });

    it('asks anew when it does not answer', async () => {
      const world = await createWorld('own-signature').start('low');
      world.renew('two');
      vi.stubGlobal('fetch', hang);
      world.duringPause = () => vi.stubGlobal('fetch', world.fetch);
      const asking = world.ask(world.mediaUrl('low', 3));
      await settle();
      await vi.advanceTimersByTimeAsync(10_000);
      expect((await asking).status).toBe(200);
    });

    it('is gone with the player', async () => {
      const world = await createWorld('own-signature').start('low');
      world.renew('two');
      const signals: AbortSignal[] = [];
      vi.stubGlobal('fetch', (url: string, init: { signal: AbortSignal }) => {
        signals.push(init.signal);
        return hang(url, init);
      });
      const request = new AbortController();
      const asking = expect(world.ask(world.mediaUrl('low', 3), request.signal)).rejects.toThrow();
      await settle();
      request.abort();
      world.end.abort();
      await asking;
      expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
      expect(vi.getTimerCount()).toBe(0);
    });

    it('sends nothing for a request that ended meanwhile', async () => {
      const world = await createWorld('own-signature').start('low');
      world.renew('two');
      const request = new AbortController();
      vi.stubGlobal('fetch', (url: string) => {
        request.abort();
        return world.fetch(url);
      });
      await expect(world.ask(world.mediaUrl('low', 3), request.signal)).rejects.toThrow();
      expect(world.stream.taken('media')).toEqual([]);
    });

    it('looks up the name of a list that is not found (any more)', async () => {
      const world = await createWorld('own-signature').start('low', 'high');
      world.renew('two');
      await world.ask(world.mediaUrl('high', 3));
      world.stream.gone.add('stream_tlow_r2.m3u8');
      expect((await world.ask(world.mediaUrl('low', 3))).status).toBe(200);
      expect(world.stream.taken('manifest')).toEqual(['manifest two', 'manifest two']);
    });

    it('takes what stands in no list any more for gone', async () => {
      const world = await createWorld('own-signature').start('low');
      world.renew('two');
      for (const revision of [1, 2, 3]) world.stream.gone.add(`stream_tlow_r${revision}.m3u8`);
      expect(await world.ask(world.mediaUrl('low', 3))).toMatchObject({ found: false, sent: [] });
      expect(world.pausesMs).toEqual([]);
    });
  });
});

/** A server that never answers. */
function hang(_url: string, { signal }: { signal: AbortSignal }): Promise<Response> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

/** A list that ends before a segment, as an older one does. */
async function cutBefore(segment: string, answer: Promise<Response>): Promise<Response> {
  const lines = (await (await answer).text()).split('\n');
  const at = lines.findIndex((line) => line.includes(segment));
  return new Response(lines.slice(0, at < 0 ? lines.length : at).join('\n'));
}
