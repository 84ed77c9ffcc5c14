import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { PAGE, useDoctorWorld } from './support/doctor-world.js';

const world = useDoctorWorld();

/** Has the endpoint answer nothing of use, and keeps what it was asked. */
function recordRequests(status = 500): Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] {
  const seen: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = [];
  world().listener = ({ method, url, headers }, response) => {
    seen.push({ method, url, headers });
    response.writeHead(status).end();
  };
  return seen;
}

describe('doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    for (const args of [
      [],
      ['--origin', PAGE],
      ['--origin', PAGE, '--method', 'post', '--credentials', 'include'],
    ]) {
      const { code, steps } = await world().examine(...args);
      expect(steps.filter(({ status }) => status !== 'ok')).toEqual([]);
      expect(code).toBe(0);
      const names = [
        'endpoint',
        ...(args.length > 0 ? ['cors'] : []),
        'token',
        'clock',
        'manifest',
        'segment',
      ];
      expect(steps.map(({ name }) => name)).toEqual(names);
    }
  });

  it('tells people in lines', async () => {
    const { stdout } = await world().run([]);
    expect(stdout.split('\n').map((line) => line.slice(0, 11).trimEnd())).toEqual([
      '✓ endpoint',
      '✓ token',
      '✓ clock',
      '✓ manifest',
      '✓ segment',
      '',
    ]);
  });

  it('asks as the element does', async () => {
    const seen = recordRequests();
    await world().examine();
    expect(seen.at(-1)).toMatchObject({
      method: 'GET',
      url: `/api/stream-token?video-id=${world().videoId}`,
    });
    await world().examine('--origin', PAGE, '--method', 'post');
    expect(seen.slice(-2)).toMatchObject([
      { method: 'OPTIONS', url: '/api/stream-token', headers: { origin: PAGE } },
      { method: 'POST', url: '/api/stream-token', headers: { origin: PAGE } },
    ]);
    await world().examine(
      '--endpoint',
      world().endpoint.replace('stream-token', '{video-id}/token'),
    );
    expect(seen.at(-1)?.url).toBe(`/api/${world().videoId}/token`);
  });

  it.each([
    ['same-origin', undefined, true],
    ['same-origin', 'its own', true],
    ['same-origin', PAGE, false],
    ['include', undefined, true],
    ['include', 'its own', true],
    ['include', PAGE, true],
    ['omit', undefined, false],
    ['omit', 'its own', false],
    ['omit', PAGE, false],
  ] as const)(
    'sends cookies as a browser does: %s from the origin %s',
    async (credentials, page, isSent) => {
      const seen = recordRequests(401);
      world().env = { SIGNED_STREAM_COOKIE: 'session=1' };
      const origin = page === 'its own' ? new URL(world().endpoint).origin : page;
      const args = origin === undefined ? [] : ['--origin', origin];
      const { steps } = await world().examine('--credentials', credentials, ...args);
      expect(seen).toHaveLength(1);
      expect(seen[0]?.headers.cookie).toBe(isSent ? 'session=1' : undefined);
      const hint = isSent ? 'SIGNED_STREAM_COOKIE' : '--credentials';
      expect(steps[0]?.hints?.join()).toContain(hint);
    },
  );

  it.each([
    ['get', 'authorization'],
    ['post', 'authorization,content-type'],
  ])(
    'sends Authorization whatever --credentials says, and has a %s preflighted for it',
    async (method, requestHeaders) => {
      const seen = recordRequests();
      world().env = { SIGNED_STREAM_AUTHORIZATION: 'Bearer member' };
      const args = ['--credentials', 'omit', '--method', method];
      await world().examine(...args);
      expect(seen).toMatchObject([{ headers: { authorization: 'Bearer member' } }]);
      await world().examine(...args, '--origin', PAGE);
      const [, preflight, request] = seen;
      expect(preflight).toMatchObject({
        method: 'OPTIONS',
        url: request?.url,
        headers: {
          'access-control-request-method': method.toUpperCase(),
          'access-control-request-headers': requestHeaders,
        },
      });
      expect(preflight?.headers.authorization).toBeUndefined();
      expect(request).toMatchObject({
        method: method.toUpperCase(),
        headers: { authorization: 'Bearer member' },
      });
      expect(seen).toHaveLength(3);
    },
  );

  it.each<readonly [string, number, string, string, string]>([
    ['401', 401, '', 'login', '401'],
    [
      '403 with the reason',
      403,
      '{"errors":[{"code":"forbidden","message":"no"}]}',
      'login',
      '(forbidden: no)',
    ],
    ['404', 404, '', 'endpoint', '404'],
    ['405', 405, '', 'endpoint', '405'],
    ['500', 500, '<html>', 'endpoint', '500'],
    ['a web page', 200, '<!doctype html>', 'login', 'a web page'],
    ['nothing', 200, '', 'endpoint', 'an empty body'],
    ['JSON without a token', 200, '{"ok":true}', 'endpoint', 'holds no token'],
    [
      'success: false',
      200,
      '{"success":false,"errors":[{"code":10005,"message":"bad"}]}',
      'endpoint',
      '10005: bad',
    ],
  ])(
    'says what is wrong with an endpoint that answers %s',
    async (_name, status, body, cause, words) => {
      world().serve(status, body);
      const { code, steps } = await world().examine();
      expect(code).toBe(1);
      expect(steps).toMatchObject([{ name: 'endpoint', status: 'failed', cause }]);
      expect(steps[0]?.message).toContain(words);
    },
  );

  it('accepts every answer the element does', async () => {
    const token = await world().issue();
    for (const body of [token, `${token}\n`, JSON.stringify(token), JSON.stringify({ token })]) {
      world().serve(200, body);
      expect((await world().examine()).code).toBe(0);
    }
  });

  it('names a log-in page it was led to', async () => {
    world().listener = ({ url }, response) => {
      if (url?.startsWith('/login')) response.end('<html>');
      else response.writeHead(302, { Location: '/login?next=token' }).end();
    };
    const { failed } = await world().examine();
    expect(failed).toMatchObject([{ name: 'endpoint', cause: 'login' }]);
    expect(failed[0]?.message).toMatch(/at http:\/\/127\.0\.0\.1:\d+\/login,/);
  });

  it('says that nothing listens', async () => {
    const { code, steps } = await world().examine('--endpoint', 'http://127.0.0.1:9/');
    expect(code).toBe(1);
    expect(steps).toMatchObject([{ name: 'endpoint', cause: 'network' }]);
  });
});

describe('doctor: CORS', () => {
  it.each<readonly [string, Record<string, string>, readonly string[], string]>([
    ['none', {}, [], 'no Access-Control-Allow-Origin'],
    [
      'another origin',
      { 'Access-Control-Allow-Origin': 'https://example.com' },
      [],
      '"https://example.com"',
    ],
    [
      'any origin beside cookies',
      { 'Access-Control-Allow-Origin': '*' },
      ['--credentials', 'include'],
      '*',
    ],
    [
      'no cookies',
      { 'Access-Control-Allow-Origin': PAGE },
      ['--credentials', 'include'],
      'Allow-Credentials',
    ],
  ])('says what is wrong with %s', async (_name, headers, args, words) => {
    world().serve(200, await world().issue(), headers);
    const { failed } = await world().examine('--origin', PAGE, ...args);
    expect(failed).toMatchObject([{ name: 'cors', cause: 'cors' }]);
    expect(failed[0]?.message).toContain(words);
  });

  it('warns where the clock cannot be read', async () => {
    const token = await world().issue();
    world().serve(200, token, { 'Access-Control-Allow-Origin': '*' });
    const { code, steps } = await world().examine('--origin', PAGE);
    expect(code).toBe(0);
    expect(steps[1]).toMatchObject({ name: 'cors', status: 'warning' });
  });

  it('finds a preflight that fails', async () => {
    const { failed } = await world().examine('--origin', 'https://example.com', '--method', 'post');
    expect(failed[0]).toMatchObject({ name: 'cors', cause: 'cors' });
    expect(failed[0]?.message).toContain('preflight');
  });

  it.each([
    ['*', [], 'authorization'],
    ['Content-Type', [], 'authorization'],
    ['Authorization', ['--method', 'post'], 'content-type'],
    ['*, Authorization', ['--credentials', 'include', '--method', 'post'], 'content-type'],
  ])('finds that allowing the headers %j does not do', async (allowed, args, missing) => {
    world().env = { SIGNED_STREAM_AUTHORIZATION: 'Bearer member' };
    world().serve(200, await world().issue(), {
      'Access-Control-Allow-Origin': PAGE,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Headers': allowed,
    });
    const { failed } = await world().examine('--origin', PAGE, ...args);
    expect(failed).toMatchObject([{ name: 'cors', cause: 'cors' }]);
    expect(failed[0]?.message).toContain(`does not name ${missing}`);
  });

  it('is content with a handler that is asked with Authorization', async () => {
    world().env = { SIGNED_STREAM_AUTHORIZATION: 'Bearer member' };
    for (const method of ['get', 'post']) {
      const { code, steps } = await world().examine('--origin', PAGE, '--method', method);
      expect(code).toBe(0);
      expect(steps[1]).toMatchObject({ name: 'cors', status: 'ok' });
    }
  });

  it('asks nothing of an endpoint of the page’s own origin', async () => {
    world().serveTokens({ cors: undefined });
    const { steps } = await world().examine('--origin', new URL(world().endpoint).origin);
    expect(steps.map(({ name }) => name)).not.toContain('cors');
  });
});
