import { describe, expect, it } from 'vitest';
import {
  allowCountries,
  allowRanges,
  blockAll,
  blockCountries,
  blockRanges,
  checkRestrictions,
  decideAccess,
} from '../../../src/issuer/index.js';

const NOW = 1_604_416_038;
const HOUR = 3_600;
const DAY = 24 * HOUR;

const faultsOf = (input: unknown): string[] =>
  checkRestrictions(input, NOW).faults.map(({ path, message }) => `${path}: ${message}`);
const faultPathsOf = (input: unknown): string[] =>
  checkRestrictions(input, NOW).faults.map(({ path }) => path);
const warningsOf = (accessRules: unknown): string[] =>
  checkRestrictions({ accessRules }, NOW).warnings.map(({ code, path }) => `${code} ${path}`);

describe('checkRestrictions: times', () => {
  it.each([
    [{}, HOUR],
    [{ expiresIn: 90 }, 90],
    [{ expiresIn: '90' }, 90],
    [{ expiresIn: '90s' }, 90],
    [{ expiresIn: '15m' }, 900],
    [{ expiresIn: '12h' }, 12 * HOUR],
    [{ expiresIn: '1h30m' }, 5_400],
    [{ expiresIn: '1d' }, DAY],
    [{ expiresIn: DAY }, DAY],
    [{ exp: NOW + DAY }, DAY],
    [{ exp: NOW + 1 }, 1],
  ])('%j lasts %d seconds', (input, seconds) => {
    expect(checkRestrictions(input, NOW).restrictions).toEqual({ exp: NOW + seconds });
  });

  it.each([
    [{ exp: NOW + DAY + 1 }, 'exp'],
    [{ exp: NOW }, 'exp'],
    [{ exp: NOW - 1 }, 'exp'],
    [{ exp: (NOW + HOUR) * 1000 }, 'exp'],
    [{ exp: NOW + 0.5 }, 'exp'],
    [{ exp: String(NOW + HOUR) }, 'exp'],
    [{ exp: Number.NaN }, 'exp'],
    [{ exp: Number.POSITIVE_INFINITY }, 'exp'],
    [{ exp: new Date() }, 'exp'],
    [{ expiresIn: DAY + 1 }, 'expiresIn'],
    [{ expiresIn: '25h' }, 'expiresIn'],
    [{ expiresIn: 0 }, 'expiresIn'],
    [{ expiresIn: -5 }, 'expiresIn'],
    [{ expiresIn: 1.5 }, 'expiresIn'],
    [{ expiresIn: '' }, 'expiresIn'],
    [{ expiresIn: '12 hours' }, 'expiresIn'],
    [{ expiresIn: '30m12h' }, 'expiresIn'],
    [{ expiresIn: null }, 'expiresIn'],
    [{ exp: NOW + 5, expiresIn: 5 }, 'expiresIn'],
    [{ nbf: NOW + HOUR, expiresIn: HOUR }, 'nbf'],
    [{ nbf: NOW + 2 * HOUR }, 'nbf'],
    [{ nbf: NOW + 10, exp: NOW + 10 }, 'nbf'],
    [{ nbf: -1 }, 'nbf'],
    [{ nbf: 'now' }, 'nbf'],
  ])('refuses %j', (input, path) => {
    const check = checkRestrictions(input, NOW);
    expect(check.restrictions).toBeUndefined();
    expect(check.faults.map((fault) => fault.path)).toEqual([path]);
  });

  it('keeps nbf where it lies before the end', () => {
    const input = { nbf: NOW + 60, expiresIn: 120 };
    expect(checkRestrictions(input, NOW).restrictions).toEqual({ nbf: NOW + 60, exp: NOW + 120 });
  });

  it('counts from the whole second it is in', () => {
    expect(checkRestrictions({ expiresIn: 60 }, NOW + 0.9).restrictions).toEqual({ exp: NOW + 60 });
  });

  it('tells milliseconds from seconds', () => {
    expect(faultsOf({ exp: 1_604_416_038_000 })[0]).toMatch(/milliseconds/);
  });
});

describe('checkRestrictions: shape', () => {
  it('names all faults at once, each with its place', () => {
    const input = {
      expiresIn: '3 days',
      nbf: 'soon',
      downloadable: 'yes',
      expires: 5,
      accessRules: [
        { type: 'country', action: 'allow', country: ['US'] },
        { type: 'ip.geoip.country', action: 'deny', country: ['US', 'us', 'UK', 'QQ', 7] },
        { type: 'ip.src', action: 'block', ip: ['10.0.0.0/33', '::1/129', 'host', '1.2.3'] },
        { type: 'any', action: 'block', country: ['US'] },
        'any',
        { type: 'ip.src', action: 'allow' },
      ],
    };
    expect(faultPathsOf(input).toSorted()).toEqual(
      [
        'expires',
        'nbf',
        'expiresIn',
        'downloadable',
        'accessRules',
        'accessRules[0].type',
        'accessRules[1].action',
        'accessRules[1].country[1]',
        'accessRules[1].country[2]',
        'accessRules[1].country[3]',
        'accessRules[1].country[4]',
        'accessRules[2].ip[0]',
        'accessRules[2].ip[1]',
        'accessRules[2].ip[2]',
        'accessRules[2].ip[3]',
        'accessRules[3].country',
        'accessRules[4]',
        'accessRules[5].ip',
      ].toSorted(),
    );
  });

  it.each([null, undefined, 'expiresIn', 5, []])('refuses %j in place of an object', (input) => {
    expect(checkRestrictions(input, NOW).faults).toHaveLength(1);
  });

  it('ignores properties that are undefined', () => {
    const input = { exp: undefined, expiresIn: 5, nbf: undefined, accessRules: undefined };
    expect(checkRestrictions(input, NOW).restrictions).toEqual({ exp: NOW + 5 });
  });

  it('leaves out an empty list of rules', () => {
    expect(checkRestrictions({ accessRules: [] }, NOW).restrictions).toEqual({ exp: NOW + HOUR });
  });

  it('freezes what it has checked, and does not keep what it was given', () => {
    const country = ['US'];
    const rule = { type: 'ip.geoip.country', action: 'block', country };
    const { restrictions } = checkRestrictions({ accessRules: [rule] }, NOW);
    country.push('nowhere');
    const checked = restrictions?.accessRules?.[0];
    expect(checked).toEqual({ type: 'ip.geoip.country', action: 'block', country: ['US'] });
    for (const part of [restrictions, restrictions?.accessRules, checked]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(Object.isFrozen(checked?.type === 'ip.geoip.country' && checked.country)).toBe(true);
  });
});

describe('checkRestrictions: access rules', () => {
  it('takes five rules, and no sixth', () => {
    const rules = ['US', 'MX', 'DE', 'FR'].map((code) => allowCountries(code));
    expect(faultsOf({ accessRules: [...rules, blockAll()] })).toEqual([]);
    expect(faultPathsOf({ accessRules: [...rules, rules[0], blockAll()] })).toEqual([
      'accessRules',
    ]);
  });

  it('knows every country code there is, and no other', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
    const accepted = letters
      .flatMap((first) => letters.map((second) => first + second))
      .filter((code) => faultsOf({ accessRules: [blockCountries(code)] }).length === 0);
    expect(accepted).toHaveLength(249);
    expect(accepted.filter((code) => names.of(code) === undefined)).toEqual([]);
  });

  it.each([
    ['uk', 'GB'],
    ['UK', 'GB'],
    ['us', 'US'],
    ['EL', 'GR'],
  ])('suggests another code for %s', (code, suggestion) => {
    expect(faultsOf({ accessRules: [blockCountries(code)] })[0]).toContain(`"${suggestion}"?`);
  });

  it.each(['', 'U', 'USA', 'XX', 'T1', 'ZZ', 'EU', 'A ', 'U S', 'AD AE'])(
    'knows no country %j',
    (code) => {
      expect(faultPathsOf({ accessRules: [blockCountries(code)] })).toEqual([
        'accessRules[0].country[0]',
      ]);
    },
  );

  it.each([
    '93.184.216.34',
    '93.184.216.0/24',
    '0.0.0.0/0',
    '255.255.255.255/32',
    '2400:cb00::/32',
    '2400:CB00::1',
    '::/0',
    '::ffff:93.184.216.34',
    '1:2:3:4:5:6:7:8/128',
  ])('takes the range %s', (range) => {
    expect(faultsOf({ accessRules: [allowRanges(range)] })).toEqual([]);
  });

  it.each([
    '',
    '93.184.216',
    '93.184.216.256',
    '093.184.216.34',
    '0x5d.184.216.34',
    '1572395042',
    '93.184.216.0/',
    '93.184.216.0/33',
    '93.184.216.0/024',
    '93.184.216.0/-1',
    '93.184.216.0/24/8',
    '93.184.216.0 /24',
    ' 93.184.216.0',
    'fe80::1%eth0',
    '2400:cb00::/129',
    '2400::cb00::1',
    '12345::',
    ':::',
    '*',
    'example.com',
  ])('refuses %j as a range', (range) => {
    expect(faultPathsOf({ accessRules: [allowRanges(range)] })).toEqual(['accessRules[0].ip[0]']);
  });

  it.each([
    [{ type: 'any', action: 'block', ip: ['::/0'] }, 'accessRules[0].ip'],
    [{ type: 'ip.src', action: 'block', ip: ['::/0'], country: ['US'] }, 'accessRules[0].country'],
    [{ type: 'ip.geoip.country', action: 'block', country: 'US' }, 'accessRules[0].country'],
    [{ type: 'ip.geoip.country', action: 'block', country: [] }, 'accessRules[0].country'],
    [{ type: 'any' }, 'accessRules[0].action'],
    [{ action: 'block' }, 'accessRules[0].type'],
    [null, 'accessRules[0]'],
  ])('refuses the rule %j', (rule, path) => {
    expect(faultPathsOf({ accessRules: [rule] })).toEqual([path]);
  });

  it('keeps a value it complains of short and on one line', () => {
    const [fault] = faultsOf({ accessRules: [blockCountries(`\n${'x'.repeat(500)}`)] });
    expect(fault).not.toContain('\n');
    expect(fault?.length).toBeLessThan(150);
  });
});

describe('checkRestrictions: warnings', () => {
  const bothFamilies = ['93.184.216.0/24', '2400:cb00::/32'];

  it.each([
    [
      'the vendor’s own example',
      [allowCountries('US', 'MX'), allowRanges(...bothFamilies), blockAll()],
    ],
    ['a block list', [blockCountries('US', 'DE', 'MX')]],
    ['ranges of both families', [blockRanges(...bothFamilies)]],
  ])('has none for %s', (_name, rules) => {
    expect(warningsOf(rules)).toEqual([]);
  });

  it.each([
    ['rules that only allow', [allowCountries('GB')], ['allows-everybody accessRules']],
    ['a block of everybody', [blockAll()], ['blocks-everybody accessRules']],
    [
      'a rule behind one that matches everybody',
      [allowCountries('GB'), blockAll(), allowCountries('US')],
      ['unreachable-rule accessRules[2]'],
    ],
    [
      'a rule whose countries are all named before',
      [allowCountries('GB'), allowCountries('US'), blockCountries('GB', 'US'), blockAll()],
      ['unreachable-rule accessRules[2]'],
    ],
    [
      'one country that is named before',
      [allowCountries('GB'), blockCountries('US', 'GB')],
      ['unreachable-rule accessRules[1].country[1]'],
    ],
    [
      'a range that two earlier ranges cover together',
      [
        allowRanges('198.51.100.0/25', '198.51.100.128/25', '2400:cb00::/32'),
        blockRanges('198.51.100.0/24', '2400:cb00:1::/48'),
      ],
      ['unreachable-rule accessRules[1]'],
    ],
    ['IPv4 alone', [blockRanges('93.184.216.0/24')], ['one-address-family accessRules[0].ip']],
    ['IPv6 alone', [blockRanges('2400:cb00::/32')], ['one-address-family accessRules[0].ip']],
    [
      'single addresses',
      [blockRanges('93.184.216.34', '2400:cb00::1/128')],
      ['single-address accessRules[0].ip[0]', 'single-address accessRules[0].ip[1]'],
    ],
    [
      'bits behind the prefix',
      [blockRanges('93.184.216.34/24', '2400:cb00::/32')],
      ['host-bits accessRules[0].ip[0]'],
    ],
    [
      'a private range, which no viewer comes from',
      [blockRanges('192.168.0.0/16', 'fd00::/8')],
      ['unreachable-rule accessRules[0]'],
    ],
    [
      'IPv4 written as IPv6',
      [blockRanges('::ffff:93.184.216.0/120', ...bothFamilies)],
      ['unreachable-rule accessRules[0].ip[0]'],
    ],
    [
      'a country listed twice',
      [blockCountries('US', 'MX', 'US')],
      ['repeated-entry accessRules[0].country[2]'],
    ],
  ])('has one for %s', (_name, rules, expected) => {
    expect(warningsOf(rules)).toEqual(expected);
  });

  it('has one for rules so long that an address may not hold the token', () => {
    const ranges = Array.from({ length: 256 }, (_, index) => [
      `198.${index}.0.0/16`,
      `2400:${index.toString(16)}::/32`,
    ]).flat();
    expect(warningsOf([blockRanges(...ranges)])).toEqual(['long-token accessRules']);
  });

  it('has none beside faults', () => {
    expect(warningsOf([allowCountries('GB'), { type: 'any' }])).toEqual([]);
  });
});

describe('decideAccess', () => {
  const rules = [
    allowCountries('US', 'MX'),
    allowRanges('93.184.216.0/24', '2400:cb00::/32'),
    blockAll(),
  ];

  it.each([
    [{ country: 'MX', ip: '198.51.100.7' }, 'allow', 0],
    [{ country: 'GB', ip: '93.184.216.255' }, 'allow', 1],
    [{ country: 'GB', ip: '::ffff:93.184.216.34' }, 'allow', 1],
    [{ country: 'GB', ip: '2400:cb00:ffff::' }, 'allow', 1],
    [{ country: 'GB', ip: '2400:cb01::' }, 'block', 2],
    [{ country: 'GB' }, 'unknown', 1],
    [{ ip: '93.184.216.34' }, 'unknown', 0],
    [{ country: 'GB', ip: 'nonsense' }, 'unknown', 1],
  ])('%j: %s by rule %d', (viewer, action, ruleIndex) => {
    expect(decideAccess(rules, viewer)).toEqual({ action, ruleIndex });
  });

  it('allows whom no rule matches', () => {
    const decision = decideAccess([blockCountries('US')], { country: 'GB' });
    expect(decision).toEqual({ action: 'allow', ruleIndex: undefined });
  });
});
