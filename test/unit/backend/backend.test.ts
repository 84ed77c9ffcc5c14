import { fileURLToPath } from 'node:url';
import { Miniflare } from 'miniflare';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startNodeBackend } from '../../../demo/backend/node/start-node-backend.js';
import { readBackendOptions } from '../../../demo/backend/read-backend-options.js';
import { startLocalStream, type LocalStream } from '../../../demo/stream/start.js';
import { bundleModule } from '../../../demo/server/bundle-module.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PAGE = 'http://localhost:5173';
const PASSWORD = 'open sesame';
const secrets = {
  SESSION_SECRET: 'a secret of at least thirty-two characters',
  MEMBER_PASSWORD: PASSWORD,
};

interface Backend {
  readonly origin: string;
  close(): Promise<void>;
}

let stream: LocalStream;
let videoId: string;
let worker: string;

beforeAll(async () => {
  worker = await bundleModule(ROOT, 'demo/backend/worker/worker.ts');
  stream = await startLocalStream();
  videoId = stream.videos[0]?.uid ?? '';
}, 60_000);
afterAll(() => stream.close());

const starts = {
  'the Worker in workerd': async (env: Record<string, string>): Promise<Backend> => {
    const miniflare = new Miniflare({
      modules: true,
      script: worker,
      compatibilityDate: '2026-01-01',
      bindings: env,
    });
    const { origin } = await miniflare.ready;
    return { origin, close: () => miniflare.dispose() };
  },
  'the Node server': (env: Record<string, string>): Promise<Backend> =>
    startNodeBackend(readBackendOptions(env)),
};

const issuers = {
  'a signing key': async () => {
    const { id, pem } = await stream.createKey();
    return { STREAM_KEY_ID: id, STREAM_KEY_PEM: pem };
  },
  'the API': async () => ({
    CLOUDFLARE_ACCOUNT_ID: stream.accountId,
    CLOUDFLARE_API_TOKEN: stream.apiToken,
    STREAM_API_ORIGIN: stream.origins.api,
  }),
};

const cases = Object.entries(starts).flatMap(([name, start]) =>
  Object.entries(issuers).map(([issuer, readIssuer]) => ({ name, start, issuer, readIssuer })),
);

describe.each(cases)('$name with $issuer', ({ start, readIssuer }) => {
  let backend: Backend;
  let cookie = '';

  const logIn = (password: string, member = 'alice', path = '/login'): Promise<Response> =>
    fetch(`${backend.origin}${path}`, {
      method: 'POST',
      body: new URLSearchParams({ member, password }),
      redirect: 'manual',
    });
  const ask = (headers: Record<string, string>, id = videoId): Promise<Response> =>
    fetch(`${backend.origin}/api/stream-token?video-id=${id}`, { headers });

  beforeAll(async () => {
    backend = await start({
      ...secrets,
      ...(await readIssuer()),
      PAGE_ORIGINS: PAGE,
      VIDEO_IDS: `${videoId}, 0123456789abcdef0123456789abcdef`,
      TOKEN_LIFETIME: '10m',
    });
  }, 60_000);
  afterAll(() => backend.close());

  beforeEach(async () => {
    const response = await logIn(PASSWORD);
    cookie = response.headers.get('Set-Cookie')?.split(';')[0] ?? '';
  });

  it('gives a member a token that plays', async () => {
    const response = await ask({ Cookie: cookie, Origin: PAGE });
    expect(response.status).toBe(200);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE);
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBe('true');
    expect(response.headers.get('Cache-Control')).toBe('private, no-store');
    expect(Math.abs(Date.parse(response.headers.get('Date') ?? '') - Date.now())).toBeLessThan(
      60_000,
    );
    const { result } = (await response.json()) as { result: { token: string } };
    const played = await fetch(`${stream.origins.delivery}/${result.token}/manifest/video.m3u8`);
    expect(played.status).toBe(200);
    const claims = JSON.parse(
      Buffer.from(result.token.split('.')[1] ?? '', 'base64url').toString(),
    ) as { exp: number };
    expect(Math.abs(claims.exp - Date.now() / 1000 - 600)).toBeLessThan(60);
  });

  it('answers POST and its preflight too', async () => {
    const preflight = await fetch(`${backend.origin}/api/stream-token`, {
      method: 'OPTIONS',
      headers: { Origin: PAGE, 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    const response = await fetch(`${backend.origin}/api/stream-token`, {
      method: 'POST',
      headers: { Cookie: cookie, 'Content-Type': 'application/json' },
      body: JSON.stringify({ videoId }),
    });
    expect(response.status).toBe(200);
  });

  it('gives nobody else one', async () => {
    const [payload = '', signature = ''] = cookie.split('.');
    const forged = Buffer.from('{"member":"mallory","untilMs":9e15}').toString('base64url');
    for (const headers of [
      {},
      { Cookie: 'member=' },
      { Cookie: payload },
      { Cookie: `${payload}.${signature.slice(1)}` },
      { Cookie: `member=${forged}.${signature}` },
      { Cookie: `member=${forged}.%%%` },
    ]) {
      const response = await ask(headers);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ errors: [{ code: 'unauthenticated' }] });
    }
  });

  it('gives a member none for a video that is not theirs to watch', async () => {
    const response = await ask({ Cookie: cookie }, stream.videos[1]?.uid);
    expect(response.status).toBe(403);
  });

  it('lets no other page read its answers', async () => {
    const response = await ask({ Cookie: cookie, Origin: 'https://evil.example' });
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  it('logs in by a form, and back to the page', async () => {
    const form = await fetch(`${backend.origin}/login?next=${encodeURIComponent(`${PAGE}/watch`)}`);
    expect(form.status).toBe(200);
    const action = /action="([^"]+)"/.exec(await form.text())?.[1] ?? '';
    const response = await logIn(PASSWORD, 'alice', action);
    expect(response.status).toBe(303);
    expect(response.headers.get('Location')).toBe(`${PAGE}/watch`);
    expect(response.headers.get('Set-Cookie')).toMatch(
      /^member=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=28800$/,
    );
  });

  it.each(['https://evil.example/', '//evil.example', 'javascript:alert(1)'])(
    'sends nobody to %s',
    async (next) => {
      const response = await logIn(PASSWORD, 'alice', `/login?next=${encodeURIComponent(next)}`);
      expect(response.headers.get('Location')).toBe(PAGE);
    },
  );

  it.each([
    ['a wrong password', 'open sesam', 'alice'],
    ['no password', '', 'alice'],
    ['a name that is none', PASSWORD, '<script>'],
  ])('lets nobody in with %s', async (_name, password, member) => {
    const response = await logIn(password, member);
    expect(response.status).toBe(401);
    expect(response.headers.get('Set-Cookie')).toBeNull();
    expect(await response.text()).not.toContain('<script>');
  });

  it('logs out', async () => {
    expect((await fetch(`${backend.origin}/logout`)).status).toBe(405);
    const init = { method: 'POST', redirect: 'manual' } as const;
    const response = await fetch(`${backend.origin}/logout`, init);
    expect(response.headers.get('Set-Cookie')).toMatch(/^member=; .*Max-Age=0$/);
  });

  it('knows no other address', async () => {
    expect((await fetch(`${backend.origin}/`)).status).toBe(404);
  });
});

describe('readBackendOptions', () => {
  const env = { ...secrets, CLOUDFLARE_ACCOUNT_ID: 'a', CLOUDFLARE_API_TOKEN: 'b' };

  it.each(['SESSION_SECRET', 'MEMBER_PASSWORD', 'CLOUDFLARE_ACCOUNT_ID', 'CLOUDFLARE_API_TOKEN'])(
    'does not start without %s',
    (name) => {
      expect(() => readBackendOptions(env)).not.toThrow();
      expect(() => readBackendOptions({ ...env, [name]: '' })).toThrow(name);
    },
  );

  it('does not start with a secret that can be guessed', () => {
    expect(() => readBackendOptions({ ...env, SESSION_SECRET: 'secret' })).toThrow('at least 32');
  });
});
