import type { Page } from '@playwright/test';
import type { TestSite } from '../support/test-site.js';
import { beginsExchange, countFrames, die, exchangesFrames, openFrame } from './support/frames.js';
import { SIGNS_OF_A_SWAP, type Player } from './support/player.js';
import { expect, test } from './support/site-test.js';
import type { Traffic } from './support/traffic.js';

async function isNotNoticed(player: Player, traffic: Traffic): Promise<void> {
  expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
  expect(await player.largestStepBack()).toBeLessThan(0.05);
  expect(traffic.refusals()).toEqual([]);
}

/** Plays what never ends until its length says that it is no broadcast, over a link that falls then. */
async function openUntilLinkFalls(
  page: Page,
  site: TestSite,
): Promise<{ player: Player; traffic: Traffic }> {
  // A film that begins again is never done with its token.
  site.lifetimeSeconds = 80_000;
  const opened = await openFrame(page, site, { loop: '' });
  await opened.player.reaches(18);
  site.stream.link.kbps = 40;
  return opened;
}

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
  await isNotNoticed(player, traffic);
});

test('no other frame loads beside one that has little to play', async ({ page, site }) => {
  const { player, traffic } = await openUntilLinkFalls(page, site);
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
  await isNotNoticed(player, traffic);
});

test('a frame that takes the one in front what it needs to play on is given up for then', async ({
  page,
  site,
}) => {
  const { player, traffic } = await openUntilLinkFalls(page, site);
  await player.forgetEvents();
  await player.run((element) => element.renewToken());
  await beginsExchange(player);
  await expect.poll(() => countFrames(player), { timeout: 30_000 }).toBe(1);
  const at = await player.position();
  expect(await player.run((element) => element.buffered.end(0))).toBeGreaterThan(at + 1);
  site.stream.link.kbps = undefined;
  await exchangesFrames(player, traffic, 3);
  await player.playsOn(1);

  expect(traffic.list('player')).toHaveLength(3);
  await isNotNoticed(player, traffic);
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
