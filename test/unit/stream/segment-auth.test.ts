import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import { StreamClient } from './stream-client.js';

const { pathToken, ownSignature, tokenBoundNames, tokenBoundMedia } = SAMPLE_UIDS;
/** The end of a rendition's name. A token before it may hold `_r1` as well. */
const REVISION = /_r\d+\.m3u8$/;
const ALL = [pathToken, ownSignature, tokenBoundNames, tokenBoundMedia];

let client: StreamClient;
beforeAll(async () => {
  client = await StreamClient.start();
});
afterEach(() => client.reset());
afterAll(() => client.stream.close());

/** Two tokens for a video, the first of which dies after ten seconds. */
async function twoTokens(uid: string): Promise<[string, string]> {
  const nowSeconds = client.nowSeconds();
  return [
    await client.token(uid, { exp: nowSeconds + 10 }),
    await client.token(uid, { exp: nowSeconds + 60 }),
  ];
}

describe.each(ALL)('media of a private video (%s)', (uid) => {
  it('plays: playlists, init segments, segments and captions', async () => {
    const token = await client.token(uid);
    const { video, audio } = await client.renditions(token);
    expect(video).toHaveLength(2);
    expect(audio).toHaveLength(1);
    for (const rendition of [...video, ...audio]) {
      const { init, segments } = await client.media(rendition);
      expect(segments.length).toBeGreaterThanOrEqual(30);
      expect(await client.status(init)).toBe(200);
      expect(await client.status(segments.at(-1) ?? '')).toBe(200);
    }
    const multivariant = await client.playlist(`/${token}/manifest/video.m3u8`);
    const [, captions = ''] = /TYPE=SUBTITLES.*URI="([^"]+)"/.exec(multivariant) ?? [];
    const { segments } = await client.media(`/${token}/manifest/${captions}`);
    expect(await client.playlist(segments[0] ?? '')).toMatch(/^WEBVTT/);
  });

  it('names its renditions anew at every fetch, and only the revision changes', async () => {
    const token = await client.token(uid);
    const [first, second] = [await client.renditions(token), await client.renditions(token)];
    const withoutRevision = (path: string) => path.replace(REVISION, '');
    expect(second.video).not.toEqual(first.video);
    expect(second.video.map(withoutRevision)).toEqual(first.video.map(withoutRevision));
  });

  it('dies with the token that fetched the playlist', async () => {
    const [token] = await twoTokens(uid);
    const rendition = await client.firstRendition(token);
    const segment = await client.firstSegment(token);
    client.advance(10);
    expect(await client.status(rendition)).toBe(401);
    expect(await client.status(segment)).toBe(uid === ownSignature ? 403 : 401);
  });

  it('dies with the key of the token', async () => {
    const { id } = await client.stream.createKey();
    const segment = await client.firstSegment(await client.stream.signToken({ sub: uid }, id));
    expect(await client.status(segment)).toBe(200);
    client.stream.revokeKey(id);
    expect(await client.status(segment)).toBe(uid === ownSignature ? 403 : 401);
  });

  it('dies when its origin is no longer allowed', async () => {
    const segment = await client.firstSegment(await client.token(uid));
    client.stream.video(uid).allowedOrigins = ['example.com'];
    expect(await client.status(segment)).toBe(403);
    client.stream.video(uid).allowedOrigins = [];
    expect(await client.status(segment)).toBe(200);
  });

  it('is refused without its signature, or with another segment’s', async () => {
    const token = await client.token(uid);
    const { segments } = await client.media(await client.firstRendition(token));
    const [first = '', second = ''] = segments;
    const bare = first.split('?')[0] ?? '';
    const mixed = `${bare}?${second.split('?')[1]}`;
    expect(await client.status(bare)).toBe(uid === ownSignature ? 401 : 403);
    expect(await client.status(mixed)).toBe(403);
    expect(
      await client.status(
        first.replace(/s=(.)/, (_match, letter) => (letter === 'A' ? 's=B' : 's=A')),
      ),
    ).toBe(403);
  });
});

describe('path-token', () => {
  it('serves an old segment address once its token is replaced by a newer one', async () => {
    const [old, fresh] = await twoTokens(pathToken);
    const segment = await client.firstSegment(old);
    client.advance(10);
    expect(await client.status(segment.replace(old, fresh))).toBe(200);
  });

  it('serves an old rendition name with any good token', async () => {
    const [old, fresh] = await twoTokens(pathToken);
    const rendition = await client.firstRendition(old);
    expect(await client.status(rendition.replace(old, fresh))).toBe(200);
  });
});

describe('own-signature', () => {
  it('has the bare uid in the paths of segments', async () => {
    const token = await client.token(ownSignature);
    expect(await client.firstSegment(token)).toMatch(`/${ownSignature}/video/`);
  });

  it('serves an old rendition name with a newer token, and new segment addresses there', async () => {
    const [old, fresh] = await twoTokens(ownSignature);
    const rendition = (await client.firstRendition(old)).replace(old, fresh);
    const { segments } = await client.media(rendition);
    client.advance(10);
    expect(await client.status(segments[0] ?? '')).toBe(200);
  });
});

describe('token-bound-names', () => {
  it.each([tokenBoundNames, tokenBoundMedia])(
    'knows a name only together with the token it was handed to (%s)',
    async (uid) => {
      const [old, fresh] = await twoTokens(uid);
      const rendition = await client.firstRendition(old);
      expect(await client.status(rendition)).toBe(200);
      expect(await client.status(rendition.replace(old, fresh))).toBe(404);
    },
  );

  it('knows no revision that it has not handed out', async () => {
    const rendition = await client.firstRendition(await client.token(tokenBoundNames));
    expect(await client.status(rendition.replace(REVISION, '_r123456789012345.m3u8'))).toBe(404);
  });

  it('keeps a name good for as long as its token, whatever was fetched since', async () => {
    const token = await client.token(tokenBoundNames);
    const rendition = await client.firstRendition(token);
    await client.firstRendition(token);
    expect(await client.status(rendition)).toBe(200);
  });

  it('delivers a segment under any token that is good', async () => {
    const [old, fresh] = await twoTokens(tokenBoundNames);
    const segment = await client.firstSegment(old);
    expect(await client.status(segment.replace(old, fresh))).toBe(200);
  });
});

describe('token-bound-media', () => {
  it('refuses a segment under another token', async () => {
    const [old, fresh] = await twoTokens(tokenBoundMedia);
    const segment = await client.firstSegment(old);
    expect(await client.status(segment.replace(old, fresh))).toBe(403);
  });
});

describe('a public video', () => {
  it('plays by its uid, and its segments may be kept by caches', async () => {
    const segment = await client.firstSegment(SAMPLE_UIDS.public);
    const response = await client.get(segment);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toContain('public');
  });

  it('plays with a token, too', async () => {
    const token = await client.token(SAMPLE_UIDS.public);
    expect(await client.status(await client.firstSegment(token))).toBe(200);
  });
});
