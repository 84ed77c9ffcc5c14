import { describe, expect, it } from 'vitest';
import {
  allowCountries,
  blockAll,
  blockRanges,
  createSigningKeyIssuer,
  type Restrictions,
} from '../../../src/issuer/index.js';
import { PAGE, useDoctorWorld } from './support/doctor-world.js';

const world = useDoctorWorld();

describe('doctor: the token', () => {
  const issue = (restrictions: Restrictions): void => world().serveTokens({ restrictions });

  it('is for another video', async () => {
    world().serveTokens({ videoId: () => world().stream.videos[1]?.uid });
    const { failed, steps } = await world().examine();
    expect(failed).toMatchObject([{ name: 'token', cause: 'id' }]);
    expect(steps.at(-1)?.name).toBe('token');
  });

  it('is odd', async () => {
    world().serve(
      200,
      await world().stream.signToken({
        sub: world().videoId,
        exp: String(Math.floor(Date.now() / 1000) + 60),
        aud: 'me',
      }),
    );
    const { code, steps } = await world().examine();
    expect(code).toBe(0);
    expect(steps[1]).toMatchObject({ name: 'token', status: 'warning' });
  });

  it('had expired, for the endpoint’s clock is behind', async () => {
    world().serveTokens({ now: () => Date.now() - 2 * 3_600_000 });
    const { failed } = await world().examine();
    expect(failed).toMatchObject([
      { name: 'clock', cause: 'clock' },
      { name: 'manifest', cause: 'clock' },
    ]);
    expect(failed[0]?.message).toContain("2 hours behind Stream's");
  });

  it('had expired, for it is an old one', async () => {
    const now = (): number => Date.now() - 2 * 3_600_000;
    world().serve(200, await world().issue(now));
    const { failed } = await world().examine();
    expect(failed[0]).toMatchObject({ name: 'clock', cause: 'clock' });
    expect(failed[0]?.hints?.join()).toContain('old token');
  });

  it('does not count yet', async () => {
    issue({ nbf: Math.floor(Date.now() / 1000) + 600 });
    const { failed } = await world().examine();
    expect(failed[0]).toMatchObject({ name: 'clock', cause: 'clock' });
    expect(failed[0]?.message).toContain('does not count yet');
  });

  it('counts, though the endpoint’s clock is off', async () => {
    world().serveTokens({ now: () => Date.now() - 60_000 });
    const { code, steps } = await world().examine();
    expect(code).toBe(0);
    expect(steps[2]).toMatchObject({ name: 'clock', status: 'warning', cause: 'clock' });
  });

  it('counts, and no clock is off where Stream takes long to answer', async () => {
    let waitedMs = 0;
    const now = (): number => Date.now() + waitedMs;
    const fetchSlowly = async (url: string, init?: RequestInit): Promise<Response> => {
      const answer = await fetch(url, init);
      if (!url.includes('/manifest/video.m3u8')) return answer;
      waitedMs = 8_000;
      const headers = new Headers(answer.headers);
      headers.set('Date', new Date(now()).toUTCString());
      return new Response(answer.body, { status: answer.status, headers });
    };
    const { code, stdout } = await world().run([], { now, fetch: fetchSlowly });
    expect(code).toBe(0);
    expect(stdout).toContain('✓ clock');
  });

  it('ends more than a day ahead', async () => {
    world().serveTokens({ now: () => Date.now() + 3_000, restrictions: { expiresIn: '24h' } });
    const { failed } = await world().examine();
    expect(failed).toMatchObject([{ name: 'manifest', cause: 'clock' }]);
    expect(failed[0]?.message).toContain('24 hours');
  });

  it('is signed with a key that was revoked', async () => {
    const { id: keyId, jwk } = await world().stream.createKey();
    world().stream.revokeKey(keyId);
    world().serveTokens({ issuer: createSigningKeyIssuer({ keyId, jwk }) });
    const guessed = await world().examine();
    expect(guessed.failed).toMatchObject([{ name: 'manifest', cause: 'key' }]);
    world().env = world().account;
    const { failed } = await world().examine();
    expect(failed).toMatchObject([{ name: 'manifest', cause: 'key' }]);
    expect(failed[0]?.message).toContain(`no key ${keyId}`);
  });

  it('says why the account could not be asked', async () => {
    const { id: keyId, jwk } = await world().stream.createKey();
    world().stream.revokeKey(keyId);
    world().serveTokens({ issuer: createSigningKeyIssuer({ keyId, jwk }) });
    const { account } = world();
    for (const [env, words] of [
      [{}, 'With CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN set'],
      [{ ...account, CLOUDFLARE_API_TOKEN: 'two words' }, 'CLOUDFLARE_API_TOKEN holds a space'],
      [{ ...account, CLOUDFLARE_API_TOKEN: 'wrong' }, 'may CLOUDFLARE_API_TOKEN read them?'],
    ] as const) {
      world().env = { ...env };
      const { failed } = await world().examine();
      expect(failed[0]?.hints?.at(-1)).toContain(words);
    }
  });

  it('is signed with another key than it says', async () => {
    const other = await world().stream.createKey();
    world().serve(
      200,
      await createSigningKeyIssuer({ keyId: world().key.id, pem: other.pem }).issue(
        world().videoId,
      ),
    );
    world().env = world().account;
    expect((await world().examine()).failed).toMatchObject([{ name: 'manifest', cause: 'key' }]);
  });
});

describe('doctor: who may watch', () => {
  it.each([
    [
      { accessRules: [allowCountries('GB'), blockAll()] },
      ['--country', 'US'],
      'United States (US) meets rule 2',
    ],
    [
      { accessRules: [blockRanges('127.0.0.0/8')] },
      ['--ip', '127.0.0.1'],
      'from 127.0.0.1 meets rule 1',
    ],
  ])('judges the viewer it is told of', async (restrictions, args, words) => {
    world().serveTokens({ restrictions });
    world().stream.viewer.country = 'US';
    const { failed } = await world().examine(...args);
    expect(failed).toMatchObject([{ name: 'manifest', cause: 'region' }]);
    expect(failed[0]?.message).toContain(words);
  });

  it('blames rules that Stream does not take, and no viewer', async () => {
    const accessRules = [
      { type: 'ip.src', action: 'allow' },
      { type: 'any', action: 'block' },
    ];
    const exp = Math.floor(Date.now() / 1000) + 60;
    const claims = { sub: world().videoId, exp, accessRules };
    world().serve(200, await world().stream.signToken(claims));
    const { failed } = await world().examine('--country', 'US');
    expect(failed).toMatchObject([{ name: 'manifest', cause: 'token' }]);
    expect(failed[0]?.message).toContain('its rules are none that Stream takes');
  });

  it('thinks of the region where rules depend on what it does not know', async () => {
    world().serveTokens({ restrictions: { accessRules: [allowCountries('GB'), blockAll()] } });
    const { failed } = await world().examine();
    expect(failed).toMatchObject([{ name: 'manifest', cause: 'region' }]);
    expect(failed[0]?.hints?.join()).toContain('--country');
  });

  it('asks the network where it is, if the network knows', async () => {
    world().serveTokens({ restrictions: { accessRules: [allowCountries('GB'), blockAll()] } });
    const fetchTrace = async (url: string, init?: RequestInit): Promise<Response> =>
      url.endsWith('/cdn-cgi/trace') ? new Response('ip=192.0.2.1\nloc=MX\n') : fetch(url, init);
    const { stdout } = await world().run([], { fetch: fetchTrace });
    expect(stdout).toContain('A viewer in Mexico (MX) from 192.0.2.1 meets rule 2 first: blocked');
  });

  it.each([
    [['example.com'], undefined, 'a request without a page'],
    [['example.com'], PAGE, PAGE],
    [['*.example.com'], 'https://example.com', 'https://example.com'],
    [['www.example.com:8443'], PAGE, PAGE],
  ])('finds that %j does not cover %s', async (allowed, origin, words) => {
    world().serveTokens({ cors: origin === undefined ? undefined : [origin] });
    world().stream.video(world().videoId).allowedOrigins = allowed;
    const args = origin === undefined ? [] : ['--origin', origin];
    const guessed = await world().examine(...args);
    expect(guessed.failed).toMatchObject([{ name: 'manifest', cause: 'origin' }]);
    world().env = world().account;
    const { failed } = await world().examine(...args);
    expect(failed).toMatchObject([{ name: 'manifest', cause: 'origin' }]);
    expect(failed[0]?.message).toContain(words);
    expect(failed[0]?.message).toContain(allowed.join(', '));
  });

  it('is content with a page that is allowed', async () => {
    world().stream.video(world().videoId).allowedOrigins = ['*.example.com'];
    expect((await world().examine('--origin', PAGE)).code).toBe(0);
  });
});

describe('doctor: the media', () => {
  it.each([
    [424, 'stream', 'could not process'],
    [404, 'id', 'no such video'],
    [429, 'stream', '429'],
    [500, 'stream', '500'],
  ])('says what a manifest’s %d means', async (status, cause, words) => {
    world().stream.faults.add({ kind: 'multivariant', status });
    const { failed } = await world().examine();
    expect(failed).toMatchObject([{ name: 'manifest', cause }]);
    expect(failed[0]?.message).toContain(words);
  });

  it('says that nobody broadcasts', async () => {
    const idle =
      world().stream.videos.find(({ kind, state }) => kind === 'live' && state === 'queued')?.uid ??
      '';
    const { code, stdout } = await world().run([], {}, idle);
    expect(code).toBe(1);
    expect(stdout).toContain('Nobody broadcasts');
  });

  it('is no playlist', async () => {
    world().stream.faults.add({ kind: 'multivariant', body: '<html>' });
    expect((await world().examine()).failed).toMatchObject([{ name: 'manifest', cause: 'stream' }]);
  });

  it('fails at the rendition or at its segment', async () => {
    for (const kind of ['rendition', 'segment', 'init'] as const) {
      world().stream.faults.clear();
      world().stream.faults.add({ kind, status: 500 });
      const { steps } = await world().examine();
      const expected = kind === 'init' ? 'ok' : 'failed';
      expect(steps.at(-1)).toMatchObject({ name: 'segment', status: expected });
    }
  });

  it('is refused at the segment', async () => {
    world().stream.faults.add({ kind: 'segment', status: 403 });
    const { failed, steps } = await world().examine();
    expect(steps.find(({ name }) => name === 'manifest')).toMatchObject({ status: 'ok' });
    expect(failed).toMatchObject([{ name: 'segment' }]);
  });

  it('is where nothing listens', async () => {
    const { failed } = await world().examine('--delivery-origin', 'http://127.0.0.1:9');
    expect(failed).toMatchObject([{ name: 'manifest', cause: 'network' }]);
  });
});
