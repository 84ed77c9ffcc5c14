import {
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startLocalStream, type LocalStream } from '../../../demo/stream/start.js';
import { run, type CliResult } from './support/run-cli.js';

let stream: LocalStream;
let folder: string;
let videoId: string;
let env: Record<string, string>;

beforeAll(async () => {
  // Large and slow to load: not at a test's expense.
  await import('cloudflare');
  stream = await startLocalStream();
  folder = await mkdtemp(join(tmpdir(), 'signed-stream-'));
  videoId = stream.videos[0]?.uid ?? '';
  env = {
    CLOUDFLARE_ACCOUNT_ID: stream.accountId,
    CLOUDFLARE_API_TOKEN: stream.apiToken,
    CLOUDFLARE_BASE_URL: `${stream.origins.api}/client/v4`,
  };
}, 60_000);
afterAll(async () => {
  await stream.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  stream.faults.clear();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const cli = (...args: string[]): Promise<CliResult> => run(args, { env });
const play = async (token: string): Promise<number> =>
  (await fetch(`${stream.origins.delivery}/${token.trim()}/manifest/video.m3u8`)).status;

describe('keys', () => {
  it('are created, used, listed and revoked', async () => {
    const file = join(folder, 'key.json');
    const created = await cli('keys', 'create', '--out', file, '--json');
    const { id } = created.json();
    expect(created.json()).toEqual({ id, created: expect.any(String), file });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { stdout: token } = await cli('sign', videoId, '--key-file', file);
    expect(await play(token)).toBe(200);

    expect((await cli('keys', 'list')).stdout).toContain(String(id));
    expect((await cli('keys', 'list', '--json')).json()['keys']).toContainEqual({
      id,
      created: expect.any(String),
    });

    expect((await cli('keys', 'revoke', String(id))).code).toBe(2);
    expect(await play(token)).toBe(200);
    expect((await cli('keys', 'revoke', String(id), '--yes')).code).toBe(0);
    expect(await play(token)).toBe(401);
    expect((await cli('keys', 'revoke', String(id), '--yes')).code).toBe(4);
  });

  it('are printed for the environment where no file is named', async () => {
    const { stdout } = await cli('keys', 'create');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s).slice(0, 2));
    const { stdout: token } = await run(['sign', videoId], { env: Object.fromEntries(lines) });
    expect(await play(token)).toBe(200);
  });

  it('are not made where they could not be kept', async () => {
    const file = join(folder, 'taken.json');
    await writeFile(file, 'something else');
    const before = (await cli('keys', 'list')).stdout;
    expect((await cli('keys', 'create', '--out', file)).code).toBe(2);
    expect(await readFile(file, 'utf8')).toBe('something else');
    expect((await cli('keys', 'create', '--out', join(folder, 'no', 'key.json'))).code).toBe(2);
    expect((await cli('keys', 'list')).stdout).toBe(before);
  });

  it('leave no empty file where the API makes none', async () => {
    stream.faults.add({ kind: 'api-keys', status: 500 });
    expect((await cli('keys', 'create', '--out', join(folder, 'failed.json'))).code).toBe(4);
    expect(await readdir(folder)).not.toContain('failed.json');
  });

  it('are named where they are made but cannot be written, and leave no empty file', async () => {
    const some = await open(import.meta.filename);
    await some.close();
    const full = new Error('no space left on the device');
    vi.spyOn(Object.getPrototypeOf(some) as FileHandle, 'writeFile').mockRejectedValueOnce(full);
    const before = (await cli('keys', 'list')).stdout;
    const { code, stdout, stderr } = await cli('keys', 'create', '--out', join(folder, 'full'));
    expect(code).toBe(2);
    expect(stdout).toBe('');
    const [, id = ''] = /^Error: Key ([0-9a-f]{32}) was created,/.exec(stderr) ?? [];
    expect(stderr).toContain(`\n  Revoke it: signed-stream keys revoke ${id} --yes\n`);
    expect(before).not.toContain(id);
    expect((await cli('keys', 'list')).stdout).toContain(id);
    expect(await readdir(folder)).not.toContain('full');
  });
});

describe('protect', () => {
  it('requires tokens, names the sites that may show the video, and takes both back', async () => {
    const video = stream.video(videoId);
    expect((await cli('protect', videoId, '--off')).stdout).toContain('needs no tokens');
    expect(video.requireSignedURLs).toBe(false);
    const hosts = 'example.com,www.example.com,localhost:5173';
    const { stdout } = await cli('protect', videoId, '--allow-origin', hosts);
    expect(stdout).toContain(
      'needs signed tokens; only example.com, www.example.com, localhost:5173',
    );
    expect(video).toMatchObject({ requireSignedURLs: true, allowedOrigins: hosts.split(',') });
    expect((await cli('protect', videoId)).stdout).toContain('only example.com');
    expect((await cli('protect', videoId, '--any-origin', '--json')).json()).toEqual({
      uid: videoId,
      requireSignedURLs: true,
      allowedOrigins: [],
      notes: [],
    });
  });

  it('notes what a list of hosts does not cover', async () => {
    const { stderr } = await cli('protect', videoId, '--allow-origin', '*.example.com,localhost');
    expect(stderr).toContain('*.example.com does not cover example.com');
    expect(stderr).toContain('localhost needs its port');
    const inJson = await cli('protect', videoId, '--allow-origin', '*.example.com', '--json');
    expect(inJson.stderr).toBe('');
    expect(inJson.json()['notes']).toEqual([
      '*.example.com does not cover example.com itself; name both if both show the video',
    ]);
    await cli('protect', videoId, '--any-origin');
  });

  it.each(['https://example.com', 'example.com/videos', 'exa mple.com', ''])(
    'refuses the host %j before it asks anybody',
    async (host) => {
      stream.requests.clear();
      expect((await cli('protect', videoId, '--allow-origin', host)).code).toBe(2);
      expect(stream.requests.list()).toEqual([]);
    },
  );

  it('says that there is no such video', async () => {
    const { code, stderr } = await cli('protect', '0'.repeat(32));
    expect(code).toBe(4);
    expect(stderr).toContain('404');
  });
});

describe('token', () => {
  it('has the API make a token with every restriction', async () => {
    const { stdout } = await cli('token', videoId, '--expires-in', '12h', '--block-country', 'US');
    expect(await play(stdout)).toBe(200);
    stream.viewer.country = 'US';
    expect(await play(stdout)).toBe(403);
    stream.viewer.country = undefined;
    expect((await cli('token', videoId, '--json')).json()).toMatchObject({ warnings: [] });
  });

  it('asks for nothing the API would not give', async () => {
    stream.requests.clear();
    expect((await cli('token', videoId, '--expires-in', '25h')).code).toBe(2);
    expect(stream.requests.list()).toEqual([]);
  });

  it('tells how long to wait', async () => {
    stream.faults.add({ kind: 'api-token', status: 429, headers: { 'retry-after': '17' } });
    const { code, stderr } = await cli('token', videoId);
    expect(code).toBe(4);
    expect(stderr).toContain('Try again in 17 s.');
  });
});

describe('the Stream API', () => {
  it.each([
    ['keys list', 'stream/keys'],
    [`token ${'0'.repeat(32)}`, `stream/${'0'.repeat(32)}/token`],
  ])('is asked where CLOUDFLARE_BASE_URL says, path and all (%s)', async (command, path) => {
    const asked: string[] = [];
    const fetchNothing = async (url: string): Promise<Response> => {
      asked.push(url);
      return Response.json({ success: false, errors: [], messages: [], result: null });
    };
    for (const end of ['', '/']) {
      const base = { ...env, CLOUDFLARE_BASE_URL: `https://example.com/gateway/v4${end}` };
      await run(command.split(' '), { env: base, fetch: fetchNothing });
    }
    const address = `https://example.com/gateway/v4/accounts/${stream.accountId}/${path}`;
    expect(asked).toEqual([address, address]);
  });

  it.each([
    ['keys list', 'api-keys'],
    ['token', 'api-token'],
  ] as const)('is named as the one that fails (%s)', async (command, kind) => {
    const args = [...command.split(' '), ...(command === 'token' ? [videoId] : []), '--json'];
    stream.faults.add({ kind, status: 503, times: 1 });
    const failed = await cli(...args);
    expect(failed.code).toBe(4);
    expect(JSON.parse(failed.stderr)).toMatchObject({ error: { code: 'api-failed' } });
    stream.faults.add({ kind, drop: 'before', times: 1 });
    const dropped = await cli(...args);
    expect(JSON.parse(dropped.stderr)).toMatchObject({ error: { code: 'api-unreachable' } });
  });

  it('is sent the API token and no other credential of the environment', async () => {
    for (const name of ['API_KEY', 'EMAIL', 'API_USER_SERVICE_KEY']) {
      vi.stubEnv(`CLOUDFLARE_${name}`, 'not-to-be-sent');
    }
    let sent = '';
    const keep = async (_url: string, init?: RequestInit): Promise<Response> => {
      sent = JSON.stringify([...new Headers(init?.headers)]);
      return Response.json({ success: true, result: [] });
    };
    await run(['keys', 'list'], { env, fetch: keep });
    expect(sent).toContain(stream.apiToken);
    expect(sent).not.toContain('not-to-be-sent');
  });

  it.each([
    'keys create',
    'keys list',
    'keys revoke x --yes',
    `protect ${'0'.repeat(32)}`,
    `token ${'0'.repeat(32)}`,
  ])('is quoted without the API token where it repeats it (%s)', async (command) => {
    const repeat = async (_url: string, init?: RequestInit): Promise<Response> => {
      const message = `No such ${new Headers(init?.headers).get('Authorization')}.`;
      const errors = [
        { code: 1000, message },
        { code: 1001, message: stream.apiToken },
      ];
      return Response.json({ success: false, errors, result: null }, { status: 400 });
    };
    for (const json of [[], ['--json']]) {
      const args = [...command.split(' '), ...json];
      const { code, stdout, stderr } = await run(args, { env, fetch: repeat });
      expect(code).toBe(4);
      expect(stderr).toContain('No such Bearer ….');
      expect(stdout + stderr).not.toContain(stream.apiToken);
    }
  });

  it('is quoted where it refuses, and the API token is not', async () => {
    for (const args of [
      ['keys', 'list'],
      ['token', videoId],
      ['protect', videoId],
    ]) {
      const secret = 'v1-not-to-be-seen';
      const wrong = { ...env, CLOUDFLARE_API_TOKEN: secret };
      const { code, stderr } = await run(args, { env: wrong });
      expect(code).toBe(4);
      expect(stderr).toContain('Authentication error');
      expect(stderr).not.toContain(secret);
    }
  });
});
