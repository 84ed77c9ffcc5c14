import { describe, expect, it } from 'vitest';
import { UrlLedger } from '../../../../src/engine/hls/url-ledger.js';

const MANIFEST = 'https://v.test/one/manifest/video.m3u8';
const RENDITION = 'https://v.test/one/manifest/stream_tlow_r1.m3u8';

/** A list as a player gets it in the middle of a broadcast. */
function listOf(first: number, last: number, token: string, extra: readonly string[] = []): string {
  return [
    '#EXTM3U',
    `#EXT-X-MEDIA-SEQUENCE:${first}`,
    ...extra,
    `#EXT-X-MAP:URI="/uid/low/init.mp4?s=${token}"`,
    ...Array.from({ length: last - first + 1 }, (_, i) => `/uid/low/${first + i}.mp4?s=${token}`),
  ].join('\n');
}

const mediaUrl = (segment: number | 'init', token: string): string =>
  `https://v.test/uid/low/${segment}.mp4?s=${token}`;

function createLedger(lists: ReadonlyMap<string, string> = new Map()): {
  ledger: UrlLedger;
  fetched: string[];
} {
  const fetched: string[] = [];
  const ledger = new UrlLedger(
    { url: MANIFEST, token: 'one' },
    ({ url, token }) => {
      fetched.push(url);
      const text = url.endsWith('/video.m3u8')
        ? `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nstream_tlow_r2.m3u8`
        : (lists.get(token) ?? '');
      return Promise.resolve({ url, text });
    },
    () => false,
  );
  ledger.note(
    MANIFEST,
    { url: MANIFEST, token: 'one' },
    MANIFEST,
    '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nstream_tlow_r1.m3u8',
  );
  return { ledger, fetched };
}

describe('UrlLedger', () => {
  it('knows no more than a window of a broadcast of twelve hours', () => {
    const { ledger } = createLedger();
    const given: string[] = [];
    for (let first = 1; first <= 10_800; first += 1) {
      const token = `token-${Math.floor(first / 3)}`;
      ledger.note(RENDITION, { url: RENDITION, token }, RENDITION, listOf(first, first + 5, token));
      given.push(mediaUrl('init', token), mediaUrl(first, token), mediaUrl(first + 5, token));
    }
    const known = given.filter((url) => ledger.knows(url));
    expect(known.length).toBeGreaterThan(5);
    expect(known.length).toBeLessThan(60);
  });

  it('does not pile up the lists of a window that only grows', () => {
    const { ledger } = createLedger();
    const given = new Set<string>();
    for (let last = 100; last <= 600; last += 1) {
      const token = `token-${Math.floor(last / 3)}`;
      ledger.note(RENDITION, { url: RENDITION, token }, RENDITION, listOf(1, last, token));
      for (const segment of [1, 50, last]) given.add(mediaUrl(segment, token));
    }
    const known = [...given].filter((url) => ledger.knows(url));
    expect(known.length).toBeGreaterThanOrEqual(3);
    expect(known.length).toBeLessThanOrEqual(12);
  });

  it('knows an init section for as long as a segment of its list is in the window', () => {
    const { ledger } = createLedger();
    const note = (first: number, token: string): void => {
      const text = listOf(first, first + 20, token);
      ledger.note(RENDITION, { url: RENDITION, token }, RENDITION, text);
    };
    note(1, 'one');
    for (let first = 2; first <= 21; first += 1) note(first, 'two');
    expect(ledger.knows(mediaUrl('init', 'one'))).toBe(true);
    for (let first = 22; first <= 30; first += 1) note(first, 'two');
    expect(ledger.knows(mediaUrl('init', 'one'))).toBe(false);
  });

  it('knows the segments that delta updates leave out', () => {
    const { ledger } = createLedger();
    const note = (text: string): void => {
      ledger.note(RENDITION, { url: RENDITION, token: 'one' }, RENDITION, text);
    };
    note(listOf(1, 20, 'one'));
    for (let first = 2; first <= 9; first += 1) {
      const skip = '#EXT-X-SKIP:SKIPPED-SEGMENTS=15';
      const named = [15, 16, 17, 18, 19].map((i) => `/uid/low/${first + i}.mp4?s=one`);
      note(['#EXTM3U', `#EXT-X-MEDIA-SEQUENCE:${first}`, skip, ...named].join('\n'));
    }
    expect([8, 9, 20, 28].map((segment) => ledger.knows(mediaUrl(segment, 'one')))).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it('knows the init section that delta updates do not repeat', () => {
    const { ledger } = createLedger();
    const one = { url: RENDITION, token: 'one' };
    ledger.note(RENDITION, one, RENDITION, listOf(1, 10, 'one'));
    for (let first = 2; first <= 60; first += 1) {
      const skip = '#EXT-X-SKIP:SKIPPED-SEGMENTS=9';
      const text = ['#EXTM3U', `#EXT-X-MEDIA-SEQUENCE:${first}`, skip];
      ledger.note(
        RENDITION,
        one,
        RENDITION,
        [...text, `/uid/low/${first + 9}.mp4?s=one`].join('\n'),
      );
    }
    expect(ledger.knows(mediaUrl('init', 'one'))).toBe(true);
    expect(ledger.knows(mediaUrl(2, 'one'))).toBe(false);
  });

  it('puts the newest token in the place of any that there ever was', async () => {
    const { ledger } = createLedger();
    for (const token of ['two', 'three', 'four']) {
      ledger.note(RENDITION, { url: RENDITION, token }, RENDITION, listOf(1, 5, token));
    }
    for (const token of ['one', 'two', 'three']) {
      const grant = await ledger.resolve(`https://v.test/${token}/session/key.bin`, 'four');
      expect(grant).toEqual({ url: 'https://v.test/four/session/key.bin', token: 'four' });
    }
  });

  it('finds the successors of parts, of a part that is only hinted at, and of keys', async () => {
    const list = (token: string): string =>
      [
        ...[
          '#EXTM3U',
          '#EXT-X-MEDIA-SEQUENCE:7',
          `#EXT-X-KEY:METHOD=AES-128,URI="/k/1?s=${token}"`,
        ],
        `/uid/low/7.mp4?s=${token}`,
        `#EXT-X-KEY:METHOD=AES-128,URI="/k/2?s=${token}"`,
        `#EXT-X-PART:DURATION=1,URI="/uid/low/8.0.mp4?s=${token}"`,
        `#EXT-X-PART:DURATION=1,URI="/uid/low/8.1.mp4?s=${token}"`,
        `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="/uid/low/8.2.mp4?s=${token}"`,
      ].join('\n');
    const { ledger } = createLedger(new Map([['two', list('two')]]));
    ledger.note(RENDITION, { url: RENDITION, token: 'one' }, RENDITION, list('one'));
    for (const path of ['k/1', 'k/2', 'uid/low/8.0.mp4', 'uid/low/8.1.mp4', 'uid/low/8.2.mp4']) {
      expect(await ledger.resolve(`https://v.test/${path}?s=one`, 'two')).toEqual({
        url: `https://v.test/${path}?s=two`,
        token: 'two',
      });
    }
  });

  it('tells what is gone from what a list does not reach yet, and fetches that list again', async () => {
    const lists = new Map([['two', listOf(4, 8, 'two')]]);
    const { ledger, fetched } = createLedger(lists);
    ledger.note(RENDITION, { url: RENDITION, token: 'one' }, RENDITION, listOf(3, 9, 'one'));
    expect(await ledger.resolve(mediaUrl(3, 'one'), 'two')).toBe(undefined);
    expect(await ledger.resolve(mediaUrl(9, 'one'), 'two')).toBe('not-yet');
    lists.set('two', listOf(5, 9, 'two'));
    expect(await ledger.resolve(mediaUrl(9, 'one'), 'two')).toEqual({
      url: mediaUrl(9, 'two'),
      token: 'two',
    });
    expect(fetched.length).toBe(3);
  });

  it('looks what a delta update left out up in a whole list', async () => {
    const { ledger, fetched } = createLedger(new Map([['two', listOf(2, 22, 'two')]]));
    const one = { url: RENDITION, token: 'one' };
    ledger.note(RENDITION, one, RENDITION, listOf(1, 20, 'one'));
    const delta = ['#EXTM3U', '#EXT-X-MEDIA-SEQUENCE:2', '#EXT-X-SKIP:SKIPPED-SEGMENTS=19'];
    ledger.note(RENDITION, one, RENDITION, [...delta, '/uid/low/21.mp4?s=one'].join('\n'));
    const urls = [5, 21].map((segment) => mediaUrl(segment, 'one'));
    const grants = await Promise.all(urls.map((url) => ledger.resolve(url, 'two')));
    expect(grants).toMatchObject([{ url: mediaUrl(5, 'two') }, { url: mediaUrl(21, 'two') }]);
    expect(fetched.length).toBe(2);
  });

  it('maps every segment of a list of five thousand, with two fetches', async () => {
    const { ledger, fetched } = createLedger(new Map([['two', listOf(1, 5000, 'two')]]));
    const one = { url: RENDITION, token: 'one' };
    ledger.note(RENDITION, one, RENDITION, listOf(1, 5000, 'one'));
    for (let segment = 1; segment <= 5000; segment += 1) {
      const grant = await ledger.resolve(mediaUrl(segment, 'one'), 'two');
      expect(grant).toEqual({ url: mediaUrl(segment, 'two'), token: 'two' });
    }
    expect(fetched.length).toBe(2);
  });

  it('fetches anew what was fetched with a token that is to be forgotten', async () => {
    const { ledger, fetched } = createLedger(new Map([['two', listOf(1, 5, 'two')]]));
    ledger.note(RENDITION, { url: RENDITION, token: 'one' }, RENDITION, listOf(1, 5, 'one'));
    await ledger.resolve(mediaUrl(1, 'one'), 'two');
    ledger.forget('other');
    await ledger.resolve(mediaUrl(2, 'one'), 'two');
    expect(fetched.length).toBe(2);
    ledger.forget('two');
    await ledger.resolve(mediaUrl(3, 'one'), 'two');
    expect(fetched.length).toBe(4);
  });

  it('has no successor for what the new list does not reach', async () => {
    const { ledger } = createLedger(new Map([['two', listOf(4, 9, 'two')]]));
    ledger.note(RENDITION, { url: RENDITION, token: 'one' }, RENDITION, listOf(1, 6, 'one'));
    expect(await ledger.resolve(mediaUrl(3, 'one'), 'two')).toBeUndefined();
  });

  it('has no successor for a rendition that the new manifest lacks', async () => {
    const { ledger } = createLedger();
    const other = 'https://v.test/one/manifest/stream_tother_r1.m3u8';
    const text = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nstream_tother_r1.m3u8';
    ledger.note(MANIFEST, { url: MANIFEST, token: 'one' }, MANIFEST, text);
    expect(await ledger.resolve(other, 'two')).toBeUndefined();
  });

  it('puts the new token into the address of the manifest', async () => {
    const { ledger } = createLedger();
    expect(await ledger.resolve(MANIFEST, 'two')).toEqual({
      url: 'https://v.test/two/manifest/video.m3u8',
      token: 'two',
    });
  });

  it('works where the manifest is the list of the only rendition', async () => {
    const fetched: string[] = [];
    const ledger = new UrlLedger(
      { url: MANIFEST, token: 'one' },
      ({ url }) => {
        fetched.push(url);
        return Promise.resolve({ url, text: listOf(1, 5, 'two') });
      },
      () => false,
    );
    ledger.note(MANIFEST, { url: MANIFEST, token: 'one' }, MANIFEST, listOf(1, 5, 'one'));
    expect(await ledger.resolve(mediaUrl(2, 'one'), 'two')).toMatchObject({
      url: mediaUrl(2, 'two'),
    });
    expect(fetched).toEqual(['https://v.test/two/manifest/video.m3u8']);
  });

  it('takes no note of texts that are no list of its own', () => {
    const { ledger } = createLedger();
    const url = 'https://v.test/captions.vtt';
    expect(ledger.note(url, { url, token: 'one' }, url, 'WEBVTT\n\nhello')).toBe('WEBVTT\n\nhello');
    expect(ledger.knows(url)).toBe(false);
  });
});
