import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { connect as connectByHttp2, createServer as createHttp2Server } from 'node:http2';
import { connect, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import express from 'express';
import { Hono } from 'hono';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTokenHandler, toNodeHandler } from '../../../src/issuer/index.js';

const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';
const PAGE = 'https://www.example.com';
const issuer = { issue: async (videoId: string) => `token.for.${videoId}` };
const json = JSON.stringify({ videoId: VIDEO });
const post = { method: 'POST', body: json, headers: { 'Content-Type': 'application/json' } };

const closing: (() => void)[] = [];
afterEach(() => {
  closing.splice(0).forEach((close) => close());
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function tokenOf(response: Response): Promise<string> {
  expect(response.status).toBe(200);
  const body = (await response.json()) as { result: { token: string } };
  return body.result.token;
}

function createFailingBody(): ReadableStream {
  return new ReadableStream({ pull: (controller) => controller.error(new Error('cut off')) });
}

describe('toNodeHandler', () => {
  it('serves a handler from node:http', async () => {
    const handler = createTokenHandler({ issuer, authorize: () => true, cors: [PAGE] });
    const origin = await listen(toNodeHandler(handler));
    const response = await fetch(`${origin}/?video-id=${VIDEO}`, { headers: { Origin: PAGE } });
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE);
    expect(Date.parse(response.headers.get('Date') ?? '')).not.toBeNaN();
    expect(await tokenOf(response)).toBe(`token.for.${VIDEO}`);
    expect(await tokenOf(await fetch(origin, post))).toBe(`token.for.${VIDEO}`);
    const preflight = await fetch(origin, {
      method: 'OPTIONS',
      headers: { Origin: PAGE, 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.status).toBe(204);
  });

  it('makes a request with the address, headers and cookies the server was sent', async () => {
    const seen: Request[] = [];
    const handler = async (request: Request): Promise<Response> => {
      seen.push(request);
      return new Response(null, { status: 204 });
    };
    const origin = await listen(toNodeHandler(handler));
    await fetch(`${origin}/a/b?c=d`, { headers: { Cookie: 'session=1', 'X-Two': 'a, b' } });
    expect(seen[0]?.url).toBe(`${origin}/a/b?c=d`);
    expect(seen[0]?.headers.get('Cookie')).toBe('session=1');
    expect(seen[0]?.headers.get('X-Two')).toBe('a, b');
  });

  it('makes a request of one over HTTP/2, which names its host elsewhere', async () => {
    const seen: string[] = [];
    const authorize = (request: Request): boolean => {
      seen.push(request.url);
      return true;
    };
    const server = createHttp2Server(toNodeHandler(createTokenHandler({ issuer, authorize })));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = connectByHttp2(origin);
    closing.push(() => {
      client.destroy();
      server.close();
    });
    const ask = async (path: string, body?: string): Promise<string> => {
      const stream = client.request({ ':path': path, ':method': body ? 'POST' : 'GET' });
      stream.end(body);
      return (await stream.setEncoding('utf8').toArray()).join('');
    };
    expect(await ask(`/?video-id=${VIDEO}`)).toContain(`token.for.${VIDEO}`);
    expect(await ask('/post', json)).toContain(`token.for.${VIDEO}`);
    expect(await ask('/', 'x'.repeat(200_000))).toContain('body-too-large');
    expect(seen).toEqual([`${origin}/?video-id=${VIDEO}`, `${origin}/post`]);
  });

  it('shows the Node request to authorize', async () => {
    const authorize = (_request: Request, _videoId: string, req: IncomingMessage): boolean =>
      req.socket.remoteAddress === '127.0.0.1';
    const origin = await listen(toNodeHandler(createTokenHandler({ issuer, authorize })));
    expect(await tokenOf(await fetch(`${origin}?video-id=${VIDEO}`))).toBe(`token.for.${VIDEO}`);
  });

  it('shows authorize a request that has all of one', async () => {
    const seen: Request[] = [];
    const read = async (request: Request): Promise<boolean> => {
      seen.push(request);
      const copy = new Request(request.clone(), { headers: request.headers });
      expect(await copy.json()).toEqual({ videoId: VIDEO });
      return request.headers.get('Cookie') === 'session=1';
    };
    const videoId = async (request: Request): Promise<unknown> =>
      ((await request.clone().json()) as { videoId: unknown }).videoId;
    const handler = createTokenHandler({ issuer, authorize: read, videoId });
    const origin = await listen(toNodeHandler(handler));
    const headers = { ...post.headers, Cookie: 'session=1' };
    expect(await tokenOf(await fetch(`${origin}/a?b=c`, { ...post, headers }))).toBe(
      `token.for.${VIDEO}`,
    );
    const [request] = seen;
    expect(request).toBeInstanceOf(Request);
    expect(request?.method).toBe('POST');
    expect(request?.url).toBe(`${origin}/a?b=c`);
    expect(request?.signal.aborted).toBe(false);
    expect(request?.headers).toBe(request?.headers);
    expect(Object.prototype.toString.call(request)).toBe('[object Request]');
    const whole = new Request(origin);
    for (const name of Object.getOwnPropertyNames(Request.prototype)) {
      expect(typeof Reflect.get(request ?? {}, name), name).toBe(typeof Reflect.get(whole, name));
    }
  });

  it('says how long an answer is, whatever it is written in', async () => {
    const authorize = (): boolean => true;
    const other = { issue: async () => 'tökén' };
    for (const [given, text] of [
      [issuer, `token.for.${VIDEO}`] as const,
      [other, 'tökén'] as const,
    ]) {
      const handler = toNodeHandler(createTokenHandler({ issuer: given, authorize }));
      const response = await fetch(`${await listen(handler)}?video-id=${VIDEO}`);
      const bytes = new TextEncoder().encode(await response.clone().text()).byteLength;
      expect(response.headers.get('Content-Length')).toBe(String(bytes));
      expect(await tokenOf(response)).toBe(text);
    }
  });

  it('sends every cookie a response sets', async () => {
    const headers = new Headers([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ]);
    const authorize = (): Response => new Response('log in first', { status: 401, headers });
    const origin = await listen(toNodeHandler(createTokenHandler({ issuer, authorize })));
    const response = await fetch(`${origin}?video-id=${VIDEO}`);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('log in first');
  });

  it('answers 400 where no request can be made of what was sent', async () => {
    const handler = vi.fn(async () => new Response());
    const { port } = new URL(await listen(toNodeHandler(handler)));
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: not a host\r\nConnection: close\r\n\r\n');
    const answer = (await socket.toArray()).join('');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/^cache-control: private, no-store\r$/im);
    expect(answer).toContain('"errors":[{"code":"request-malformed",');
    expect(handler).not.toHaveBeenCalled();
  });

  it.each<readonly [string, () => Promise<Response>]>([
    ['rejects', () => Promise.reject(new Error('not to be seen'))],
    [
      'throws',
      () => {
        throw new Error('not to be seen');
      },
    ],
    ['sends a body that fails', async () => new Response(createFailingBody())],
  ])('answers 500 where a handler %s', async (_name, handler) => {
    const response = await fetch(await listen(toNodeHandler(handler)));
    expect(response.status).toBe(500);
    expect(response.headers.get('Cache-Control')).toBe('private, no-store');
    expect(await response.json()).toEqual({
      result: null,
      success: false,
      errors: [{ code: 'internal-error', message: 'The token endpoint failed.' }],
      messages: [],
    });
  });

  it('ends an answer that fails after its head was sent', async () => {
    const seen: unknown[] = [];
    const nodeResponse = {
      headersSent: false,
      writeHead() {
        nodeResponse.headersSent = true;
        throw new Error('the viewer is gone');
      },
      end: (body?: unknown) => seen.push(body),
    };
    const nodeRequest = Object.assign(Readable.from([]), { headers: {}, socket: {}, url: '/' });
    toNodeHandler(async () => new Response('late'))(nodeRequest, nodeResponse);
    await vi.waitFor(() => expect(seen).toEqual([undefined]));
  });

  it('leaves the connection alone where a body is too long, for whoever logs the request', async () => {
    const handler = toNodeHandler(createTokenHandler({ issuer, authorize: () => true }));
    const logged: unknown[] = [];
    const origin = await listen((request, response) => {
      response.once('finish', () => logged.push(request.socket?.remoteAddress));
      handler(request, response);
    });
    const response = await fetch(origin, { method: 'POST', body: 'x'.repeat(200_000) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ errors: [{ code: 'body-too-large' }] });
    await vi.waitFor(() => expect(logged).toEqual(['127.0.0.1']));
    expect(await tokenOf(await fetch(origin, post))).toBe(`token.for.${VIDEO}`);
  });

  it('answers 413 to a viewer who sends too much and then nothing, and then the next request', async () => {
    const authorize = (): boolean => true;
    const origin = await listen(toNodeHandler(createTokenHandler({ issuer, authorize })));
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    closing.push(() => socket.destroy());
    let answers = '';
    socket.on('data', (bytes: Buffer) => (answers += bytes.toString()));
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n');
    socket.write('x'.repeat(5_000));
    await vi.waitFor(() => expect(answers).toMatch(/^HTTP\/1\.1 413 /));
    socket.write('x'.repeat(95_000));
    socket.write(`GET /?video-id=${VIDEO} HTTP/1.1\r\nHost: a\r\n\r\n`);
    await vi.waitFor(() => expect(answers).toContain(`token.for.${VIDEO}`));
  });

  it('survives a viewer who leaves while sending', async () => {
    const onError = vi.fn();
    const handler = createTokenHandler({ issuer, authorize: () => true, onError });
    const origin = await listen(toNodeHandler(handler));
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    const head = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{';
    await new Promise<void>((resolve) => {
      socket.write(head, () => resolve());
    });
    socket.destroy();
    await vi.waitFor(() => expect(onError).toHaveBeenCalled());
    expect(await tokenOf(await fetch(`${origin}?video-id=${VIDEO}`))).toBe(`token.for.${VIDEO}`);
  });
});

describe('createTokenHandler in frameworks', () => {
  it.each([
    ['alone', []],
    ['behind express.json()', [express.json()]],
    ['behind express.text()', [express.text({ type: '*/*' })]],
    ['behind express.raw()', [express.raw({ type: '*/*' })]],
    ['behind a parser of other types', [express.urlencoded({ extended: false })]],
  ])('works in Express %s', async (_name, middleware) => {
    const authorize = (_request: Request, _videoId: string, req: express.Request): boolean =>
      req.app.get('members') === 'welcome';
    const app = express();
    app.set('members', 'welcome');
    const router = express.Router();
    router.all('/stream-token', toNodeHandler(createTokenHandler({ issuer, authorize })));
    for (const one of middleware) app.use(one);
    app.use('/api', router);
    const endpoint = `${await listen(app)}/api/stream-token`;
    expect(await tokenOf(await fetch(`${endpoint}?video-id=${VIDEO}`))).toBe(`token.for.${VIDEO}`);
    expect(await tokenOf(await fetch(endpoint, post))).toBe(`token.for.${VIDEO}`);
  });

  it('finds the id in the whole path where an Express router is mounted', async () => {
    const videoId = (request: Request): unknown => new URL(request.url).pathname.split('/').at(-1);
    const app = express();
    app.use('/api', toNodeHandler(createTokenHandler({ issuer, authorize: () => true, videoId })));
    const response = await fetch(`${await listen(app)}/api/${VIDEO}`);
    expect(await tokenOf(response)).toBe(`token.for.${VIDEO}`);
  });

  it('works in Hono', async () => {
    const handler = createTokenHandler({ issuer, authorize: () => true });
    const app = new Hono().all('/stream-token', (context) => handler(context.req.raw));
    expect(await tokenOf(await app.request(`/stream-token?video-id=${VIDEO}`))).toBe(
      `token.for.${VIDEO}`,
    );
    expect(await tokenOf(await app.request('/stream-token', post))).toBe(`token.for.${VIDEO}`);
  });

  it('is a route handler as Next and Remix call them', async () => {
    const handler = createTokenHandler({ issuer, authorize: () => true, cors: [PAGE] });
    const address = 'https://example.com/api/stream-token';
    const get = new Request(`${address}?video-id=${VIDEO}`);
    const preflight = new Request(address, {
      method: 'OPTIONS',
      headers: { Origin: PAGE, 'Access-Control-Request-Method': 'POST' },
    });
    type NextHandler = (request: Request, context: { params: object }) => Promise<Response>;
    const nextRoute: Record<'GET' | 'POST' | 'OPTIONS', NextHandler> = {
      GET: handler,
      POST: handler,
      OPTIONS: handler,
    };
    const context = { params: {} };
    expect(await tokenOf(await nextRoute.GET(get, context))).toBe(`token.for.${VIDEO}`);
    const posted = await nextRoute.POST(new Request(address, post), context);
    expect(await tokenOf(posted)).toBe(`token.for.${VIDEO}`);
    expect((await nextRoute.OPTIONS(preflight, context)).status).toBe(204);
    const loader = ({ request }: { request: Request }): Promise<Response> => handler(request);
    const action = loader;
    expect(await tokenOf(await loader({ request: get }))).toBe(`token.for.${VIDEO}`);
    const request = new Request(address, post);
    expect(await tokenOf(await action({ request }))).toBe(`token.for.${VIDEO}`);
  });
});
