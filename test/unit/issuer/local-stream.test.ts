import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLocalStream, type LocalStream } from '../../../demo/stream/start.js';
import {
  allowCountries,
  allowRanges,
  blockAll,
  blockCountries,
  createApiIssuer,
  createSigningKeyIssuer,
  type Restrictions,
  type SigningKeyIssuer,
  type TokenIssuer,
} from '../../../src/issuer/index.js';

let stream: LocalStream;
let issuers: {
  readonly jwk: SigningKeyIssuer;
  readonly pem: SigningKeyIssuer;
  readonly api: TokenIssuer;
};
let videoId: string;

beforeAll(async () => {
  stream = await startLocalStream();
  const { id: keyId, jwk, pem } = await stream.createKey();
  const { accountId, apiToken, origins } = stream;
  issuers = {
    jwk: createSigningKeyIssuer({ keyId, jwk }),
    pem: createSigningKeyIssuer({ keyId, pem }),
    api: createApiIssuer({ accountId, apiToken, apiOrigin: origins.api }),
  };
  videoId = stream.videos[0]?.uid ?? '';
});

afterAll(() => stream.close());

beforeEach(() => {
  stream.serverClock.skewMs = 0;
  Object.assign(stream.viewer, { ip: undefined, country: undefined });
});

const statusOf = async (token: string, path = 'manifest/video.m3u8'): Promise<number> => {
  const response = await fetch(`${stream.origins.delivery}/${token}/${path}`, {
    redirect: 'manual',
  });
  await response.body?.cancel();
  return response.status;
};
const nowSeconds = (): number => Math.floor(Date.now() / 1000);

describe.each(['jwk', 'pem', 'api'] as const)(
  'tokens of the %s issuer at the local Stream',
  (name) => {
    const issue = (restrictions?: Restrictions): Promise<string> =>
      issuers[name].issue(videoId, restrictions);
    const statusAt = (skewSeconds: number, token: string): Promise<number> => {
      stream.serverClock.skewMs = skewSeconds * 1000;
      return statusOf(token);
    };

    it('play the video they are for', async () => {
      expect(await statusOf(await issue())).toBe(200);
    });

    it('play live inputs', async () => {
      const live = stream.videos.find(({ kind, state }) => kind === 'live' && state === 'ready');
      expect(await statusOf(await issuers[name].issue(live?.uid ?? ''))).toBe(200);
    });

    it('play until they expire', async () => {
      const token = await issue({ expiresIn: '12h' });
      expect(await statusAt(12 * 3600 - 60, token)).toBe(200);
      expect(await statusAt(12 * 3600 + 60, token)).toBe(401);
    });

    it('play for 24 hours at most', async () => {
      const token = await issue({ exp: nowSeconds() + 24 * 3600 });
      expect(await statusAt(24 * 3600 - 60, token)).toBe(200);
      expect(await statusAt(24 * 3600 + 60, token)).toBe(401);
    });

    it('do not play before their time', async () => {
      const token = await issue({ nbf: nowSeconds() + 600 });
      expect(await statusOf(token)).toBe(401);
      expect(await statusAt(660, token)).toBe(200);
    });

    it('fetch downloads where they say so', async () => {
      const path = 'downloads/default.mp4';
      expect(await statusOf(await issue({ downloadable: true }), path)).toBe(302);
      expect(await statusOf(await issue({ downloadable: false }), path)).toBe(403);
      expect(await statusOf(await issue(), path)).toBe(403);
    });

    const viewers = { US: 'US', MX: 'MX', GB: 'GB', unknown: undefined } as const;
    const range = ['93.184.216.0/24', '2400:cb00::/32'] as const;
    const none = '198.51.100.7';
    it.each<
      readonly [string, Restrictions, readonly (readonly [keyof typeof viewers, string, number])[]]
    >([
      [
        'the US and Mexico are blocked',
        { expiresIn: '12h', downloadable: true, accessRules: [blockCountries('US', 'MX')] },
        [
          ['US', none, 403],
          ['MX', none, 403],
          ['GB', none, 200],
          ['unknown', none, 200],
        ],
      ],
      [
        'only the UK is allowed',
        { accessRules: [allowCountries('GB'), blockAll()] },
        [
          ['GB', none, 200],
          ['US', none, 403],
          ['unknown', none, 403],
        ],
      ],
      [
        'countries or ranges are allowed, then all are blocked',
        { accessRules: [allowCountries('US', 'MX'), allowRanges(...range), blockAll()] },
        [
          ['US', none, 200],
          ['GB', none, 403],
          ['GB', '93.184.216.255', 200],
          ['GB', '93.184.217.0', 403],
          ['GB', '2400:cb00::1', 200],
          ['GB', '2400:cb01::1', 403],
          ['unknown', '::ffff:93.184.216.34', 200],
        ],
      ],
    ])('are for the viewers they name, where %s', async (_name, restrictions, table) => {
      const token = await issue(restrictions);
      for (const [country, ip, status] of table) {
        Object.assign(stream.viewer, { country: viewers[country], ip });
        expect([country, ip, await statusOf(token)]).toEqual([country, ip, status]);
      }
    });
  },
);

describe('keys at the local Stream', () => {
  it('are rotated without a break', async () => {
    const [old, next] = await Promise.all([stream.createKey(), stream.createKey()]);
    const keys = [old, next].map(({ id: keyId, jwk }) => ({ keyId, jwk }));
    const before = await createSigningKeyIssuer({ keys, current: old.id }).issue(videoId);
    const after = await createSigningKeyIssuer({ keys, current: next.id }).issue(videoId);
    expect([await statusOf(before), await statusOf(after)]).toEqual([200, 200]);
    stream.revokeKey(old.id);
    expect([await statusOf(before), await statusOf(after)]).toEqual([401, 200]);
  });

  it('do not work under another key’s id', async () => {
    const [one, two] = await Promise.all([stream.createKey(), stream.createKey()]);
    const token = await createSigningKeyIssuer({ keyId: one.id, pem: two.pem }).issue(videoId);
    expect(await statusOf(token)).toBe(401);
  });
});

describe('the API issuer at the local Stream', () => {
  const create = (options: { apiToken?: string; accountId?: string }): TokenIssuer =>
    createApiIssuer({
      apiToken: stream.apiToken,
      accountId: stream.accountId,
      apiOrigin: stream.origins.api,
      ...options,
    });

  it('says what the API says', async () => {
    await expect(create({ apiToken: 'wrong' }).issue(videoId)).rejects.toMatchObject({
      code: 'api-refused',
      status: 401,
      message: expect.stringContaining('Authentication error'),
    });
    await expect(create({ accountId: 'wrong' }).issue(videoId)).rejects.toMatchObject({
      code: 'api-refused',
      status: 403,
    });
    await expect(create({}).issue('0'.repeat(32))).rejects.toMatchObject({
      code: 'video-not-found',
    });
  });

  it('waits as long as the API asks', async () => {
    const issuer = create({});
    stream.faults.add({ kind: 'api-token', status: 429, headers: { 'retry-after': '60' } });
    await expect(issuer.issue(videoId)).rejects.toMatchObject({ code: 'api-rate-limited' });
    stream.faults.clear();
    await expect(issuer.issue(videoId)).rejects.toMatchObject({ code: 'api-rate-limited' });
  });
});
