import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  isAllowed,
  parseAccessRules,
  type AccessRule,
} from '../../../demo/stream/access/access-rules.js';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import { StreamClient } from './stream-client.js';

const BLOCK_ALL: AccessRule = { type: 'any', action: 'block' };

describe('isAllowed', () => {
  const fromRanges = (...ip: string[]): AccessRule[] => [
    { type: 'ip.src', action: 'allow', ip },
    BLOCK_ALL,
  ];
  const fromCountries = (...country: string[]): AccessRule[] => [
    { type: 'ip.geoip.country', action: 'allow', country },
    BLOCK_ALL,
  ];

  it.each<[string, AccessRule[], string | undefined, string | undefined, boolean]>([
    ['no rules', [], '192.0.2.1', 'DE', true],
    [
      'no rule matches',
      [{ ...BLOCK_ALL, type: 'ip.src', ip: ['10.0.0.1'] }],
      '192.0.2.1',
      'DE',
      true,
    ],
    ['any, block', [BLOCK_ALL], '192.0.2.1', 'DE', false],
    [
      'the first match decides',
      [{ type: 'any', action: 'allow' }, BLOCK_ALL],
      '192.0.2.1',
      'DE',
      true,
    ],
    ['IPv4 address', fromRanges('192.0.2.1'), '192.0.2.1', undefined, true],
    ['another IPv4 address', fromRanges('192.0.2.1'), '192.0.2.2', undefined, false],
    ['inside an IPv4 range', fromRanges('192.0.2.0/24'), '192.0.2.77', undefined, true],
    ['outside an IPv4 range', fromRanges('192.0.2.0/24'), '192.0.3.1', undefined, false],
    ['inside an IPv6 range', fromRanges('2001:db8::/32'), '2001:db8:1::9', undefined, true],
    ['outside an IPv6 range', fromRanges('2001:db8::/32'), '2001:db9::1', undefined, false],
    ['IPv4 rule, IPv6 viewer', fromRanges('0.0.0.0/0'), '2001:db8::1', undefined, false],
    ['IPv6 rule, IPv4 viewer', fromRanges('::/0'), '192.0.2.1', undefined, false],
    ['one range of both families', fromRanges('10.0.0.0/8', '::/0'), '::1', undefined, true],
    [
      'IPv4 on a dual-stack socket',
      fromRanges('192.0.2.0/24'),
      '::ffff:192.0.2.5',
      undefined,
      true,
    ],
    ['the country', fromCountries('DE', 'FR'), '192.0.2.1', 'FR', true],
    ['another country', fromCountries('DE', 'FR'), '192.0.2.1', 'US', false],
    ['a country nobody knows', fromCountries('DE'), '192.0.2.1', undefined, false],
  ])('%s', (_case, rules, ip, country, expected) => {
    expect(isAllowed(rules, { ip, country })).toBe(expected);
  });
});

describe('parseAccessRules', () => {
  it.each([
    ['no list', {}],
    ['no object', ['any']],
    ['an unknown type', [{ type: 'ip', action: 'allow' }]],
    ['an unknown action', [{ type: 'any', action: 'deny' }]],
    ['no addresses', [{ type: 'ip.src', action: 'allow' }]],
    ['no address at all', [{ type: 'ip.src', action: 'allow', ip: ['here'] }]],
    ['a range too wide', [{ type: 'ip.src', action: 'allow', ip: ['10.0.0.0/33'] }]],
    ['no countries', [{ type: 'ip.geoip.country', action: 'block', country: [] }]],
    ['a long country', [{ type: 'ip.geoip.country', action: 'block', country: ['GBR'] }]],
    ['six rules', Array.from({ length: 6 }, () => BLOCK_ALL)],
  ])('refuses %s, in words', (_case, rules) => {
    expect(parseAccessRules(rules)).toEqual(expect.any(String));
  });

  it('keeps five good rules as they are', () => {
    const rules = Array.from({ length: 5 }, () => ({
      type: 'ip.src',
      action: 'allow',
      ip: ['::1', '10.0.0.0/8'],
    }));
    expect(parseAccessRules(rules)).toEqual(rules);
  });
});

describe('rules of a token', () => {
  let client: StreamClient;
  beforeAll(async () => {
    client = await StreamClient.start();
  });
  afterEach(() => client.reset());
  afterAll(() => client.stream.close());

  it('meet the address the viewer connects from', async () => {
    const allow = async (ip: string) =>
      client.token(SAMPLE_UIDS.pathToken, {
        accessRules: [{ type: 'ip.src', action: 'allow', ip: [ip] }, BLOCK_ALL],
      });
    expect(await client.manifestStatus(await allow('127.0.0.0/8'))).toBe(200);
    expect(await client.manifestStatus(await allow('192.0.2.0/24'))).toBe(403);
  });

  it.each([SAMPLE_UIDS.pathToken, SAMPLE_UIDS.ownSignature, SAMPLE_UIDS.tokenBoundNames])(
    'are asked again at every segment, as the viewer may move (%s)',
    async (uid) => {
      client.stream.viewer.country = 'DE';
      const token = await client.token(uid, {
        accessRules: [{ type: 'ip.geoip.country', action: 'block', country: ['US'] }],
      });
      const segment = await client.firstSegment(token);
      expect(await client.status(segment)).toBe(200);
      client.stream.viewer.country = 'US';
      expect(await client.status(segment)).toBe(403);
    },
  );
});
