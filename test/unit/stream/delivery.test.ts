import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseTimestamp } from '../../../demo/stream/delivery/parse-timestamp.js';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import { StreamClient } from './stream-client.js';

const { pathToken: UID } = SAMPLE_UIDS;
let client: StreamClient;
let token: string;
/** Its rules let nobody in. */
let blocked: string;

beforeAll(async () => {
  client = await StreamClient.start();
  token = await client.token(UID);
  blocked = await client.token(UID, { accessRules: [{ type: 'any', action: 'block' }] });
});
afterEach(() => client.reset());
afterAll(() => client.stream.close());

describe('the multivariant playlist', () => {
  it('has a group of audio, one of captions and two variants', async () => {
    const playlist = await client.playlist(`/${token}/manifest/video.m3u8`);
    expect(playlist).toMatch(/TYPE=AUDIO,GROUP-ID="(\w+)"[^]*AUDIO="\1"/);
    expect(playlist).toMatch(/TYPE=SUBTITLES,GROUP-ID="(\w+)"[^]*SUBTITLES="\1"/);
    expect(playlist.match(/#EXT-X-STREAM-INF:RESOLUTION=\d+x\d+/g)).toHaveLength(2);
    expect(playlist.match(/stream_t[0-9a-f]{32}_r\d+\.m3u8/g)?.length).toBeGreaterThanOrEqual(4);
  });

  it('of a dubbed video offers its sound in two languages, the original by default', async () => {
    const dubbed = await client.token(SAMPLE_UIDS.dubbed);
    const playlist = await client.playlist(`/${dubbed}/manifest/video.m3u8`);
    const sounds = playlist.match(/TYPE=AUDIO,[^]*?URI/g) ?? [];
    expect(sounds.map((line) => /LANGUAGE="(\w+)",DEFAULT=(\w+)/.exec(line)?.slice(1))).toEqual([
      ['en', 'YES'],
      ['de', 'NO'],
    ]);
  });

  it.each([
    ['0.1', '640x360'],
    ['5', '1280x720'],
  ])('offers the one variant closest to a bandwidth hint of %s Mbit/s', async (hint, size) => {
    const path = `/${token}/manifest/video.m3u8?clientBandwidthHint=${hint}`;
    const playlist = await client.playlist(path);
    expect(playlist.match(/RESOLUTION=\d+x\d+/g)).toEqual([`RESOLUTION=${size}`]);
  });
});

describe('a media playlist', () => {
  it('ends, and its segments last as long as the video', async () => {
    const playlist = await client.playlist(await client.firstRendition(token));
    const seconds = [...playlist.matchAll(/#EXTINF:([\d.]+),/g)].map(([, text]) => Number(text));
    expect(playlist).toMatch(/#EXT-X-ENDLIST\n$/);
    expect(seconds.reduce((sum, duration) => sum + duration, 0)).toBeCloseTo(128, 1);
  });
});

describe('a segment', () => {
  it('can be had in parts', async () => {
    const path = await client.firstSegment(token);
    const whole = await (await client.get(path)).arrayBuffer();
    const part = await client.get(path, { range: 'bytes=4-7' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 4-7/${whole.byteLength}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(Buffer.from(whole.slice(4, 8)));
    const end = await client.get(path, { range: 'bytes=-3' });
    expect(Buffer.from(await end.arrayBuffer())).toEqual(Buffer.from(whole.slice(-3)));
    expect(await client.status(path, { range: `bytes=${whole.byteLength}-` })).toBe(416);
  });

  it('of a signed video is kept by no cache', async () => {
    const response = await client.get(await client.firstSegment(token));
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(response.headers.get('content-type')).toBe('video/mp4');
  });
});

describe('every answer', () => {
  it.each([
    ['a playlist', () => `/${token}/manifest/video.m3u8`, 200],
    ['a request without a token', () => `/${UID}/manifest/video.m3u8`, 401],
    ['a token whose rules refuse the viewer', () => `/${blocked}/manifest/video.m3u8`, 403],
    ['an unknown video', () => `/${'0'.repeat(32)}/manifest/video.m3u8`, 404],
    ['an unknown address', () => `/${token}/no/such/thing`, 404],
  ])('may be read by any page: %s', async (_case, path, status) => {
    const response = await client.get(path());
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    const exposed = response.headers.get('access-control-expose-headers') ?? '';
    expect(exposed).toBe('Content-Length, Content-Range');
    expect(await response.text()).not.toBe('');
  });

  it('is announced to browsers that ask first', async () => {
    const url = new URL(`/${token}/manifest/video.m3u8`, client.stream.origins.delivery);
    const headers = { origin: 'https://example.com', 'access-control-request-method': 'GET' };
    const response = await fetch(url, { method: 'OPTIONS', headers });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toContain('GET');
  });

  it('is dated by the server’s clock', async () => {
    client.advance(-86_400);
    const response = await client.get(`/${UID}/manifest/video.m3u8`);
    const dateMs = Date.parse(response.headers.get('date') ?? '');
    expect(Math.abs(dateMs - client.stream.serverClock.now())).toBeLessThan(5000);
  });
});

describe('a thumbnail', () => {
  it('is the picture nearest to the time asked for', async () => {
    const picture = async (time: string) => {
      const response = await client.get(
        `/${token}/thumbnails/thumbnail.jpg?time=${time}&height=360`,
      );
      expect(response.headers.get('content-type')).toBe('image/jpeg');
      const body = Buffer.from(await response.arrayBuffer());
      return createHash('sha256').update(body).digest('hex');
    };
    expect(await picture('1m1s')).toBe(await picture('60s'));
    expect(await picture('1m1s')).not.toBe(await picture('5s'));
    expect(await picture('1h')).toBe(await picture('124s'));
  });

  it.each([
    ['?height=100', [320, 180]],
    ['?height=180', [320, 180]],
    ['?time=1m&height=181', [640, 360]],
    ['?height=2000', [640, 360]],
    ['', [640, 360]],
  ])('asked for with %j is the next larger one, or the largest', async (query, size) => {
    const response = await client.get(`/${token}/thumbnails/thumbnail.jpg${query}`);
    expect(readJpegSize(Buffer.from(await response.arrayBuffer()))).toEqual(size);
  });

  it('needs a token, a time and a height that are such', async () => {
    expect(await client.status(`/${UID}/thumbnails/thumbnail.jpg`)).toBe(401);
    expect(await client.status(`/${token}/thumbnails/thumbnail.jpg?time=soon`)).toBe(400);
    expect(await client.status(`/${token}/thumbnails/thumbnail.jpg?height=0`)).toBe(400);
    expect(await client.status(`/${token}/thumbnails/thumbnail.jpg?height=tall`)).toBe(400);
  });
});

/** Width and height, from the header of a baseline picture's frame. */
function readJpegSize(picture: Buffer): [number, number] {
  const frame = picture.indexOf(Buffer.from([0xff, 0xc0]));
  return [picture.readUInt16BE(frame + 7), picture.readUInt16BE(frame + 5)];
}

describe('parseTimestamp', () => {
  it.each([
    ['5s', 5],
    ['8m', 480],
    ['1m2s', 62],
    ['1h12m27s', 4347],
    ['123', 123],
    ['', undefined],
    ['2s1m', undefined],
  ])('%s', (text, seconds) => {
    expect(parseTimestamp(text)).toBe(seconds);
  });
});

describe('a download', () => {
  const path = (id: string, query = '') => `/${id}/downloads/default.mp4${query}`;
  const follow = async (id: string, query = '') => {
    const response = await client.get(path(id, query));
    return client.resolve(response.headers.get('location') ?? '', path(id));
  };

  it('is led to the file, under the name asked for', async () => {
    const downloadable = await client.token(UID, { downloadable: true });
    const file = await client.get(await follow(downloadable, '?filename=my-film'), {
      range: 'bytes=0-99',
    });
    expect(file.status).toBe(206);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="my-film.mp4"');
    expect((await file.arrayBuffer()).byteLength).toBe(100);
  });

  it('is refused with an impossible file name', async () => {
    const downloadable = await client.token(UID, { downloadable: true });
    expect(await client.status(path(downloadable, '?filename=a%20b'))).toBe(400);
  });

  it('needs a downloadable token', async () => {
    expect(await client.status(path(token))).toBe(403);
    expect(await client.status(path(UID))).toBe(401);
  });

  it('needs downloads to be enabled', async () => {
    const downloadable = await client.token(UID, { downloadable: true });
    const file = await follow(downloadable);
    client.stream.video(UID).downloadEnabled = false;
    expect(await client.status(path(downloadable))).toBe(404);
    expect(await client.status(file)).toBe(404);
    client.stream.video(UID).downloadEnabled = true;
  });

  it('dies with its token', async () => {
    const exp = client.nowSeconds() + 10;
    const file = await follow(await client.token(UID, { downloadable: true, exp }));
    client.advance(10);
    expect(await client.status(file)).toBe(403);
  });
});

describe('the lifecycle', () => {
  it.each([
    [SAMPLE_UIDS.pathToken, { isInput: false, live: false, videoUID: SAMPLE_UIDS.pathToken }],
    [SAMPLE_UIDS.livePathToken, { isInput: true, live: true, videoUID: expect.any(String) }],
    [SAMPLE_UIDS.liveIdle, { isInput: true, live: false, videoUID: null }],
  ])('of %s', async (uid, expected) => {
    const response = await client.get(`/${await client.token(uid)}/lifecycle`);
    expect(await response.json()).toEqual(expected);
  });
});

describe('the player’s page', () => {
  it.each([
    ['/:id/iframe', 'delivery'],
    ['/:id/watch', 'delivery'],
    ['/:id/iframe', 'player'],
    ['/:id', 'player'],
  ] as const)('is at %s on the %s origin', async (path, part) => {
    const url = new URL(path.replace(':id', token), client.stream.origins[part]);
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('referrer-policy')).toBe('strict-origin');
    expect(await response.text()).not.toContain(token);
  });

  it.each([
    ['no token', () => UID, 401],
    ['a video that failed', () => client.token(SAMPLE_UIDS.errored), 424],
    ['no video', () => '0'.repeat(32), 404],
    ['a broken signature', () => token.replace(/.$/, ''), 401],
    ['a blocking rule', () => blocked, 403],
  ])('is still a page that says what is wrong: %s', async (_case, id, status) => {
    const response = await client.get(`/${await id()}/iframe`);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(/<body data-refusal="[^"]+">/);
  });

  it('shares its host with playlists and media', async () => {
    const url = `${client.stream.origins.player}/${token}/manifest/video.m3u8`;
    expect((await fetch(url)).status).toBe(200);
  });
});
