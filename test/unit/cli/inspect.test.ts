import { describe, expect, it } from 'vitest';
import { createSigningKeyIssuer } from '../../../src/issuer/index.js';
import { createApiKey } from '../issuer/support/api-key.js';
import { run } from './support/run-cli.js';

const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';
const NOW = 1_604_416_038;
const now = (): number => NOW * 1000;
const key = createApiKey();
const issuer = createSigningKeyIssuer({ keyId: key.id, jwk: key.jwk, now });

/** The sample token of the vendor's page: its times are texts, and it names no video. */
const VENDORS_SAMPLE =
  'eyJhbGciOiJSUzI1NiIsImtpZCI6ImNkYzkzNTk4MmY4MDc1ZjJlZjk2MTA2ZDg1ZmNkODM4In0.' +
  'eyJraWQiOiJjZGM5MzU5ODJmODA3NWYyZWY5NjEwNmQ4NWZjZDgzOCIsImV4cCI6IjE2MjE4ODk2NTciLCJuYmYiOiIxNjIxODgyNDU3In0.' +
  'iHGMvwOh2-SuqUG7kp2GeLXyKvMavP-I2rYCni9odNwms7imW429bM2tKs3G9INms8gSc7fzm8hNEYWOhGHWRA';

const rules = {
  accessRules: [
    { type: 'ip.geoip.country', country: ['US', 'MX'], action: 'allow' },
    { type: 'ip.src', ip: ['93.184.216.0/24', '2400:cb00::/32'], action: 'allow' },
    { type: 'any', action: 'block' },
  ],
} as const;

const craft = (claims: object, header: object = { alg: 'RS256', kid: key.id }): string =>
  `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.c2ln`;
const inspect = (token: string, ...args: string[]) => run(['inspect', token, ...args], { now });

describe('inspect', () => {
  it('says in words what a token allows', async () => {
    const restrictions = { nbf: NOW - 1800, expiresIn: '12h', downloadable: true, ...rules };
    const { code, stdout } = await inspect(await issuer.issue(VIDEO, restrictions));
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        `Video      ${VIDEO}`,
        `Key        ${key.id}`,
        'Now        valid, as far as its times go',
        'From       2020-11-03 14:37:18 UTC, 30 minutes ago',
        'Until      2020-11-04 03:07:18 UTC, in 12 hours',
        'Lasting    12 hours 30 minutes',
        'Downloads  allowed',
        'Viewers    1. viewers in United States (US), Mexico (MX): allowed',
        '           2. viewers from 93.184.216.0/24, 2400:cb00::/32: allowed',
        '           3. everybody else: blocked',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [['--country', 'mx'], 'A viewer in Mexico (MX) meets rule 1 first: allowed'],
    [
      ['--country', 'GB', '--ip', '93.184.216.7'],
      'A viewer in United Kingdom (GB) from 93.184.216.7 meets rule 2 first: allowed',
    ],
    [['--country', 'GB', '--ip', '2400:cb01::1'], 'meets rule 3 first: blocked'],
    [['--country', 'GB'], 'rule 2 depends on the address, which is not known'],
    [['--ip', '93.184.216.7'], 'rule 1 depends on the country, which is not known'],
  ])('says which rule a viewer meets first: %j', async (args, sentence) => {
    const { stdout } = await inspect(await issuer.issue(VIDEO, rules), ...args);
    expect(stdout).toContain(sentence);
  });

  it('says that a viewer meets no rule', async () => {
    const accessRules = [{ type: 'ip.geoip.country', country: ['US'], action: 'block' }] as const;
    const { stdout } = await inspect(await issuer.issue(VIDEO, { accessRules }), '--country', 'GB');
    expect(stdout).toContain('A viewer in United Kingdom (GB) meets no rule: allowed');
  });

  const readable = { type: 'any', action: 'block' };
  it.each([
    [
      [{ type: 'ip.src', action: 'block' }, readable],
      '1. cannot be read\n           2. everybody else: blocked',
      'unknown, rule 1 cannot be read',
      { action: 'unknown', ruleIndex: 0 },
      [null, readable],
    ],
    [
      [readable, 'block'],
      '1. everybody: blocked\n           2. cannot be read',
      'unknown, rule 2 cannot be read',
      { action: 'unknown', ruleIndex: 1 },
      [readable, null],
    ],
    [
      { block: 'all' },
      'the rules are none that Stream takes',
      'unknown, the rules are none that Stream takes',
      { action: 'unknown' },
      undefined,
    ],
    [
      Array.from({ length: 6 }, () => readable),
      '1. everybody: blocked',
      'unknown, the rules are none that Stream takes',
      { action: 'unknown' },
      Array.from({ length: 6 }, () => readable),
    ],
  ])('gives no verdict of rules that Stream does not take: %j', async (...row) => {
    const [accessRules, viewers, verdict, decision, listed] = row;
    const token = craft({ sub: VIDEO, kid: key.id, exp: NOW + 9, accessRules });
    const { stdout } = await inspect(token, '--country', 'GB');
    expect(stdout).toContain(`\nViewers    ${viewers}`);
    expect(stdout).toContain(`\nVerdict    A viewer in United Kingdom (GB): ${verdict}\n`);
    expect(stdout).toMatch(/^Problem {4}accessRules/m);
    expect(stdout).not.toMatch(/^Warning/m);
    const json = (await inspect(token, '--country', 'GB', '--json')).json();
    expect(json['decision']).toEqual(decision);
    expect(json['accessRules']).toEqual(listed);
  });

  it('has the same as JSON', async () => {
    const token = await issuer.issue(VIDEO, { nbf: NOW + 60, ...rules });
    const { stdout } = await inspect(token, '--json', '--country', 'DE', '--ip', '192.0.2.1');
    expect(JSON.parse(stdout)).toEqual({
      videoId: VIDEO,
      keyId: key.id,
      state: 'not-yet-valid',
      nbf: NOW + 60,
      exp: NOW + 3600,
      lasting: { seconds: 3540, from: 'nbf' },
      downloadable: false,
      ...rules,
      viewer: { country: 'DE', ip: '192.0.2.1' },
      decision: { action: 'block', ruleIndex: 2 },
      problems: [],
      warnings: [],
    });
  });

  it.each([
    ['nbf', { nbf: NOW - 60, iat: NOW - 120, exp: NOW + 3600 }, 3660, '1 hour 1 minute'],
    ['iat', { iat: NOW - 60, exp: NOW + 3600 }, 3660, '1 hour 1 minute since it was made'],
    ['now', { exp: NOW + 3600 }, 3600, '1 hour from now'],
    ['now', { exp: String(NOW + 90) }, 90, '1 minute 30 seconds from now'],
    ['now', { exp: NOW - 60 }, 0, 'no time from now'],
    ['nbf', { nbf: NOW + 60, exp: NOW }, 0, 'no time'],
  ])('says for how long a token counts, as far as it tells: from %s', async (...row) => {
    const [from, times, seconds, words] = row;
    const token = craft({ sub: VIDEO, kid: key.id, ...times });
    expect((await inspect(token)).stdout).toContain(`\nLasting    ${words}\n`);
    expect((await inspect(token, '--json')).json()['lasting']).toEqual({ seconds, from });
  });

  it('says that a token without an end lasts for ever', async () => {
    const token = craft({ sub: VIDEO, kid: key.id, nbf: NOW });
    expect((await inspect(token)).stdout).toContain('\nLasting    without end\n');
    expect((await inspect(token, '--json')).json()).not.toHaveProperty('lasting');
  });

  it('finds the token in an address, and on standard input', async () => {
    const token = await issuer.issue(VIDEO);
    for (const address of [
      `https://videodelivery.net/${token}/manifest/video.m3u8?x=1`,
      `https://customer-a.cloudflarestream.com/${token}/iframe`,
    ]) {
      expect((await inspect(address)).stdout).toContain(VIDEO);
    }
    const readStdin = async (): Promise<string> => `${token}\n`;
    expect((await run(['inspect', '-'], { now, readStdin })).stdout).toContain(VIDEO);
  });

  it('reads the vendor’s own sample', async () => {
    const { code, stdout } = await inspect(VENDORS_SAMPLE);
    expect(code).toBe(0);
    expect(stdout).toContain('From       2021-05-24 18:54:17 UTC');
    expect(stdout).toContain('Until      2021-05-24 20:54:17 UTC');
    expect(stdout).toContain('Lasting    2 hours');
    expect(stdout).toContain('It names no video (sub).');
  });

  it.each([
    [
      'another algorithm',
      craft({ sub: VIDEO, kid: key.id, exp: NOW + 9 }, { alg: 'HS256', kid: key.id }),
      'RS256',
    ],
    ['two keys', craft({ sub: VIDEO, kid: 'other', exp: NOW + 9 }), 'two different keys'],
    ['no key', craft({ sub: VIDEO, exp: NOW + 9 }), 'kid'],
    ['no end', craft({ sub: VIDEO, kid: key.id }), 'no end'],
    ['an end too far', craft({ sub: VIDEO, kid: key.id, exp: NOW + 86_401 }), '24 hours'],
    [
      'an end before its start',
      craft({ sub: VIDEO, kid: key.id, exp: NOW, nbf: NOW }),
      'before it begins',
    ],
    ['odd times', craft({ sub: VIDEO, kid: key.id, exp: 'soon' }), 'exp is no number'],
    ['an odd video', craft({ sub: 'x', kid: key.id, exp: NOW + 9 }), '32 characters'],
    [
      'an odd flag',
      craft({ sub: VIDEO, kid: key.id, exp: NOW + 9, downloadable: 'yes' }),
      'downloadable',
    ],
    [
      'odd rules',
      craft({ sub: VIDEO, kid: key.id, exp: NOW + 9, accessRules: [{ type: 'x' }] }),
      'accessRules[0].type',
    ],
    ['claims Stream has not', craft({ sub: VIDEO, kid: key.id, exp: NOW + 9, aud: 'me' }), 'aud'],
  ])('names what is odd about a token with %s', async (_name, token, problem) => {
    const { code, stdout } = await inspect(token);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Problem {4}/m);
    expect(stdout).toContain(problem);
  });

  it('warns of rules that do something else than was meant', async () => {
    const accessRules = [{ type: 'ip.geoip.country', country: ['US'], action: 'allow' }] as const;
    const { stdout } = await inspect(await issuer.issue(VIDEO, { accessRules }));
    expect(stdout).toContain('Warning    accessRules: nothing is blocked');
  });

  it.each([
    ['https://videodelivery.net/5d5bc37ffcf54c9b82e996823bffbb81/manifest/video.m3u8'],
    ['eyJhbGciOiJSUzI1NiJ9.bm90aGluZw.c2ln'],
    ['one.two'],
    [''],
  ])('finds no token in %j', async (text) => {
    expect((await inspect(text)).code).toBe(2);
  });

  it.each([
    ['--country', 'Mexico'],
    ['--ip', '93.184.216.0/24'],
    ['--ip', 'localhost'],
  ])('refuses %s %s', async (...args) => {
    expect((await inspect(await issuer.issue(VIDEO), ...args)).code).toBe(2);
  });
});
