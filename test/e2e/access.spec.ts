import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { giveToken, type TestSite } from '../support/test-site.js';
import { INTERRUPTIONS, openPlayers, SMALL_PICTURE, type Player } from './support/player.js';
import { expect, test } from './support/site-test.js';

const UID = SAMPLE_UIDS.ownSignature;
const FORBIDDEN = 'You are not allowed to watch this video from here.';
const PLAYERS = ['hls', 'iframe'] as const;

/** The endpoint signs with a key of its own, which can be exchanged. */
async function signWith(site: TestSite): Promise<{ keyId: string }> {
  const key = { keyId: (await site.stream.createKey()).id };
  site.endpoint = async ({ videoId, answer }) => {
    const exp = Math.floor(site.stream.serverClock.nowSeconds()) + site.lifetimeSeconds;
    answer(await site.stream.signToken({ sub: videoId, exp }, key.keyId));
  };
  return key;
}

function signInAdvance(site: TestSite, keyId: string, index: number): Promise<string> {
  const exp = Math.floor(site.stream.serverClock.nowSeconds()) + 600 + index;
  return site.stream.signToken({ sub: UID, exp }, keyId);
}

async function open(
  page: Parameters<typeof openPlayers>[0],
  site: TestSite,
  name: string,
): Promise<Player> {
  const attributes = { player: name };
  const [player] = await openPlayers(page, site, [
    { uid: UID, attributes, hlsConfig: SMALL_PICTURE },
  ]);
  await player.playsOn(0.5);
  await player.forgetEvents();
  return player;
}

/** The viewer reads why nothing plays. */
async function expectTold(player: Player, words: string): Promise<void> {
  expect(await player.starves()).toContain(words);
}

for (const name of PLAYERS) {
  test(`${name}: the signing key is revoked, and there is a good one: it plays on`, async ({
    page,
    site,
  }) => {
    const key = await signWith(site);
    const player = await open(page, site, name);
    const { keyId } = key;
    key.keyId = (await site.stream.createKey()).id;
    site.stream.revokeKey(keyId);
    // Stream's player puts up another frame, so that one may as well go to the end of what it has.
    if (name === 'iframe') await player.skipBuffered();
    await player.takesTokens(1);
    if (name === 'hls') await player.refills();
    // Beyond what was buffered with the old key's token.
    await player.playsOn(4);
    expect(await player.eventNames('tokenchange')).toEqual(['tokenchange rejected']);
    expect(await player.run((element) => element.tokenState)).toBe('valid');
    expect(await player.eventNames('error', 'ended')).toEqual([]);
    expect(await player.alert()).toBeUndefined();
    if (name === 'hls') expect(await player.eventNames(...INTERRUPTIONS)).toEqual([]);
  });

  test(`${name}: the signing key is revoked, and there is no good one: the viewer reads why`, async ({
    page,
    site,
  }) => {
    const { keyId } = await signWith(site);
    const player = await open(page, site, name);
    // The backend goes on signing with a key that Stream has forgotten.
    const tokens = await Promise.all(
      Array.from({ length: 50 }, (_, index) => signInAdvance(site, keyId, index)),
    );
    site.endpoint = ({ answer }) => answer(tokens.pop() ?? '');
    site.stream.revokeKey(keyId);
    await expectTold(player, FORBIDDEN);
    const asked = site.tokenRequests;
    expect(asked).toBeLessThan(10);
    const at = await player.position();
    site.endpoint = giveToken;
    // It goes on by itself, where it was.
    await player.reaches(at + 0.5);
    expect(await player.position()).toBeLessThan(at + 10);
    expect(await player.alert()).toBeUndefined();
  });

  test(`${name}: access is taken away: the viewer reads why, until it is given back`, async ({
    page,
    site,
  }) => {
    site.stream.viewer.country = 'FR';
    const accessRules = [
      { type: 'ip.geoip.country', country: ['DE'], action: 'block' },
      { type: 'any', action: 'allow' },
    ];
    site.endpoint = async ({ videoId, answer }) => {
      const exp = Math.floor(site.stream.serverClock.nowSeconds()) + 3600;
      answer(await site.stream.signToken({ sub: videoId, exp, accessRules }));
    };
    const player = await open(page, site, name);
    site.stream.viewer.country = 'DE';
    await expectTold(player, FORBIDDEN);
    expect(await player.run((element) => element.error?.cause.code)).toBe('playback-forbidden');
    expect(site.tokenRequests).toBeLessThan(10);
    const at = await player.position();
    site.stream.viewer.country = 'FR';
    await player.reaches(at + 0.5);
    expect(await player.alert()).toBeUndefined();
  });
}
