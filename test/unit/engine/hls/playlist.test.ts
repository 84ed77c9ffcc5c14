import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseMediaPlaylist,
  parseMultivariant,
  type Place,
} from '../../../../src/engine/hls/playlist.js';

const BASE = 'https://v.test/TOKEN/manifest/stream_tabc_r1.m3u8';

const lines = (...all: string[]): string => ['#EXTM3U', ...all, ''].join('\n');

function segment(sequence: number): Place {
  return { kind: 'segment', sequence, index: 0 };
}

describe('parseMediaPlaylist', () => {
  it("reads a list of Stream's shape", () => {
    const list = parseMediaPlaylist(
      lines(
        '#EXT-X-VERSION:6',
        '#EXT-X-MEDIA-SEQUENCE:1',
        '#EXT-X-TARGETDURATION:4',
        '#EXT-X-PLAYLIST-TYPE:VOD',
        '#EXT-X-MAP:URI="/TOKEN/video/480/init.mp4?p=a&s=b"',
        '#EXTINF:4.000,',
        '/TOKEN/video/480/seg_1.mp4?p=c&s=d',
        '#EXTINF:4.000,',
        '/TOKEN/video/480/seg_2.mp4?p=e&s=f',
        '#EXT-X-ENDLIST',
      ),
      BASE,
    );
    expect([...list.places]).toEqual([
      ['https://v.test/TOKEN/video/480/seg_1.mp4?p=c&s=d', segment(1)],
      ['https://v.test/TOKEN/video/480/init.mp4?p=a&s=b', { kind: 'init', sequence: 2, index: 0 }],
      ['https://v.test/TOKEN/video/480/seg_2.mp4?p=e&s=f', segment(2)],
    ]);
    expect([list.first, list.last]).toEqual([1, 2]);
  });

  it.each([
    ['seg.mp4', 'https://v.test/TOKEN/manifest/seg.mp4'],
    ['../a/seg.mp4?x=1', 'https://v.test/TOKEN/a/seg.mp4?x=1'],
    ['./seg.mp4', 'https://v.test/TOKEN/manifest/seg.mp4'],
    ['/a/seg.mp4?p=%2f&s=+', 'https://v.test/a/seg.mp4?p=%2f&s=+'],
    ['/a/../seg.mp4', 'https://v.test/seg.mp4'],
    ['/a/..', 'https://v.test/'],
    ['/a/..seg.mp4', 'https://v.test/a/..seg.mp4'],
    ['//cdn.test/seg.mp4', 'https://cdn.test/seg.mp4'],
    ['http://cdn.test:8080/seg.mp4', 'http://cdn.test:8080/seg.mp4'],
    ['seg.mp4 ', 'https://v.test/TOKEN/manifest/seg.mp4'],
  ])('resolves %j to %s', (uri, url) => {
    const list = parseMediaPlaylist(lines('#EXTINF:4,', uri), BASE);
    expect(list.find(segment(0))).toBe(url);
  });

  it('reads lines that end as on Windows, and skips empty ones', () => {
    const list = parseMediaPlaylist('#EXTM3U\r\n\r\n#EXTINF:4,\r\n/a.mp4\r\n\r\n', BASE);
    expect([...list.places.keys()]).toEqual(['https://v.test/a.mp4']);
  });

  it('counts from zero where there is no media sequence', () => {
    const list = parseMediaPlaylist(lines('/a.mp4', '/b.mp4'), BASE);
    expect(list.find(segment(1))).toBe('https://v.test/b.mp4');
  });

  it('is empty for what is no list', () => {
    const list = parseMediaPlaylist('', BASE);
    expect([list.places.size, list.first, list.last]).toEqual([0, Infinity, -1]);
    expect(list.find({ kind: 'init', sequence: 5, index: 0 })).toBeUndefined();
  });

  it('does not mind byte ranges of one file', () => {
    const list = parseMediaPlaylist(
      lines(
        '#EXT-X-MAP:URI="/all.mp4",BYTERANGE="700@0"',
        '#EXT-X-BYTERANGE:1000@700',
        '/all.mp4',
        '#EXT-X-BYTERANGE:1000@1700',
        '/all.mp4',
      ),
      BASE,
    );
    expect([list.find(segment(0)), list.find(segment(1)), list.places.size]).toEqual([
      'https://v.test/all.mp4',
      'https://v.test/all.mp4',
      1,
    ]);
  });

  describe('with sections that apply to what follows', () => {
    const list = parseMediaPlaylist(
      lines(
        '#EXT-X-MEDIA-SEQUENCE:10',
        '#EXT-X-MAP:URI="/init-a.mp4"',
        '#EXT-X-KEY:METHOD=AES-128,URI="/key-a",IV=0x1',
        '/10.mp4',
        '/11.mp4',
        '#EXT-X-DISCONTINUITY',
        '#EXT-X-MAP:URI="/init-b.mp4"',
        '#EXT-X-KEY:METHOD=NONE',
        '/12.mp4',
      ),
      BASE,
    );
    const find = (kind: Place['kind'], sequence: number): string | undefined =>
      list.find({ kind, sequence, index: 0 })?.replace('https://v.test', '');

    it.each([
      [10, '/init-a.mp4', '/key-a'],
      [11, '/init-a.mp4', '/key-a'],
      [12, '/init-b.mp4', undefined],
    ])('knows those of segment %i', (sequence, init, key) => {
      expect([find('init', sequence), find('key', sequence)]).toEqual([init, key]);
    });

    it('has the first for segments that the window has slid past, and the last for coming ones', () => {
      expect([find('init', 3), find('init', 99)]).toEqual(['/init-a.mp4', '/init-b.mp4']);
    });

    it('has no segment that the window has slid past or not reached', () => {
      expect([list.find(segment(9)), list.find(segment(13))]).toEqual([undefined, undefined]);
    });
  });

  describe('of low latency', () => {
    const list = parseMediaPlaylist(
      lines(
        '#EXT-X-MEDIA-SEQUENCE:20',
        '#EXT-X-MAP:URI="/init.mp4"',
        '#EXT-X-PART:DURATION=1,URI="/20.0.mp4",INDEPENDENT=YES',
        '#EXT-X-PART:DURATION=1,URI="/20.1.mp4"',
        '#EXTINF:2,',
        '/20.mp4',
        '#EXT-X-PART:DURATION=1,URI="/21.0.mp4"',
        '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="/21.1.mp4"',
        '#EXT-X-RENDITION-REPORT:URI="../other.m3u8",LAST-MSN=20',
      ),
      BASE,
    );

    it.each([
      ['/20.1.mp4', { kind: 'part', sequence: 20, index: 1 }],
      ['/20.mp4', { kind: 'segment', sequence: 20, index: 0 }],
      ['/21.0.mp4', { kind: 'part', sequence: 21, index: 0 }],
      ['/21.1.mp4', { kind: 'part', sequence: 21, index: 1 }],
      ['/init.mp4', { kind: 'init', sequence: 21, index: 0 }],
    ])('knows the place of %s', (path, place) => {
      expect(list.places.get(`https://v.test${path}`)).toEqual(place);
    });

    it('takes no report of another rendition for a segment', () => {
      expect(list.places.size).toBe(6);
    });

    it('counts segments that a delta update skips', () => {
      const delta = parseMediaPlaylist(
        lines('#EXT-X-MEDIA-SEQUENCE:20', '#EXT-X-SKIP:SKIPPED-SEGMENTS=7', '/27.mp4'),
        BASE,
      );
      expect([delta.find(segment(27)), delta.first]).toEqual(['https://v.test/27.mp4', 20]);
    });
  });

  it('reads a list of five thousand segments, each at its place', () => {
    const count = 5000;
    const text = lines(
      '#EXT-X-MEDIA-SEQUENCE:1',
      '#EXT-X-MAP:URI="/TOKEN/init.mp4"',
      ...Array.from({ length: count }, (_, i) => `#EXTINF:4,\n/TOKEN/seg_${i + 1}.mp4?s=${i}`),
    );
    const list = parseMediaPlaylist(text, BASE);
    expect(list.places.size).toBe(count + 1);
    for (const [url, place] of list.places) expect(list.find(place)).toBe(url);
  });

  it('finds every URL at the place where it put it', () => {
    const property = fc.property(
      fc.nat(1_000_000),
      fc.array(fc.constantFrom('segment', 'part', 'hint', 'init', 'key', 'no-key', 'noise'), {
        maxLength: 40,
      }),
      (start, kinds) => {
        const text = kinds.map((kind, i) => {
          if (kind === 'segment') return `/seg-${i}.mp4`;
          if (kind === 'part') return `#EXT-X-PART:DURATION=1,URI="/part-${i}.mp4"`;
          if (kind === 'hint') return `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="/hint-${i}.mp4"`;
          if (kind === 'init') return `#EXT-X-MAP:URI="/init-${i}.mp4"`;
          if (kind === 'key') return `#EXT-X-KEY:METHOD=AES-128,URI="/key-${i}"`;
          return kind === 'no-key' ? '#EXT-X-KEY:METHOD=NONE' : '#EXT-X-FUTURE:URI=""';
        });
        const list = parseMediaPlaylist(lines(`#EXT-X-MEDIA-SEQUENCE:${start}`, ...text), BASE);
        for (const [url, place] of list.places) {
          expect(list.find(place)).toBe(url);
          expect(place.sequence).toBeGreaterThanOrEqual(start);
        }
      },
    );
    fc.assert(property, { numRuns: 1000 });
  });
});

describe('parseMultivariant', () => {
  /** As the local Stream, and the real one, write it. */
  const stream = (revision: number): string =>
    lines(
      `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="group_audio",NAME="original",LANGUAGE="en",DEFAULT=YES,URI="stream_ta1_r${revision}.m3u8"`,
      `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="group_text",NAME="English",LANGUAGE="en",URI="stream_tc1_r${revision}.m3u8"`,
      `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="group_text",NAME="Deutsch",LANGUAGE="de",URI="stream_tc2_r${revision}.m3u8"`,
      '#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID="cc",NAME="x",INSTREAM-ID="CC1"',
      `#EXT-X-STREAM-INF:RESOLUTION=640x360,CODECS="avc1.4d401e,mp4a.40.2",BANDWIDTH=${500_000 + revision},FRAME-RATE=25.000,AUDIO="group_audio"`,
      `stream_tv1_r${revision}.m3u8`,
      `#EXT-X-STREAM-INF:RESOLUTION=1280x720,CODECS="avc1.4d401f,mp4a.40.2",BANDWIDTH=${900_000 + revision},FRAME-RATE=25.000,AUDIO="group_audio"`,
      `stream_tv2_r${revision}.m3u8`,
    );

  it('finds every rendition that has a list of its own', () => {
    expect(parseMultivariant(stream(7), BASE).map(({ url }) => url)).toEqual(
      ['a1', 'c1', 'c2', 'v1', 'v2'].map(
        (hash) => `https://v.test/TOKEN/manifest/stream_t${hash}_r7.m3u8`,
      ),
    );
  });

  it('knows each again in another edition, whatever it is called and measured', () => {
    const keys = (revision: number): string[] =>
      parseMultivariant(stream(revision), BASE).map(({ key }) => key);
    expect(keys(1)).toEqual(keys(999));
    expect(new Set(keys(1)).size).toBe(5);
  });

  it('knows by its hash a rendition that has moved in the list', () => {
    const variant = (hash: string, revision: number): string[] => [
      '#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=640x360',
      `stream_t${hash}_r${revision}.m3u8`,
    ];
    const [before, after] = [
      parseMultivariant(lines(...variant('aa', 1), ...variant('bb', 1)), BASE),
      parseMultivariant(lines(...variant('bb', 2), ...variant('aa', 2)), BASE),
    ];
    expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key).toReversed());
  });

  it.each([
    ['two variants that look the same', 'RESOLUTION=640x360', 'RESOLUTION=640x360'],
    ['frame rates', 'RESOLUTION=640x360,FRAME-RATE=25', 'RESOLUTION=640x360,FRAME-RATE=50'],
    ['codecs', 'CODECS="avc1,mp4a"', 'CODECS="avc1,ac-3"'],
  ])('tells apart by order or attribute: %s', (_, one, two) => {
    const text = lines(
      `#EXT-X-STREAM-INF:BANDWIDTH=1,${one}`,
      'one.m3u8',
      `#EXT-X-STREAM-INF:BANDWIDTH=2,${two}`,
      'two.m3u8',
    );
    const renditions = parseMultivariant(text, BASE);
    expect(new Set(renditions.map(({ key }) => key)).size).toBe(2);
    expect(renditions.map(({ url }) => url.slice(-8))).toEqual(['one.m3u8', 'two.m3u8']);
  });

  it('tells an I-frame list from the variant of the same picture', () => {
    const text = lines(
      '#EXT-X-STREAM-INF:RESOLUTION=640x360',
      'video.m3u8',
      '#EXT-X-I-FRAME-STREAM-INF:RESOLUTION=640x360,URI="frames.m3u8"',
    );
    expect(new Set(parseMultivariant(text, BASE).map(({ key }) => key)).size).toBe(2);
  });

  it('reads names with commas in them', () => {
    const text = lines(
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English, loud",URI="1.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English, soft",URI="2.m3u8"',
    );
    const keys = parseMultivariant(text, BASE).map(({ key }) => key);
    expect(keys[0]?.slice(0, -1)).not.toBe(keys[1]?.slice(0, -1));
  });

  it('skips comments between a variant and its address', () => {
    const text = lines('#EXT-X-STREAM-INF:BANDWIDTH=1', '# comment', '', 'a.m3u8');
    expect(parseMultivariant(text, BASE).map(({ url }) => url)).toEqual([
      'https://v.test/TOKEN/manifest/a.m3u8',
    ]);
  });

  it.each([
    ['a media playlist', lines('#EXT-X-MEDIA-SEQUENCE:1', '#EXTINF:4,', 'seg.mp4')],
    ['an empty text', ''],
    ['something else', '{"a":1}'],
  ])('finds none in %s', (_, text) => {
    expect(parseMultivariant(text, BASE)).toEqual([]);
  });
});
