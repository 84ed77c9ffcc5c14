import { describe, expect, it, vi } from 'vitest';
import {
  createTokenHandler,
  IssuerError,
  type Authorization,
  type IssuerErrorCode,
  type Restrictions,
  type TokenHandlerOptions,
  type TokenIssuer,
} from '../../../src/issuer/index.js';

const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';
const LIVE_INPUT = '66be4bf738797e01e1fca35a7bdecdcd';
const ENDPOINT = 'https://api.example.com/stream-token';
const PAGE = 'https://www.example.com';

/** An issuer that signs nothing, and keeps what it was asked for. */
function createIssuer(fail?: Error) {
  const issue = vi.fn(async (videoId: string, _restrictions?: Restrictions) => {
    if (fail !== undefined) throw fail;
    return `token.for.${videoId}`;
  });
  return { issue } satisfies TokenIssuer;
}

const get = (videoId: string = VIDEO, init: RequestInit = {}): Request =>
  new Request(`${ENDPOINT}?video-id=${videoId}`, init);
const post = (body: BodyInit | null, headers: Record<string, string> = {}): Request =>
  new Request(ENDPOINT, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', ...headers },
  });

async function codeOf(response: Response): Promise<unknown> {
  const body = (await response.json()) as { success: unknown; errors: { code: unknown }[] };
  expect(body.success).toBe(false);
  return body.errors[0]?.code;
}

describe('createTokenHandler', () => {
  it('answers GET with a token in the API’s envelope', async () => {
    const handler = createTokenHandler({ issuer: createIssuer(), authorize: () => true });
    const response = await handler(get());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      result: { token: `token.for.${VIDEO}` },
      success: true,
      errors: [],
      messages: [],
    });
    expect(response.headers.get('Content-Type')).toMatch(/^application\/json/);
    expect(response.headers.get('Cache-Control')).toBe('private, no-store');
  });

  it('answers POST, and for live inputs too', async () => {
    const issuer = createIssuer();
    const handler = createTokenHandler({ issuer, authorize: async () => true });
    const response = await handler(post(JSON.stringify({ videoId: LIVE_INPUT })));
    expect(response.status).toBe(200);
    expect(issuer.issue).toHaveBeenCalledWith(LIVE_INPUT, {});
  });

  it('says what time it is, whoever serves it', async () => {
    const now = (): number => Date.UTC(2026, 10, 22, 3, 4, 5);
    const handler = createTokenHandler({ issuer: createIssuer(), authorize: () => false, now });
    const response = await handler(get());
    expect(response.headers.get('Date')).toBe('Sun, 22 Nov 2026 03:04:05 GMT');
  });

  it('passes on to authorize whatever it is called with', async () => {
    const authorize = vi.fn(
      (_request: Request, _videoId: string, env: { member: string }, _ctx: object) =>
        env.member === 'alice',
    );
    const handler = createTokenHandler({ issuer: createIssuer(), authorize });
    const request = get();
    expect((await handler(request, { member: 'alice' }, {})).status).toBe(200);
    expect((await handler(get(), { member: 'bob' }, {})).status).toBe(403);
    expect(authorize).toHaveBeenCalledWith(request, VIDEO, { member: 'alice' }, {});
  });

  it('takes the video id from where it is told', async () => {
    const issuer = createIssuer();
    const videoId = (request: Request): unknown => new URL(request.url).pathname.split('/')[2];
    const handler = createTokenHandler({ issuer, authorize: () => true, videoId });
    await handler(new Request(`https://example.com/videos/${LIVE_INPUT}/token?video-id=${VIDEO}`));
    expect(issuer.issue).toHaveBeenCalledWith(LIVE_INPUT, {});
  });

  it('gives the issuer its restrictions, made for each token where they are a function', async () => {
    const issuer = createIssuer();
    const fixed = { expiresIn: '12h' };
    await createTokenHandler({ issuer, authorize: () => true, restrictions: fixed })(get());
    expect(issuer.issue).toHaveBeenLastCalledWith(VIDEO, fixed);
    const handler = createTokenHandler({
      issuer,
      authorize: (_request, _videoId, _plan: string) => true,
      restrictions: async (_request, videoId, plan: string) => ({
        expiresIn: videoId === VIDEO && plan === 'gold' ? 60 : 10,
      }),
    });
    await handler(get(), 'gold');
    expect(issuer.issue).toHaveBeenLastCalledWith(VIDEO, { expiresIn: 60 });
  });

  it.each<readonly [string, unknown]>([
    ['no authorize', { issuer: createIssuer() }],
    ['no issuer', { authorize: () => true }],
    [
      'an origin with a path',
      { issuer: createIssuer(), authorize: () => true, cors: [`${PAGE}/`] },
    ],
    ['any origin', { issuer: createIssuer(), authorize: () => true, cors: ['*'] }],
    ['an opaque origin', { issuer: createIssuer(), authorize: () => true, cors: ['null'] }],
    ['a host as origin', { issuer: createIssuer(), authorize: () => true, cors: ['example.com'] }],
  ])('is not made with %s', (_name, options) => {
    expect(() => createTokenHandler(options as TokenHandlerOptions)).toThrow(TypeError);
  });

  it('is not made with restrictions that no token could have', () => {
    const options = { issuer: createIssuer(), authorize: () => true };
    expect(() => createTokenHandler({ ...options, restrictions: { expiresIn: '25h' } })).toThrow(
      expect.objectContaining({ code: 'restrictions-invalid' }),
    );
    // What is wrong only now is not looked at: some runtimes have no clock while they start.
    expect(() => createTokenHandler({ ...options, restrictions: { exp: 1 } })).not.toThrow();
  });
});

describe('createTokenHandler: who may have a token', () => {
  it.each<readonly [string, Authorization, number, string]>([
    ['false', false, 403, 'forbidden'],
    ['unauthenticated', 'unauthenticated', 401, 'unauthenticated'],
  ])('answers %s without a token', async (_name, answer, status, code) => {
    const issuer = createIssuer();
    const response = await createTokenHandler({ issuer, authorize: () => answer })(get());
    expect(response.status).toBe(status);
    expect(await codeOf(response)).toBe(code);
    expect(issuer.issue).not.toHaveBeenCalled();
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a user', { id: 7 }],
    ['a text', 'true'],
    ['a number', 1],
  ])('gives no token where authorize answers %s', async (_name, answer) => {
    const issuer = createIssuer();
    const onError = vi.fn();
    const authorize = (): Authorization => answer as Authorization;
    const response = await createTokenHandler({ issuer, authorize, onError })(get());
    expect(response.status).toBe(500);
    expect(issuer.issue).not.toHaveBeenCalled();
    expect(onError).toHaveBeenCalledWith(expect.any(TypeError), expect.any(Request));
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', '12h'],
    ['a number', 3600],
    ['true', true],
    ['a list', [{ type: 'any', action: 'block' }]],
    ['a promise of nothing', Promise.resolve()],
  ])('gives no token where restrictions answers %s', async (_name, answer) => {
    const issuer = createIssuer();
    const onError = vi.fn();
    const restrictions = (): Restrictions => answer as Restrictions;
    const options = { issuer, authorize: () => true, restrictions, onError };
    const response = await createTokenHandler(options)(get());
    expect(response.status).toBe(500);
    expect(await codeOf(response)).toBe('internal-error');
    expect(issuer.issue).not.toHaveBeenCalled();
    expect(onError).toHaveBeenCalledWith(expect.any(TypeError), expect.any(Request));
  });

  it('gives no token where authorize throws or rejects', async () => {
    const issuer = createIssuer();
    const error = new Error('the database of members is down');
    for (const authorize of [
      () => Promise.reject(error),
      (): Authorization => {
        throw error;
      },
    ]) {
      const onError = vi.fn();
      const response = await createTokenHandler({ issuer, authorize, onError })(get());
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain('database');
      expect(onError).toHaveBeenCalledWith(error, expect.any(Request));
    }
    expect(issuer.issue).not.toHaveBeenCalled();
  });

  it('sends a response of authorize’s own, readable for the page', async () => {
    const issuer = createIssuer();
    const authorize = (): Response => Response.redirect('https://login.example.com/', 303);
    const handler = createTokenHandler({ issuer, authorize, cors: [PAGE] });
    const response = await handler(get(VIDEO, { headers: { Origin: PAGE } }));
    expect(response.status).toBe(303);
    expect(response.headers.get('Location')).toBe('https://login.example.com/');
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE);
    expect(issuer.issue).not.toHaveBeenCalled();
  });

  it.each([
    ['is kept by no cache', {}, 'private, no-store'],
    ['is kept as it says itself', { 'Cache-Control': 'max-age=60' }, 'max-age=60'],
  ])('sends a response of authorize’s own that %s', async (_name, headers, expected) => {
    const authorize = (): Response => new Response('log in first', { status: 401, headers });
    const response = await createTokenHandler({ issuer: createIssuer(), authorize })(get());
    expect(response.headers.get('Cache-Control')).toBe(expected);
  });

  it('answers 500 where authorize’s response cannot be sent, readable for the page', async () => {
    const one = new Response('log in first', { status: 401 });
    const read = new Response('log in first');
    await read.text();
    const torn = new Response('log in first');
    torn.body?.getReader();
    for (const response of [one, read, torn, Response.error()]) {
      const onError = vi.fn();
      const options = { issuer: createIssuer(), authorize: () => response, cors: [PAGE], onError };
      const handler = createTokenHandler(options);
      const ask = (): Promise<Response> => handler(get(VIDEO, { headers: { Origin: PAGE } }));
      // The first answer is on its way, and nobody has read it yet.
      if (response === one) expect((await ask()).status).toBe(401);
      const answer = await ask();
      expect(answer.status).toBe(500);
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(PAGE);
      expect(await codeOf(answer)).toBe('internal-error');
      expect(onError).toHaveBeenCalledWith(expect.any(Error), expect.any(Request));
    }
  });

  it('sends a response without a body as often as it is answered', async () => {
    const response = new Response(null, { status: 401 });
    const handler = createTokenHandler({ issuer: createIssuer(), authorize: () => response });
    expect((await handler(get())).status).toBe(401);
    expect((await handler(get())).status).toBe(401);
  });

  it.each([
    ['no id', new Request(ENDPOINT), 'video-id-missing'],
    ['an empty id', get(''), 'video-id-missing'],
    ['a short id', get(VIDEO.slice(1)), 'video-id-invalid'],
    ['capitals', get(VIDEO.toUpperCase()), 'video-id-invalid'],
    ['a path', get('..%2Fkeys'), 'video-id-invalid'],
    ['a token', get('a.b.c'), 'video-id-invalid'],
    ['an id that is no text', post(JSON.stringify({ videoId: [VIDEO] })), 'video-id-invalid'],
    ['a body without an id', post('{}'), 'video-id-missing'],
    ['a body that is no object', post('[]'), 'body-malformed'],
    ['a body that is no JSON', post('video-id=1'), 'body-malformed'],
    ['no body', post(null), 'body-malformed'],
  ])('does not even ask authorize for %s', async (_name, request, code) => {
    const authorize = vi.fn(() => true);
    const response = await createTokenHandler({ issuer: createIssuer(), authorize })(request);
    expect(response.status).toBe(400);
    expect(await codeOf(response)).toBe(code);
    expect(authorize).not.toHaveBeenCalled();
  });

  it('reads no body that is longer than needed', async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1_000;
        controller.enqueue(new Uint8Array(1_000));
      },
    });
    const init = { method: 'POST', body, duplex: 'half' };
    const handler = createTokenHandler({ issuer: createIssuer(), authorize: () => true });
    const response = await handler(new Request(ENDPOINT, init));
    expect(response.status).toBe(413);
    expect(await codeOf(response)).toBe('body-too-large');
    expect(sent).toBeLessThan(10_000);
  });

  it.each<readonly [string, () => Promise<void>]>([
    ['never ends', () => new Promise(() => {})],
    ['fails', () => Promise.reject(new Error('the connection is gone'))],
  ])('answers 413 although giving up the body %s', async (_name, cancel) => {
    const pull = (controller: ReadableStreamDefaultController): void =>
      controller.enqueue(new Uint8Array(5_000));
    const init = { method: 'POST', body: new ReadableStream({ pull, cancel }), duplex: 'half' };
    const onError = vi.fn();
    const options = { issuer: createIssuer(), authorize: () => true, onError };
    const response = await createTokenHandler(options)(new Request(ENDPOINT, init));
    expect(response.status).toBe(413);
    expect(onError).not.toHaveBeenCalled();
  });

  it('answers 413 although somebody else keeps a copy of the request', async () => {
    const request = post('x'.repeat(5_000));
    const copy = request.clone();
    const handler = createTokenHandler({ issuer: createIssuer(), authorize: () => true });
    expect((await handler(request)).status).toBe(413);
    expect(copy.bodyUsed).toBe(false);
  });

  it.each(['PUT', 'DELETE', 'HEAD', 'PATCH'])('does not answer %s', async (method) => {
    const authorize = vi.fn(() => true);
    const handler = createTokenHandler({ issuer: createIssuer(), authorize });
    const response = await handler(get(VIDEO, { method }));
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('GET, POST, OPTIONS');
    expect(authorize).not.toHaveBeenCalled();
  });
});

describe('createTokenHandler: an issuer that fails', () => {
  it.each<readonly [IssuerErrorCode, number, string]>([
    ['api-rate-limited', 503, 'temporarily-unavailable'],
    ['api-unreachable', 503, 'temporarily-unavailable'],
    ['api-failed', 503, 'temporarily-unavailable'],
    ['api-malformed', 500, 'internal-error'],
    ['api-refused', 500, 'internal-error'],
    ['api-rejected', 500, 'internal-error'],
    ['key-invalid', 500, 'internal-error'],
    ['restrictions-invalid', 500, 'internal-error'],
    ['video-not-found', 404, 'video-not-found'],
  ])('answers %s with %d %s', async (issuerCode, status, code) => {
    const onError = vi.fn();
    const error = new IssuerError(issuerCode, 'what the server’s owner should know');
    const handler = createTokenHandler({
      issuer: createIssuer(error),
      authorize: () => true,
      onError,
    });
    const response = await handler(get());
    expect(response.status).toBe(status);
    expect(response.headers.get('Cache-Control')).toBe('private, no-store');
    const text = await response.clone().text();
    expect(text).not.toContain('owner');
    expect(await codeOf(response)).toBe(code);
    expect(onError).toHaveBeenCalledTimes(status >= 500 ? 1 : 0);
  });

  it('passes Retry-After on, rounded up to seconds', async () => {
    const error = new IssuerError('api-rate-limited', 'slow down', { retryAfterMs: 1_001 });
    const handler = createTokenHandler({ issuer: createIssuer(error), authorize: () => true });
    expect((await handler(get())).headers.get('Retry-After')).toBe('2');
  });

  it('answers although onError fails', async () => {
    const onError = (): void => {
      throw new Error('the log is full');
    };
    const issuer = createIssuer(new Error('unknown'));
    const response = await createTokenHandler({ issuer, authorize: () => true, onError })(get());
    expect(response.status).toBe(500);
  });
});
