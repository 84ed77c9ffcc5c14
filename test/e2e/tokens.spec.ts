import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { TestSite } from '../support/test-site.js';
import { each } from './support/all-ways.js';
import { Endpoints } from './support/endpoints.js';
import { exchangesFrames } from './support/frames.js';
import { INTERRUPTIONS, openPlayers, SIGNS_OF_A_SWAP, SMALL_PICTURE } from './support/player.js';
import { expect, test } from './support/site-test.js';
import { Traffic } from './support/traffic.js';

/** Endpoints whose tokens live for 3 s, for 24 h, and without an end. */
function serveAllLives(site: TestSite): Endpoints {
  const endpoints = new Endpoints(site);
  const nowSeconds = (): number => Math.floor(site.stream.serverClock.nowSeconds());
  endpoints.set('short', async ({ sign, answer }) => answer(await sign({ exp: nowSeconds() + 3 })));
  endpoints.set('long', async ({ sign, answer }) =>
    answer(await sign({ exp: nowSeconds() + 86_400 })),
  );
  endpoints.set('endless', async ({ videoId, answer }) =>
    answer(await site.stream.signToken({ sub: videoId })),
  );
  return endpoints;
}

test('hls: tokens of 3 s, of 24 h and without exp play unnoticed, and none is asked for in vain', async ({
  page,
  site,
}) => {
  const endpoints = serveAllLives(site);
  const players = await openPlayers(
    page,
    site,
    ['short', 'long', 'endless'].map((id) => ({
      id,
      uid: SAMPLE_UIDS.pathToken,
      attributes: {
        player: 'hls',
        style: 'width: 160px',
        'token-endpoint': Endpoints.address(id),
      },
      hlsConfig: SMALL_PICTURE,
    })),
  );
  for (const player of players) await player.playsOn(0.5);
  for (const player of players) await player.forgetEvents();
  for (const player of players) {
    await player.reaches(12);
    expect(await player.eventNames(...INTERRUPTIONS, 'tokenerror')).toEqual([]);
    expect(await player.alert()).toBeUndefined();
  }
  expect(endpoints.count('short')).toBeGreaterThan(4);
  expect(endpoints.count('short')).toBeLessThan(30);
  expect([endpoints.count('long'), endpoints.count('endless')]).toEqual([1, 1]);
  expect(new Traffic(site.stream, SAMPLE_UIDS.pathToken).refusals()).toEqual([]);
  const [, , endless] = players;
  expect(await endless?.run((element) => element.expiresAt)).toBe(null);
});

test('iframe: tokens of 3 s, of 24 h and without exp play unnoticed, and none is asked for in vain', async ({
  page,
  site,
}) => {
  const endpoints = serveAllLives(site);
  const { pathToken, ownSignature, tokenBoundNames } = SAMPLE_UIDS;
  const uids = { short: pathToken, long: ownSignature, endless: tokenBoundNames };
  const players = await openPlayers(
    page,
    site,
    Object.entries(uids).map(([id, uid]) => ({
      id,
      uid,
      attributes: { style: 'width: 160px', 'token-endpoint': Endpoints.address(id) },
    })),
  );
  const [short, ...others] = players;
  const frames = (uid: string): number => new Traffic(site.stream, uid).list('player').length;
  for (const player of players) await player.playsOn(0.5);
  await each(others, async (player) => {
    await player.playsOn(6);
    expect(await player.run((element) => element.tokenState)).toBe('valid');
    expect(await player.eventNames('tokenerror')).toEqual([]);
    // So many frames at once are too much for a small machine.
    await player.run((element) => element.remove());
  });
  expect([endpoints.count('long'), endpoints.count('endless')]).toEqual([1, 1]);
  expect([frames(ownSignature), frames(tokenBoundNames)]).toEqual([1, 1]);

  const before = { frames: frames(pathToken), questions: endpoints.count('short') };
  await short.forgetEvents();
  await exchangesFrames(short, new Traffic(site.stream, pathToken), before.frames + 3);
  await short.playsOn(1);
  expect(await short.eventNames(...SIGNS_OF_A_SWAP, 'tokenerror')).toEqual([]);
  expect(await short.largestStepBack()).toBeLessThan(0.05);
  expect(await short.largestJump()).toBeLessThan(0.5);
  expect(await short.alert()).toBeUndefined();
  expect(frames(pathToken) - before.frames).toBeGreaterThan(2);
  expect(endpoints.count('short') - before.questions).toBeLessThan(20);
});

const tenPlayers = (uids: readonly string[], endpoint: (index: number) => string) =>
  Array.from({ length: 10 }, (_, index) => ({
    id: `p${index}`,
    uid: uids[index % uids.length] ?? '',
    attributes: {
      player: 'hls',
      style: 'width: 96px',
      'token-endpoint': endpoint(index),
    },
    hlsConfig: SMALL_PICTURE,
  }));

test('ten elements with one video ask for one token at a time', async ({ page, site }) => {
  site.lifetimeSeconds = 8;
  const players = await openPlayers(
    page,
    site,
    tenPlayers([SAMPLE_UIDS.pathToken], () => '/token'),
  );
  for (const player of players) await player.playsOn(0.5);
  for (const player of players) await player.takesTokens(3);
  // Each of them has heard of every token there was, once no more are asked for.
  site.lifetimeSeconds = 3600;
  await expect
    .poll(
      async () => {
        const heard = await Promise.all(
          players.map(async (player) => (await player.events('tokenchange')).length),
        );
        return heard.map((count) => count - site.tokenRequests);
      },
      { timeout: 30_000 },
    )
    .toEqual(Array(10).fill(0));
  for (const player of players) {
    expect(await player.eventNames('error', 'tokenerror')).toEqual([]);
  }
});

test('ten elements with ten endpoints ask each of them once', async ({ page, site }) => {
  const endpoints = new Endpoints(site);
  const { pathToken, ownSignature, tokenBoundNames, tokenBoundMedia } = SAMPLE_UIDS;
  const players = await openPlayers(
    page,
    site,
    tenPlayers([pathToken, ownSignature, tokenBoundNames, tokenBoundMedia], (index) =>
      Endpoints.address(String(index)),
    ),
  );
  for (const player of players) await player.playsOn(0.2);
  expect(players.map((_, index) => endpoints.count(String(index)))).toEqual(Array(10).fill(1));
});
