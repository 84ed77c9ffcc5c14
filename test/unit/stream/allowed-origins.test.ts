import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isOriginAllowed, isOriginRule } from '../../../demo/stream/access/allowed-origins.js';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import { StreamClient } from './stream-client.js';

describe('isOriginAllowed', () => {
  it.each([
    ['no rules', [], undefined, true],
    ['rules, but no origin', ['example.com'], undefined, false],
    ['an opaque origin', ['example.com'], 'null', false],
    ['the host', ['example.com'], 'https://example.com', true],
    ['the host, in other letters', ['Example.COM'], 'https://example.com', true],
    ['the host by http', ['example.com'], 'http://example.com', true],
    ['a page’s whole address', ['example.com'], 'https://example.com/watch?v=1', true],
    ['www is another host', ['example.com'], 'https://www.example.com', false],
    ['a host that ends alike', ['example.com'], 'https://badexample.com', false],
    ['a subdomain by wildcard', ['*.example.com'], 'https://www.example.com', true],
    ['a deeper subdomain by wildcard', ['*.example.com'], 'https://a.b.example.com', true],
    ['the apex by wildcard', ['*.example.com'], 'https://example.com', false],
    ['one of several', ['a.test', 'b.test'], 'https://b.test', true],
    ['a port nobody named', ['localhost'], 'http://localhost:3000', false],
    ['the port named', ['localhost:3000'], 'http://localhost:3000', true],
    ['another port than named', ['localhost:3000'], 'http://localhost:3001', false],
    ['the default port named', ['example.com:443'], 'https://example.com', true],
  ])('%s', (_case, rules, origin, expected) => {
    expect(isOriginAllowed(rules, origin)).toBe(expected);
  });
});

describe('isOriginRule', () => {
  it.each([
    ['example.com', true],
    ['*.example.com', true],
    ['localhost:3000', true],
    ['https://example.com', false],
    ['example.com/path', false],
    ['exa mple.com', false],
    ['', false],
  ])('%s: %s', (rule, expected) => {
    expect(isOriginRule(rule)).toBe(expected);
  });
});

describe('a video with allowed origins', () => {
  let client: StreamClient;
  beforeAll(async () => {
    client = await StreamClient.start();
    client.stream.video(SAMPLE_UIDS.pathToken).allowedOrigins = ['example.com'];
  });
  afterEach(() => client.reset());
  afterAll(() => client.stream.close());

  const paths = ['manifest/video.m3u8', 'thumbnails/thumbnail.jpg', 'iframe'];

  it.each(paths)('shows %s on those pages only', async (path) => {
    const url = `/${await client.token(SAMPLE_UIDS.pathToken)}/${path}`;
    const status = async (headers: Record<string, string>) =>
      (await client.raw(url, headers)).status;
    expect(await status({ origin: 'https://example.com' })).toBe(200);
    expect(await status({ referer: 'https://example.com/watch' })).toBe(200);
    expect(await status({ origin: 'https://example.org' })).toBe(403);
    expect(await status({})).toBe(403);
    const both = { origin: 'https://example.org', referer: 'https://example.com/' };
    expect(await status(both)).toBe(403);
  });

  it('gives its media to the player’s own frame', async () => {
    const url = `/${await client.token(SAMPLE_UIDS.pathToken)}/manifest/video.m3u8`;
    const { delivery, player } = client.stream.origins;
    expect((await client.raw(url, { referer: `${delivery}/` })).status).toBe(200);
    expect((await client.raw(url, { origin: player })).status).toBe(200);
  });

  it('tells browsers who may frame its player', async () => {
    const url = `/${await client.token(SAMPLE_UIDS.pathToken)}/iframe`;
    const { headers } = await client.raw(url, { referer: 'https://example.com/' });
    expect(headers['content-security-policy']).toBe("frame-ancestors 'self' example.com");
  });
});
