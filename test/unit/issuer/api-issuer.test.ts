import { describe, expect, it, vi } from 'vitest';
import { blockCountries, createApiIssuer, type TokenIssuer } from '../../../src/issuer/index.js';

const NOW = 1_604_416_038;
const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';
const SECRET = 'v1-not-to-be-seen-anywhere';
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** An API that answers with the given responses in turn, and keeps what it was sent. */
function createApi(...answers: readonly (() => Response | Promise<Response>)[]) {
  const sent: Sent[] = [];
  const queue = [...answers];
  let nowMs = NOW * 1000;
  const issuer: TokenIssuer = createApiIssuer({
    accountId: '023e105f4ecef8ad9ca31a8372d0c353',
    apiToken: SECRET,
    now: () => nowMs,
    fetch: async (url, init) => {
      sent.push({ url, init });
      const answer = queue.shift();
      if (!answer) throw new Error('No further request was expected');
      return answer();
    },
  });
  return { issuer, sent, pass: (ms: number) => void (nowMs += ms) };
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (): Response =>
    Response.json(body, { status, headers });
const envelope = (result: unknown): unknown => ({
  result,
  success: true,
  errors: [],
  messages: [],
});
const failure = (status: number, message: string, headers: Record<string, string> = {}) =>
  json(status, { result: null, success: false, errors: [{ code: 10005, message }] }, headers);

describe('createApiIssuer', () => {
  it('asks the vendor’s /token with the restrictions as its body', async () => {
    const { issuer, sent } = createApi(json(200, envelope({ token: TOKEN })));
    const accessRules = [blockCountries('US', 'MX')];
    expect(await issuer.issue(VIDEO, { expiresIn: '12h', downloadable: true, accessRules })).toBe(
      TOKEN,
    );
    expect(sent).toHaveLength(1);
    expect(sent[0]?.url).toBe(
      `https://api.cloudflare.com/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/stream/${VIDEO}/token`,
    );
    expect(sent[0]?.init).toMatchObject({
      method: 'POST',
      headers: { Authorization: `Bearer ${SECRET}`, 'Content-Type': 'application/json' },
    });
    expect(JSON.parse(sent[0]?.init.body as string)).toEqual({
      exp: NOW + 43_200,
      downloadable: true,
      accessRules: [{ type: 'ip.geoip.country', action: 'block', country: ['US', 'MX'] }],
    });
  });

  it('asks for nothing where restrictions or the video id are refused', async () => {
    const { issuer, sent } = createApi();
    await expect(issuer.issue(VIDEO, { expiresIn: '25h' })).rejects.toMatchObject({
      code: 'restrictions-invalid',
    });
    await expect(issuer.issue('../../keys')).rejects.toMatchObject({ code: 'video-id-invalid' });
    expect(sent).toEqual([]);
  });

  it.each([
    [400, 'api-rejected'],
    [401, 'api-refused'],
    [403, 'api-refused'],
    [404, 'video-not-found'],
    [429, 'api-rate-limited'],
    [500, 'api-failed'],
    [503, 'api-failed'],
    [302, 'api-failed'],
  ])('turns a %d into %s, with what the API says', async (status, code) => {
    const { issuer } = createApi(failure(status, 'the reason'));
    await expect(issuer.issue(VIDEO)).rejects.toMatchObject({
      name: 'IssuerError',
      code,
      status,
      message: expect.stringContaining('the reason'),
    });
  });

  it.each([
    ['no token', json(200, envelope({}))],
    ['an empty token', json(200, envelope({ token: '' }))],
    ['what is no token', json(200, envelope({ token: '<html>' }))],
    ['success: false', json(200, { success: false, result: { token: TOKEN }, errors: [] })],
    ['no result', json(200, envelope(null))],
    ['HTML', () => new Response('<html>', { status: 200 })],
    ['nothing', () => new Response('', { status: 200 })],
  ])('takes %s for api-malformed', async (_name, answer) => {
    const { issuer } = createApi(answer);
    await expect(issuer.issue(VIDEO)).rejects.toMatchObject({ code: 'api-malformed' });
  });

  it.each([
    ['a network that fails', new TypeError('fetch failed')],
    ['a time-out', new DOMException('The operation timed out', 'TimeoutError')],
    ['a thrown text', 'nothing to read'],
  ])('takes %s for api-unreachable', async (_name, error) => {
    const { issuer } = createApi(() => Promise.reject(error));
    await expect(issuer.issue(VIDEO)).rejects.toMatchObject({ code: 'api-unreachable' });
  });

  it('gives up after timeoutMs', async () => {
    const issuer = createApiIssuer({
      accountId: 'a',
      apiToken: SECRET,
      timeoutMs: 1,
      fetch: (_url, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    });
    await expect(issuer.issue(VIDEO)).rejects.toMatchObject({
      code: 'api-unreachable',
      message: expect.stringContaining('TimeoutError'),
    });
  });

  it('asks nothing until the time named in Retry-After is over', async () => {
    const { issuer, sent, pass } = createApi(
      failure(429, 'slow down', { 'Retry-After': '30' }),
      json(200, envelope({ token: TOKEN })),
    );
    await expect(issuer.issue(VIDEO)).rejects.toMatchObject({ retryAfterMs: 30_000 });
    pass(29_000);
    await expect(issuer.issue(VIDEO)).rejects.toMatchObject({
      code: 'api-rate-limited',
      status: 429,
      retryAfterMs: 1_000,
    });
    expect(sent).toHaveLength(1);
    pass(1_000);
    expect(await issuer.issue(VIDEO)).toBe(TOKEN);
    expect(sent).toHaveLength(2);
  });

  it('reads Retry-After as a date too, and ignores what it cannot read', async () => {
    const date = new Date((NOW + 90) * 1000).toUTCString();
    const dated = createApi(failure(503, 'later', { 'Retry-After': date }));
    await expect(dated.issuer.issue(VIDEO)).rejects.toMatchObject({ retryAfterMs: 90_000 });
    const odd = createApi(failure(503, 'later', { 'Retry-After': 'soon' }), failure(503, 'later'));
    await expect(odd.issuer.issue(VIDEO)).rejects.toMatchObject({ retryAfterMs: undefined });
    await expect(odd.issuer.issue(VIDEO)).rejects.toMatchObject({ retryAfterMs: undefined });
    expect(odd.sent).toHaveLength(2);
  });

  it.each([
    ['an origin', { apiOrigin: 'http://localhost:8787/' }, 'http://localhost:8787/client/v4'],
    ['an address', { apiUrl: 'https://example.com/stream/v4' }, 'https://example.com/stream/v4'],
    ['an address with a slash', { apiUrl: 'https://example.com/v4/' }, 'https://example.com/v4'],
    ['an address without a path', { apiUrl: 'https://example.com' }, 'https://example.com'],
  ])('asks where it is told, by %s', async (_name, where, base) => {
    const fetch = vi.fn(async () => Response.json(envelope({ token: TOKEN })));
    await createApiIssuer({ accountId: 'a/b', apiToken: SECRET, fetch, ...where }).issue(VIDEO);
    expect(fetch).toHaveBeenCalledWith(
      `${base}/accounts/a%2Fb/stream/${VIDEO}/token`,
      expect.anything(),
    );
  });

  it.each(['', 'a secret', 'secret\n'])(
    'refuses the API token %j without showing it',
    (apiToken) => {
      const create = (): TokenIssuer => createApiIssuer({ accountId: 'a', apiToken });
      expect(create).toThrow(TypeError);
      expect(create).not.toThrow(/secret/);
    },
  );
});
