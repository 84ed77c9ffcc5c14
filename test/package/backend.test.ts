import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalStream, type LocalStream } from '../../demo/stream/start.js';
import { compile, type Compilation } from './support/compile.js';
import { createPackedProject, type PackedProject } from './support/packed-project.js';

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';

let project: PackedProject;
beforeAll(() => {
  project = createPackedProject();
});
afterAll(() => {
  project.remove();
});

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function runNode(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd = project.folder,
): Promise<Result> {
  return new Promise((resolve) => {
    const options = { cwd, env: { PATH: process.env['PATH'], ...env } };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

describe('the command of the packed package', () => {
  let stream: LocalStream;
  let account: Record<string, string>;
  const command = (args: string, env?: Record<string, string>, cwd?: string): Promise<Result> => {
    const script = join(project.folder, 'node_modules/signed-stream/dist/cli.js');
    return runNode([script, ...args.split(' ')], env, cwd);
  };

  beforeAll(async () => {
    stream = await startLocalStream();
    account = {
      CLOUDFLARE_ACCOUNT_ID: stream.accountId,
      CLOUDFLARE_API_TOKEN: stream.apiToken,
      CLOUDFLARE_BASE_URL: `${stream.origins.api}/client/v4`,
    };
  });
  afterAll(() => stream.close());

  it('signs, inspects and checks without anything else installed', async () => {
    const { id, jwk } = await stream.createKey();
    const env = { STREAM_KEY_ID: id, STREAM_KEY_JWK: jwk };
    const { stdout: token } = await command(`sign ${VIDEO} --allow-country GB --block-all`, env);
    expect((await command(`inspect ${token.trim()}`)).stdout).toContain('United Kingdom (GB)');
    expect(await command(`check ${token.trim()}`, env)).toMatchObject({ code: 0, stderr: '' });
    expect(await command(`check ${token.trim().slice(0, -9)}`, env)).toMatchObject({ code: 1 });
  });

  it('says how to install the official SDK, and finds it in the folder it is run in', async () => {
    const without = await command('keys list', account);
    expect(without).toMatchObject({ code: 3, stdout: '' });
    expect(without.stderr).toContain('npm install cloudflare');
    const elsewhere = join(project.folder, 'elsewhere');
    mkdirSync(join(elsewhere, 'node_modules'), { recursive: true });
    symlinkSync(
      join(MODULES, 'cloudflare'),
      join(elsewhere, 'node_modules/cloudflare'),
      'junction',
    );
    const { code, stdout } = await command('keys list --json', account, elsewhere);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      keys: expect.arrayContaining([expect.objectContaining({ id: stream.defaultKeyId })]),
    });
  });

  it('writes no colour into a pipe', async () => {
    const { stdout, stderr } = await command('--help');
    expect(stdout + stderr).not.toContain('\u001B[');
  });
});

describe('the types of the packed issuer', () => {
  const SOURCE = `
    import { createServer } from 'node:http';
    import {
      allowCountries, blockAll, createApiIssuer, createSigningKeyIssuer, createTokenHandler, toNodeHandler,
    } from 'signed-stream/issuer';

    const issuer = createSigningKeyIssuer({ keyId: 'id', jwk: { kty: 'RSA' } });
    export const GET = createTokenHandler({
      issuer,
      authorize: async (request, videoId) => request.headers.has('Cookie') && videoId !== '',
      restrictions: { accessRules: [allowCountries('GB'), blockAll()] },
    });
    createServer(toNodeHandler(GET));
    interface Env { readonly MEMBERS: string }
    export const worker = {
      fetch: createTokenHandler({
        issuer: createApiIssuer({ accountId: 'a', apiToken: 'b', fetch }),
        authorize: (_request, _videoId, env: Env) => env.MEMBERS === '*' || 'unauthenticated',
      }),
    };
    void worker.fetch(new Request('https://example.com'), { MEMBERS: '' });`;

  const compileIssuer = (source: string): Promise<Compilation> =>
    compile(
      project.folder,
      'consumer.ts',
      source,
      '--module nodenext --skipLibCheck false --lib es2023 --types node',
    );

  beforeAll(() => {
    mkdirSync(join(project.folder, 'node_modules/@types'));
    for (const name of ['@types/node', 'undici-types']) {
      symlinkSync(join(MODULES, name), join(project.folder, 'node_modules', name), 'junction');
    }
  });

  it('need no types of a page', async () => {
    expect(await compileIssuer(SOURCE)).toEqual({ code: 0, output: '' });
  });

  it.each([
    ["accessRules: [allowCountries('GB'), blockAll()]", "accessRules: [{ type: 'any' }]"],
    ["request.headers.has('Cookie') && videoId !== ''", '({ id: 7 })'],
    ["{ MEMBERS: '' }", '{}'],
  ])('refuse a mistake: %s → %s', async (right, wrong) => {
    expect(SOURCE).toContain(right);
    expect((await compileIssuer(SOURCE.replace(right, wrong))).code).not.toBe(0);
  });
});
