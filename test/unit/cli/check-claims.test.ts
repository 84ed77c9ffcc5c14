import { sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyToken } from '../../../demo/stream/access/verify-token.js';
import { SigningKeys, type CreatedKey } from '../../../demo/stream/state/signing-keys.js';
import { run, type CliResult } from './support/run-cli.js';

const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';
const OTHER_KEY = '8f926b2b01f383510025a78a4dcbf6a8';
const NOW = 1_604_416_038;

let keys: SigningKeys;
let key: CreatedKey;
let folder: string;
beforeAll(async () => {
  keys = await SigningKeys.create(NOW * 1000);
  key = await keys.createKey(NOW * 1000);
  folder = await mkdtemp(join(tmpdir(), 'signed-stream-'));
  await writeFile(join(folder, 'key.json'), JSON.stringify(key));
});
afterAll(() => rm(folder, { recursive: true }));

const check = (token: string, ...args: string[]): Promise<CliResult> => {
  const now = (): number => NOW * 1000;
  return run(['check', token, '--key', join(folder, 'key.json'), ...args], { now });
};

/** A token of the key's, good but for what is given: `undefined` leaves something out. */
function craft(claims: object, header: object = {}): string {
  const { id: kid, pem } = key;
  const parts = [
    { alg: 'RS256', kid, ...header },
    { sub: VIDEO, kid, exp: NOW + 60, ...claims },
  ];
  const text = parts
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(text), Buffer.from(pem, 'base64').toString());
  return `${text}.${signature.toString('base64url')}`;
}

function rules(country: readonly string[], more: object = {}): object {
  return { accessRules: [{ type: 'ip.geoip.country', country, action: 'allow', ...more }] };
}

const ANYBODY = { type: 'any', action: 'allow' };

type Case = readonly [mark: '✓' | '!' | '✗', name: string, claims: object, header?: object];

const CASES: readonly Case[] = [
  ['✓', 'all it needs', {}],
  ['✓', 'times as texts', { exp: String(NOW + 60), nbf: String(NOW - 60) }],
  ['✓', 'rules', rules(['GB'])],
  ['!', 'the moment it was made, as jsonwebtoken adds it', { iat: NOW }],
  ['!', 'an odd moment it was made', { iat: 'today' }],
  ['!', 'claims that Stream has not', { aud: 'members', user: 7 }],
  ['!', 'its key in the header alone', { kid: undefined }],
  ['!', 'its key in the claims alone', {}, { kid: undefined }],
  ['!', 'another key in its claims', { kid: OTHER_KEY }],
  ['!', 'no end', { exp: undefined }],
  ['!', 'an odd flag', { downloadable: 'yes' }],
  ['!', 'a country that there is not', rules(['UK', 'GB'])],
  ['!', 'more in a rule than belongs there', rules(['GB'], { note: 'for the BBC' })],
  ['✗', 'no video', { sub: undefined }],
  ['✗', 'no key', { kid: undefined }, { kid: undefined }],
  ['✗', 'an odd end', { exp: 'soon' }],
  ['✗', 'an odd start', { nbf: 'now' }],
  ['✗', 'an end too far', { exp: NOW + 86_401 }],
  ['✗', 'an end before its start', { nbf: NOW + 60 }],
  ['✗', 'an algorithm of another name', {}, { alg: 'RS384' }],
  ['✗', 'a country in words', rules(['Mexico'])],
  ['✗', 'a rule about nobody', rules([])],
  ['✗', 'a rule of no kind', rules(['GB'], { type: 'all' })],
  ['✗', 'too many rules', { accessRules: Array.from({ length: 6 }, () => ANYBODY) }],
  ['✗', 'no list of rules', { accessRules: 'none' }],
];

describe('check', () => {
  const cases = CASES.map(([mark, name, ...parts]) => ({ mark, name, parts }));
  it.each(cases)('says $mark of a token with $name, as Stream does', async ({ mark, parts }) => {
    const token = craft(...parts);
    const verified = verifyToken(token, keys, NOW);
    if (mark === '✗') await expect(verified).rejects.toMatchObject({ status: 401 });
    else await verified;
    const { code, stdout } = await check(token);
    expect(code).toBe(mark === '✗' ? 1 : 0);
    const marks = stdout.split('\n').map((line) => line.slice(0, 1));
    for (const other of ['!', '✗']) expect(marks.includes(other)).toBe(mark === other);
    expect((await check(token, '--json')).json()['ok']).toBe(mark !== '✗');
  });

  it('has warnings in JSON too', async () => {
    const json = (await check(craft({ iat: NOW }), '--json')).json();
    expect(json).toMatchObject({
      ok: true,
      checks: [
        { name: 'key', ok: true, status: 'ok' },
        { name: 'signature', ok: true, status: 'ok' },
        { name: 'time', ok: true, status: 'ok' },
        { name: 'claims', ok: true, status: 'warning', message: 'Stream knows no claim iat.' },
      ],
    });
  });
});
