import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../issuer/support/api-key.js';
import { isSignedBy, readToken } from '../issuer/support/read-token.js';
import { run } from './support/run-cli.js';

const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';
const NOW = 1_604_416_038;
const now = (): number => NOW * 1000;
const key = createApiKey();
const env = { STREAM_KEY_ID: key.id, STREAM_KEY_JWK: key.jwk };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signed-stream-'));
});
afterAll(() => rm(folder, { recursive: true }));

const write = async (name: string, text: string): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
};
const claimsOf = async (...args: string[]): Promise<Record<string, unknown>> => {
  const { code, stdout, stderr } = await run(['sign', VIDEO, ...args], { env, now });
  expect([code, stderr.replace(/^Warning: .*\n/gm, '')]).toEqual([0, '']);
  return readToken(stdout.trim()).claims;
};

describe('sign', () => {
  it('prints the token and nothing else', async () => {
    const { stdout, stderr } = await run(['sign', VIDEO], { env, now });
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(stderr).toBe('');
    expect(isSignedBy(stdout.trim(), key.publicKey)).toBe(true);
  });

  it('takes every restriction there is', async () => {
    expect(await claimsOf()).toEqual({ sub: VIDEO, kid: key.id, exp: NOW + 3600 });
    expect(await claimsOf('--expires-in', '12h', '--downloadable')).toMatchObject({
      exp: NOW + 43_200,
      downloadable: true,
    });
    expect(
      await claimsOf('--exp', String(NOW + 60), '--nbf', '2020-11-03T15:07:20Z'),
    ).toMatchObject({
      exp: NOW + 60,
      nbf: NOW + 2,
    });
  });

  it('keeps rules in the order in which they are written', async () => {
    const rules = ['--block-range', '198.51.100.0/24, 2001:db8::/32', '--allow-country', 'US,MX'];
    const more = ['--access-rules', '[{"type":"any","action":"block"}]'];
    expect((await claimsOf(...rules, ...more))['accessRules']).toEqual([
      { type: 'ip.src', action: 'block', ip: ['198.51.100.0/24', '2001:db8::/32'] },
      { type: 'ip.geoip.country', action: 'allow', country: ['US', 'MX'] },
      { type: 'any', action: 'block' },
    ]);
    expect(
      (await claimsOf('--allow-range', '1.0.0.0/8', '--block-country', 'DE', '--block-all'))[
        'accessRules'
      ],
    ).toHaveLength(3);
  });

  it('names every fault of the restrictions', async () => {
    const args = [
      'sign',
      VIDEO,
      '--expires-in',
      '2d',
      '--block-country',
      'UK,US',
      '--block-range',
      'x',
    ];
    const { code, stderr } = await run(args, { env, now });
    expect(code).toBe(2);
    expect(stderr).toContain('expiresIn:');
    expect(stderr).toContain('accessRules[0].country[0]:');
    expect(stderr).toContain('accessRules[1].ip[0]:');
  });

  it.each([
    ['--exp', 'tomorrow'],
    ['--exp', '2020-11-03T16:00'],
    ['--nbf', '2020-13-03T16:00Z'],
    ['--access-rules', '{}'],
    ['--access-rules', 'no json'],
  ])('refuses %s %s', async (...args) => {
    expect((await run(['sign', VIDEO, ...args], { env, now })).code).toBe(2);
  });

  it('warns on standard error, or in the JSON', async () => {
    const args = ['sign', VIDEO, '--allow-country', 'GB'];
    const { stdout, stderr } = await run(args, { env, now });
    expect(stderr).toMatch(/^Warning: accessRules: nothing is blocked/);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const inJson = await run([...args, '--json'], { env, now });
    expect(inJson.stderr).toBe('');
    expect(inJson.json()).toMatchObject({
      token: expect.any(String),
      claims: { sub: VIDEO, kid: key.id, exp: NOW + 3600 },
      warnings: [{ code: 'allows-everybody' }],
    });
  });

  it.each([
    ['what keys create writes', () => JSON.stringify({ id: key.id, jwk: key.jwk, pem: key.pem })],
    ['the API’s own answer', () => JSON.stringify({ result: { id: key.id, pem: key.pem } })],
    ['a JWK', () => key.jwkText],
  ])('takes a key file with %s', async (_name, text) => {
    const file = await write('key.json', text());
    const { stdout } = await run(['sign', VIDEO, '--key-file', file], { now });
    expect(isSignedBy(stdout.trim(), key.publicKey)).toBe(true);
  });

  it('takes a PEM, whose id must be told', async () => {
    const file = await write('key.pem', key.pkcs1Pem);
    const args = ['sign', VIDEO, '--key-file', file];
    expect((await run(args)).stderr).toContain('--key-id');
    const { stdout } = await run([...args, '--key-id', key.id]);
    expect(isSignedBy(stdout.trim(), key.publicKey)).toBe(true);
    const inEnv = await run(['sign', VIDEO], {
      env: { STREAM_KEY_ID: key.id, STREAM_KEY_PEM: key.pem },
    });
    expect(isSignedBy(inEnv.stdout.trim(), key.publicKey)).toBe(true);
  });

  it('says what is wrong with a key, and never shows it', async () => {
    const broken = await write('broken.json', key.jwkText.slice(0, 700));
    const wrong = await write('wrong.json', JSON.stringify({ id: key.jwk, jwk: key.pem }));
    for (const args of [
      ['--key-file', join(folder, 'missing.json')],
      ['--key-file', broken],
      ['--key-file', wrong],
    ]) {
      const { code, stderr } = await run(['sign', VIDEO, ...args]);
      expect(code).toBe(2);
      expect(stderr.length).toBeLessThan(250);
      expect(stderr).not.toContain(key.jwk.slice(0, 30));
    }
    const { code, stderr } = await run(['sign', VIDEO]);
    expect(code).toBe(3);
    expect(stderr).toContain('STREAM_KEY_ID');
  });
});
