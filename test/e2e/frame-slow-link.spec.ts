import { beginsExchange, countFrames, die, exchangesFrames, openFrame } from './support/frames.js';
import { SIGNS_OF_A_SWAP } from './support/player.js';
import { expect, test } from './support/site-test.js';

test.beforeEach(({ site }) => {
  // Nothing is renewed but what is asked for.
  site.lifetimeSeconds = 600;
});

test('a swap of frames is not noticed on a link that hardly carries the video', async ({
  page,
  site,
}) => {
  const { player, traffic } = await openFrame(page, site);
  await player.reaches(3);
  site.stream.link.kbps = 300;
  await player.forgetEvents();
  await player.run((element) => element.renewToken());
  await exchangesFrames(player, traffic, 2);
  await player.playsOn(3);

  // One frame was enough, and it was there in time.
  expect(traffic.list('player')).toHaveLength(2);
  expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
  expect(await player.largestStepBack()).toBeLessThan(0.05);
  expect(traffic.refusals()).toEqual([]);
});

test('no other frame loads beside one that has little to play', async ({ page, site }) => {
  // A film that begins again is never done with its token.
  site.lifetimeSeconds = 80_000;
  const { player, traffic } = await openFrame(page, site, { loop: '' });
  // Its length says after that time whether it is a broadcast.
  await player.reaches(18);
  site.stream.link.kbps = 40;
  const ahead = (): Promise<number> =>
    player.run(({ buffered, currentTime }) => buffered.end(buffered.length - 1) - currentTime);
  await expect.poll(ahead, { timeout: 30_000 }).toBeLessThan(5.5);
  await player.forgetEvents();
  await player.run((element) => element.renewToken());
  await player.playsOn(2);
  expect(traffic.list('player')).toHaveLength(1);
  site.stream.link.kbps = undefined;
  await exchangesFrames(player, traffic, 2);
  await player.playsOn(1);

  expect(traffic.list('player')).toHaveLength(2);
  expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
  expect(await player.largestStepBack()).toBeLessThan(0.05);
  expect(traffic.refusals()).toEqual([]);
});

test('a frame that takes the one in front what it needs to play on is given up for then', async ({
  page,
  site,
}) => {
  site.lifetimeSeconds = 80_000;
  const { player, traffic } = await openFrame(page, site, { loop: '' });
  // Its length says after that time whether it is a broadcast.
  await player.reaches(18);
  await player.forgetEvents();
  site.stream.link.kbps = 40;
  await player.run((element) => element.renewToken());
  await beginsExchange(player);
  await expect.poll(() => countFrames(player), { timeout: 30_000 }).toBe(1);
  const at = await player.position();
  expect(await player.run((element) => element.buffered.end(0))).toBeGreaterThan(at + 1);
  site.stream.link.kbps = undefined;
  await exchangesFrames(player, traffic, 3);
  await player.playsOn(1);

  expect(traffic.list('player')).toHaveLength(3);
  expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
  expect(await player.largestStepBack()).toBeLessThan(0.05);
  expect(traffic.refusals()).toEqual([]);
});

test('what the next frame has loaded is used when the one in front dies', async ({
  page,
  site,
}) => {
  const { player, traffic } = await openFrame(page, site);
  await player.reaches(2);
  // It takes its time, so that the one in front does not live until then.
  site.stream.link.latencyMs = 400;
  await player.forgetEvents();
  await player.run((element) => element.renewToken());
  await beginsExchange(player);
  const at = await player.position();
  await die(page, player);
  await expect.poll(() => countFrames(player)).toBe(1);
  await player.reaches(at + 2);

  expect(traffic.list('player')).toHaveLength(2);
  expect(await player.eventNames('error', 'pause', 'emptied', 'tokenerror')).toEqual([]);
  expect(await player.largestStepBack()).toBeLessThan(0.5);
  expect(await player.run((element) => element.paused)).toBe(false);
});
