import type { Page } from '@playwright/test';
import { giveToken, type TestSite } from '../support/test-site.js';
import {
  beginsExchange,
  countFrames,
  findFrontFrame,
  openFrame,
  readFrameVideos,
} from './support/frames.js';
import { SIGNS_OF_A_SWAP, type Player } from './support/player.js';
import { expect, test } from './support/site-test.js';
import type { Traffic } from './support/traffic.js';

/** Long enough to be ready before the first renewal, and too short for the video. */
const UNTIL_ASKED_SECONDS = 100;

/** Marks the frame that plays, so that another one can be told from it. */
async function markFrame(player: Player): Promise<() => Promise<boolean>> {
  await player.run((element) => {
    element.shadowRoot?.querySelector('iframe')?.setAttribute('data-marked', '');
  });
  return () => player.run((element) => element.shadowRoot?.querySelector('[data-marked]') !== null);
}

async function goToFullScreen(page: Page, player: Player): Promise<void> {
  const frame = await findFrontFrame(page, player);
  await frame.evaluate(() => document.querySelector('video')?.requestFullscreen());
}

/** What of the player is in full screen. */
function readFullScreen(player: Player): Promise<string | undefined> {
  return player.run((element) => element.shadowRoot?.fullscreenElement?.localName);
}

/** What was wrong is over, and a player that had died of it in full screen goes on there. */
async function isRevivedInPlace(player: Player, site: TestSite): Promise<void> {
  const stoppedAt = await player.position();
  site.stream.faults.clear();
  site.endpoint = giveToken;
  await player.reaches(stoppedAt + 4);
  expect(await player.alert()).toBeUndefined();
  expect(await readFullScreen(player)).toBe('iframe');
  expect(await player.largestStepBack()).toBeLessThan(0.5);
  expect(await player.eventNames('emptied', 'loadstart', 'pause')).toEqual([]);
}

/** Has the token renewed, and waits until the video is loaded with it. */
async function reloads(player: Player, traffic: Traffic): Promise<void> {
  await player.run((element) => element.renewToken());
  await expect.poll(() => traffic.tokensUsed('multivariant'), { timeout: 30_000 }).toBe(2);
}

test.describe('a swap of frames', () => {
  test.beforeEach(({ site }) => {
    site.lifetimeSeconds = UNTIL_ASKED_SECONDS;
  });

  test('happens in place in full screen, which stays', async ({ page, site }) => {
    const { player, traffic } = await openFrame(page, site, { 'default-text-track': 'de' });
    const isSameFrame = await markFrame(player);
    await player.forgetEvents();
    await goToFullScreen(page, player);
    await reloads(player, traffic);
    await player.playsOn(4);

    expect(await isSameFrame()).toBe(true);
    expect(await readFullScreen(player)).toBe('iframe');
    expect(await readFrameVideos(page)).toMatchObject([{ paused: false, captions: 'de' }]);
    expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
    expect(await player.largestStepBack()).toBeLessThan(0.05);
  });

  test('is finished in place where the viewer goes to full screen while it happens', async ({
    page,
    site,
  }) => {
    const { player, traffic } = await openFrame(page, site);
    const isSameFrame = await markFrame(player);
    const front = await findFrontFrame(page, player);
    await player.forgetEvents();
    // The next frame takes its time, so that there is a middle to do something in.
    site.stream.link.latencyMs = 250;
    await player.run((element) => element.renewToken());
    await beginsExchange(player);
    await front.evaluate(() => document.querySelector('video')?.requestFullscreen());
    await expect.poll(() => readFullScreen(player)).toBe('iframe');
    expect(await countFrames(player)).toBe(2);
    // Once with the frame that was behind, and once in place.
    await expect.poll(() => traffic.list('multivariant').length, { timeout: 30_000 }).toBe(3);
    await expect.poll(() => countFrames(player)).toBe(1);
    await player.playsOn(3);

    expect(await readFullScreen(player)).toBe('iframe');
    expect(await isSameFrame()).toBe(true);
    expect(traffic.tokensUsed('multivariant')).toBe(2);
    expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
    expect(await player.largestStepBack()).toBeLessThan(0.05);
  });

  test('leaves the viewer in command while it happens in place', async ({ page, site }) => {
    const { player, traffic } = await openFrame(page, site);
    const front = await findFrontFrame(page, player);
    await front.evaluate(() => document.querySelector('video')?.requestFullscreen());
    await player.forgetEvents();
    site.stream.link.latencyMs = 250;
    await player.run((element) => element.renewToken());
    await expect.poll(() => traffic.tokensUsed('multivariant'), { intervals: [20] }).toBe(2);
    await player.run((element) => {
      element.volume = 0.4;
      element.playbackRate = 1.25;
      element.loop = element.controls = true;
      element.currentTime = 60;
    });
    expect(await player.position()).toBeCloseTo(60, 1);
    await player.reaches(62);

    expect(await player.position()).toBeLessThan(90);
    const kept = { volume: 0.4, playbackRate: 1.25, loop: true, controls: true };
    expect(
      await player.run(({ volume, playbackRate, loop, controls }) => ({
        ...{ volume, playbackRate, loop, controls },
      })),
    ).toEqual(kept);
    expect(await readFrameVideos(page)).toMatchObject([{ paused: false, ...kept }]);
    // The page hears of what it has set itself, and of nothing else.
    const told = SIGNS_OF_A_SWAP.filter((type) => type !== 'seeking' && type !== 'seeked');
    expect(await player.eventNames(...told)).toEqual(['volumechange', 'ratechange']);
  });

  test('happens in place in full screen, which stays, also when the player has died', async ({
    page,
    site,
  }) => {
    const { player } = await openFrame(page, site);
    const isSameFrame = await markFrame(player);
    await player.forgetEvents();
    await goToFullScreen(page, player);
    site.endpoint = ({ send }) => send(500, '');
    site.stream.faults.add({ kind: 'segment', status: 401 });
    expect(await player.starves()).toContain('This site is busy.');
    await isRevivedInPlace(player, site);
    expect(await isSameFrame()).toBe(true);
  });

  test('is tried again in place in full screen, which stays, while every token is refused', async ({
    page,
    site,
  }) => {
    const { player, traffic } = await openFrame(page, site);
    const isSameFrame = await markFrame(player);
    await player.forgetEvents();
    await goToFullScreen(page, player);
    site.stream.faults.add({ kind: 'segment', status: 403 });
    site.stream.faults.add({ kind: 'multivariant', status: 403 });
    expect(await player.starves()).toContain('not allowed');
    // It died of what it had, and of what it was given for it, again and again.
    await expect.poll(() => traffic.tokensUsed('multivariant')).toBeGreaterThan(3);
    await isRevivedInPlace(player, site);
    expect(await isSameFrame()).toBe(true);
  });

  test('happens in place where only a gesture gave the player its sound', async ({
    page,
    site,
  }) => {
    site.lifetimeSeconds = UNTIL_ASKED_SECONDS;
    site.pageHeaders = { 'permissions-policy': 'autoplay=()' };
    const { player, traffic } = await openFrame(page, site);
    const isSameFrame = await markFrame(player);
    // What is done in a frame from here counts as a gesture in it, and nowhere else.
    const frame = await findFrontFrame(page, player);
    await frame.evaluate(() => {
      const video = document.querySelector('video');
      if (video !== null) video.muted = false;
    });
    await expect.poll(() => player.eventNames('volumechange')).toEqual(['volumechange']);
    expect(await player.run((element) => element.muted)).toBe(false);
    await player.forgetEvents();
    await reloads(player, traffic);
    await player.playsOn(3);

    expect(await isSameFrame()).toBe(true);
    expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
    expect(await readFrameVideos(page)).toMatchObject([{ paused: false, muted: false }]);
  });

  test('a player that is put up anew and may not sound is told to be paused', async ({
    page,
    site,
  }) => {
    site.pageHeaders = { 'permissions-policy': 'autoplay=()' };
    const { player } = await openFrame(page, site);
    const frame = await findFrontFrame(page, player);
    await frame.evaluate(() => {
      const video = document.querySelector('video');
      if (video !== null) video.muted = false;
    });
    await expect.poll(() => player.run((element) => element.muted)).toBe(false);
    await player.forgetEvents();
    await player.run((element) => document.body.append(element));
    await expect.poll(() => player.eventNames('pause')).toEqual(['pause']);
    expect(await player.run((element) => element.paused)).toBe(true);
    expect(await player.alert()).toBeUndefined();
  });
});
