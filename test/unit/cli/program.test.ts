import { describe, expect, it, vi } from 'vitest';
import { createApiKey } from '../issuer/support/api-key.js';
import { run } from './support/run-cli.js';

const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';
const key = createApiKey();
const env = { STREAM_KEY_ID: key.id, STREAM_KEY_JWK: key.jwk };
const ansi = '\u001B[';

describe('signed-stream', () => {
  it.each([
    [[]],
    [['keys']],
    [['nonsense']],
    [['sign']],
    [['sign', VIDEO, '--nonsense']],
    [['sign', VIDEO, 'more']],
    [['sign', 'no-uid']],
    [['protect', 'no-uid']],
    [['doctor', VIDEO]],
    [['doctor', VIDEO, '--endpoint', 'not an address']],
    [['doctor', VIDEO, '--endpoint', 'https://example.com', '--method', 'put']],
    [['doctor', VIDEO, '--endpoint', 'https://example.com', '--origin', 'example.com']],
    [['inspect', 'not-a-token']],
    [['check', 'a.b.c']],
  ])('ends with 2 and says why for %j', async (args) => {
    const { code, stdout, stderr } = await run(args, { env });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });

  it.each([
    ['keys create'],
    ['keys list'],
    ['keys revoke x --yes'],
    [`protect ${VIDEO}`],
    [`token ${VIDEO}`],
  ])('ends with 3 and names the variables where %s has no credentials', async (command) => {
    const { code, stderr } = await run(command.split(' '));
    expect(code).toBe(3);
    expect(stderr).toContain('CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN');
  });

  it.each([
    { CLOUDFLARE_API_TOKEN: 'not to be seen' },
    { CLOUDFLARE_API_TOKEN: 'not-to-be-seen\r' },
    { CLOUDFLARE_API_TOKEN: 'not-to-be-seen…' },
    { CLOUDFLARE_ACCOUNT_ID: 'not-to-be-seen\n' },
    { CLOUDFLARE_BASE_URL: 'not-to-be-seen' },
    { CLOUDFLARE_BASE_URL: 'ftp://example.com/not-to-be-seen' },
    { CLOUDFLARE_BASE_URL: 'https://not:to-be-seen@example.com' },
    { CLOUDFLARE_BASE_URL: 'https://example.com/?not-to-be-seen' },
  ])('ends with 3 and names the variable where it is malformed: %j', async (wrong) => {
    const credentials = { CLOUDFLARE_ACCOUNT_ID: 'a', CLOUDFLARE_API_TOKEN: 'b', ...wrong };
    const [name = ''] = Object.keys(wrong);
    for (const command of [
      'keys create',
      'keys list',
      'keys revoke x --yes',
      `protect ${VIDEO}`,
      `token ${VIDEO}`,
    ]) {
      const askNothing = vi.fn<typeof fetch>();
      const { code, stderr } = await run(command.split(' '), {
        env: credentials,
        fetch: askNothing,
      });
      expect(code).toBe(3);
      expect(stderr).toMatch(new RegExp(`^Error: ${name} .*\n$`));
      expect(stderr).not.toMatch(/not.to.be.seen/);
      expect(askNothing).not.toHaveBeenCalled();
    }
  });

  it.each([['keys create'], ['keys list'], ['keys revoke x --yes'], [`protect ${VIDEO}`]])(
    'ends with 3 and says how to install the SDK where %s needs it',
    async (command) => {
      const loadSdk = (): Promise<never> => Promise.reject(new Error('not installed'));
      const credentials = { CLOUDFLARE_ACCOUNT_ID: 'a', CLOUDFLARE_API_TOKEN: 'b' };
      const { code, stderr } = await run(command.split(' '), { env: credentials, loadSdk });
      expect(code).toBe(3);
      expect(stderr).toContain('npm install cloudflare');
    },
  );

  it.each([
    'keys',
    'keys create',
    'keys list',
    'keys revoke',
    'protect',
    'sign',
    'token',
    'inspect',
    'check',
    'doctor',
  ])('has help with examples for %s', async (command) => {
    const { code, stdout, stderr } = await run([...command.split(' '), '--help']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain('--json');
    expect(stdout).toMatch(new RegExp(`Examples?:\\n {2}\\$ signed-stream ${command}\\b`));
  });

  it('tells its exit codes', async () => {
    const { stdout } = await run(['--help']);
    for (const code of [0, 1, 2, 3, 4, 5])
      expect(stdout).toMatch(new RegExp(`^ {2}${code}  `, 'm'));
  });

  it.each([
    ['an error', new RangeError('not to be seen'), 'RangeError'],
    ['an error of the system', Object.assign(new Error('not'), { code: 'EIO' }), 'Error EIO'],
    ['a text', 'not to be seen', 'string'],
  ])(
    'ends with 5 and one line where %s is thrown that nobody has foreseen',
    async (_name, error, kind) => {
      const readStdin = (): Promise<string> => Promise.reject(error);
      const { code, stdout, stderr } = await run(['inspect', '-'], { readStdin });
      expect(code).toBe(5);
      expect(stdout).toBe('');
      expect(stderr).toBe(`Error: This should not have happened (${kind}).\n`);
      const inJson = await run(['inspect', '-', '--json'], { readStdin });
      expect(inJson.code).toBe(5);
      expect(JSON.parse(inJson.stderr)).toMatchObject({ error: { code: 'fault' } });
    },
  );

  it('writes errors as JSON where JSON is asked for, wherever the option stands', async () => {
    for (const args of [
      ['--json', 'inspect', 'nothing'],
      ['inspect', 'nothing', '--json'],
    ]) {
      const { stderr, stdout } = await run(args);
      expect(stdout).toBe('');
      expect(JSON.parse(stderr)).toEqual({
        error: { code: 'token-malformed', message: expect.any(String), details: [] },
      });
    }
  });

  it.each<readonly [readonly string[], string, readonly string[]]>([
    [[], 'A command is missing; --help lists them.', []],
    [['keys'], 'A command is missing; --help lists them.', []],
    [['sgn'], "unknown command 'sgn'", ['(Did you mean sign?)']],
    [['sign'], "missing required argument 'uid'", []],
    [['sign', VIDEO, '--nonsense'], "unknown option '--nonsense'", []],
    [['sign', VIDEO, '--exp'], "option '--exp <moment>' argument missing", []],
    [['doctor', VIDEO], "required option '--endpoint <url>' not specified", []],
  ])('writes an error of usage as JSON too: %j', async (args, message, details) => {
    for (const all of [
      [...args, '--json'],
      ['--json', ...args],
    ]) {
      const { code, stdout, stderr } = await run(all);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(JSON.parse(stderr)).toEqual({ error: { code: 'usage', message, details } });
    }
  });

  it('quotes no token that stands in a wrong place', async () => {
    const token = (await run(['sign', VIDEO], { env })).stdout.trim();
    for (const args of [
      [token],
      ['keys', token],
      ['check', `--token=${token}`],
      ['doctor', VIDEO, '--endpoint', 'https://example.com', '--method', token],
    ]) {
      for (const json of [[], ['--json']]) {
        const { code, stderr } = await run([...args, ...json], { env });
        expect(code).toBe(2);
        expect(stderr).toContain('…');
        expect(stderr).not.toContain(token.slice(0, 30));
        expect(stderr).not.toContain(token.slice(-30));
      }
    }
  });

  it.each<readonly [string, readonly string[], string]>([
    ['an option that there is not', ['keys', 'list', '--api-token=hunter2'], "'--api-token=…'"],
    ['an option that there is not', ['check', `--jwk=${key.jwkText}`], "'--jwk=…'"],
    ['a command', [key.jwk], "unknown command '…'"],
    ['a command', ['keys', key.pkcs1Pem], "unknown option '…'"],
    ['a choice', ['doctor', VIDEO, '--endpoint', 'x', '--method', key.jwkText], "argument '…'"],
    ['a choice', ['doctor', VIDEO, `--credentials=it's ${key.jwk}`], "argument '…'"],
    ['an id', ['keys', 'revoke', key.jwk], 'no id of a key'],
    ['an argument too many', ['check', 'a.b.c', key.jwk], 'too many arguments'],
    ['a key file', ['check', 'e30.e30.e30', '--key', key.jwk], 'not the key'],
    ['a key file', ['sign', VIDEO, '--key-file', key.jwkText], 'not the key'],
    ['a key file', ['sign', VIDEO, `--key-file=${key.pkcs1Pem}`], 'not the key'],
  ])('quotes no secret that stands in the place of %s', async (_name, args, words) => {
    const secrets = [key.jwk, key.jwkText, key.pkcs1Pem].map((text) => text.slice(40, 80));
    for (const json of [[], ['--json']]) {
      const { code, stdout, stderr } = await run([...args, ...json]);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain(words);
      for (const secret of ['hunter2', ...secrets]) expect(stderr).not.toContain(secret);
    }
  });

  it.each([
    ['sign', VIDEO],
    ['check', 'e30.e30.e30'],
  ])('quotes no key that stands in STREAM_KEY_ID (%s)', async (...args) => {
    const swapped = { STREAM_KEY_ID: key.jwk, STREAM_KEY_JWK: key.jwk };
    const { code, stderr } = await run(args, { env: swapped });
    expect(code).toBe(3);
    expect(stderr).toBe('Error: STREAM_KEY_ID is no id of a key.\n');
  });

  it('names a key file that is not there', async () => {
    const { code, stderr } = await run(['sign', VIDEO, '--key-file', './no/key.json']);
    expect(code).toBe(2);
    expect(stderr).toBe('Error: The key file ./no/key.json cannot be read.\n');
  });

  it('has colour in a terminal only, and there only if it is wanted', async () => {
    const token = (await run(['sign', VIDEO], { env })).stdout.trim();
    const colours = async (isTTY: boolean, more: Record<string, string> = {}): Promise<boolean> => {
      const { stdout } = await run(['check', token], { env: { ...env, ...more }, isTTY });
      return stdout.includes(ansi);
    };
    expect(await colours(true)).toBe(true);
    expect(await colours(false)).toBe(false);
    expect(await colours(true, { NO_COLOR: '1' })).toBe(false);
    expect(await colours(true, { TERM: 'dumb' })).toBe(false);
  });
});
