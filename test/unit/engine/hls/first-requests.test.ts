import { describe, expect, it } from 'vitest';
import { findFirstMedia, findFirstRenditions } from '../../../../src/engine/hls/first-requests.js';

const BASE = 'https://video.example/token/manifest/video.m3u8';
const AT = 'https://video.example/token/manifest/';

function multivariant(...bandwidths: readonly number[]): string {
  return [
    '#EXTM3U',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="de",DEFAULT=NO,URI="de.m3u8"',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="en",DEFAULT=YES,URI="en.m3u8"',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="other",NAME="en",DEFAULT=YES,URI="other.m3u8"',
    ...bandwidths.flatMap((bandwidth) => [
      `#EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=1,BANDWIDTH=${bandwidth},AUDIO="sound"`,
      `${bandwidth}.m3u8`,
    ]),
    '',
  ].join('\n');
}

const VOD = [
  '#EXTM3U',
  '#EXT-X-MAP:URI="init.mp4?s=1"',
  '#EXTINF:4,',
  'seg_1.mp4?s=1',
  '#EXTINF:4,',
  'seg_2.mp4?s=1',
  '#EXT-X-ENDLIST',
].join('\n');

describe('findFirstRenditions', () => {
  it('takes the largest picture within the first guess, and its default sound', () => {
    const text = multivariant(200_000, 480_000, 300_000, 2_000_000);
    expect(findFirstRenditions(text, BASE)).toEqual([`${AT}480000.m3u8`, `${AT}en.m3u8`]);
  });

  it('takes the one listed first where none is within the guess', () => {
    const [picture] = findFirstRenditions(multivariant(3_000_000, 900_000), BASE);
    expect(picture).toBe(`${AT}3000000.m3u8`);
  });

  it('reads lines that end as on Windows', () => {
    const text = multivariant(400_000).replaceAll('\n', '\r\n');
    expect(findFirstRenditions(text, BASE)).toEqual([`${AT}400000.m3u8`, `${AT}en.m3u8`]);
  });

  it('asks for no sound where the picture has it in it', () => {
    const text = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nonly.m3u8\n';
    expect(findFirstRenditions(text, BASE)).toEqual([`${AT}only.m3u8`]);
  });

  it('finds nothing in a media playlist', () => {
    expect(findFirstRenditions(VOD, BASE)).toEqual([]);
  });
});

describe('findFirstMedia', () => {
  it('takes the init section and the first segment', () => {
    expect(findFirstMedia(VOD, BASE)).toEqual([`${AT}init.mp4?s=1`, `${AT}seg_1.mp4?s=1`]);
  });

  it.each([
    ['a broadcast', VOD.replace('#EXT-X-ENDLIST', '')],
    ['what is encrypted', VOD.replace('#EXTINF', '#EXT-X-KEY:METHOD=AES-128,URI="key"\n#EXTINF')],
    ['parts of a file', VOD.replace('#EXTINF', '#EXT-X-BYTERANGE:100@0\n#EXTINF')],
    ['an init section that is part of a file', VOD.replace('s=1"', 's=1",BYTERANGE="9@0"')],
  ])('takes nothing of %s', (_what, text) => {
    expect(findFirstMedia(text, BASE)).toEqual([]);
  });
});
