import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMediaPlaylist, parseMultivariant } from '../../../../src/engine/hls/playlist.js';
import { UrlLedger } from '../../../../src/engine/hls/url-ledger.js';
import { check } from '../../../support/fuzz.js';

const PATIENCE_MS = 180_000;
const BASE = 'https://v.test/one/manifest/list.m3u8';

const uri = fc.oneof(
  fc.constantFrom('seg.mp4', '/one/seg.mp4?s=1', '../a', '//v.test/x', 'https://v.test/one/y', ''),
  fc.constantFrom(
    'http://[',
    'https://',
    '//',
    'data:,x',
    'blob:x',
    '\\',
    ' ',
    '#',
    '?',
    '%',
    'a b',
  ),
  fc.string(),
);

const line = fc.oneof(
  uri,
  uri.map((text) => `#EXT-X-MAP:URI="${text}"`),
  uri.map((text) => `#EXT-X-KEY:METHOD=AES-128,URI="${text}"`),
  uri.map((text) => `#EXT-X-PART:DURATION=1,URI="${text}"`),
  uri.map((text) => `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="b",URI="${text}"`),
  fc.constantFrom('#EXT-X-STREAM-INF:BANDWIDTH=1', '#EXTINF:4,', '#EXT-X-ENDLIST', '#', ''),
  fc.oneof(fc.integer(), fc.string()).map((value) => `#EXT-X-MEDIA-SEQUENCE:${value}`),
  fc.oneof(fc.integer(), fc.string()).map((value) => `#EXT-X-SKIP:SKIPPED-SEGMENTS=${value}`),
);

const playlist = fc.tuple(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n'));

describe('any playlist', () => {
  it(
    'is read without a failure, and has something at each place: 10,000 lists',
    () => {
      const property = fc.property(playlist, ([lines, end]) => {
        const text = lines.join(end);
        const list = parseMediaPlaylist(text, BASE);
        for (const [url, place] of list.places) {
          check(Number.isSafeInteger(place.sequence), `a sequence of ${place.sequence}`);
          check(list.find(place) !== undefined, `nothing is where ${url} stands`);
        }
        parseMultivariant(text, BASE);
      });
      fc.assert(property, { numRuns: 10_000 });
    },
    PATIENCE_MS,
  );

  it(
    'is noted, and what it names is resolved, without a failure: 3,000 lists',
    async () => {
      let resolved = 0;
      const property = fc.asyncProperty(playlist, playlist, async ([before], [after]) => {
        const fetched: string[] = [];
        let early = 0;
        const ledger = new UrlLedger(
          { url: BASE, token: 'one' },
          ({ url }) => {
            fetched.push(url);
            return Promise.resolve({ url, text: after.join('\n') });
          },
          () => false,
        );
        const text = before.join('\n');
        ledger.note(BASE, { url: BASE, token: 'one' }, BASE, text);
        for (const url of parseMediaPlaylist(text, BASE).places.keys()) {
          const grant = await ledger.resolve(url, 'two');
          if (grant === 'not-yet') early += 1;
          else if (grant !== undefined) resolved += 1;
        }
        check(fetched.length <= 2 + early, `${fetched.length} lists were fetched for one token`);
      });
      await fc.assert(property, { numRuns: 3000 });
      expect(resolved).toBeGreaterThan(1000);
    },
    PATIENCE_MS,
  );
});
