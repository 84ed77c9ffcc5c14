import type { Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { giveToken, type TestSite } from '../support/test-site.js';
import { countFrames, exchangesFrames, openFrame, readFrameVideos } from './support/frames.js';
import { openPlayers, SIGNS_OF_A_SWAP, type Player } from './support/player.js';
import { expect, test } from './support/site-test.js';

/** Renewals happen about every four seconds. */
const SHORT_LIFETIME_SECONDS = 8;

test.beforeEach(({ site }) => {
  site.lifetimeSeconds = SHORT_LIFETIME_SECONDS;
});

test.describe('a frame that is paused', () => {
  test.beforeEach(({ site }) => {
    site.lifetimeSeconds = 4;
  });

  /** A player that stands still for so long that its token and the next one would be over. */
  async function pauseForLong(page: Page, site: TestSite) {
    const { player, traffic } = await openFrame(page, site);
    await player.run((element) => element.pause());
    // What was under way when the viewer paused may end.
    await expect.poll(() => countFrames(player)).toBe(1);
    const requests = { tokens: site.tokenRequests, frames: traffic.list('player').length };
    await page.waitForTimeout(2 * site.lifetimeSeconds * 1000);
    expect({ tokens: site.tokenRequests, frames: traffic.list('player').length }).toEqual(requests);
    await player.forgetEvents();
    // A frame that stands still may ask for more with a token that is over; nobody notices.
    site.stream.requests.clear();
    return { player, traffic, at: await player.position() };
  }

  for (const { name, comeBack } of [
    {
      name: 'the pointer',
      // An automated pointer goes straight into the frame, past the page.
      comeBack: (page: Page) =>
        page.evaluate(() => {
          const frame = document.querySelector('#player')?.shadowRoot?.querySelector('iframe');
          frame?.parentElement?.dispatchEvent(new PointerEvent('pointerenter'));
        }),
    },
    {
      name: 'a look at the tab',
      comeBack: (page: Page) =>
        page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))),
    },
    {
      name: 'the keyboard',
      comeBack: (page: Page) =>
        page.evaluate(() => {
          document.querySelector('#player')?.shadowRoot?.querySelector('iframe')?.focus();
        }),
    },
  ]) {
    test(`is renewed when the viewer comes back to it with ${name}, and not before`, async ({
      page,
      site,
    }) => {
      const { player, traffic, at } = await pauseForLong(page, site);
      await comeBack(page);
      await exchangesFrames(player, traffic, 1);

      expect(await player.run((element) => element.paused)).toBe(true);
      expect(Math.abs((await player.position()) - at)).toBeLessThan(0.05);
      expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
      expect(traffic.refusals()).toEqual([]);
    });
  }

  test('plays on from there, however long the pause was', async ({ page, site }) => {
    const { player, at } = await pauseForLong(page, site);
    await player.run((element) => element.play());
    await player.reaches(at + 1);

    expect(await player.largestJump()).toBeLessThan(0.5);
    expect(await player.largestStepBack()).toBeLessThan(0.05);
    expect(await player.eventNames('error', 'pause', 'emptied', 'loadstart')).toEqual([]);
    expect(await player.alert()).toBeUndefined();
  });
});

test('a play() that a first frame could not fulfil is fulfilled by the next one', async ({
  page,
  site,
}) => {
  site.stream.faults.add({ kind: 'multivariant', status: 401, times: 3 });
  const [player] = await openPlayers(page, site, [
    { uid: SAMPLE_UIDS.pathToken, attributes: { preload: 'auto' }, autoplay: false },
  ]);
  await player.run((element) => element.play());
  expect(await player.run((element) => element.paused)).toBe(false);
  await player.playsOn(1);
  expect(site.stream.faults.list()).toEqual([]);
});

/** Whether a frame that was told to play would do so by now: it is told in the order of the calls. */
async function isPlayingInside(page: Page, player: Player): Promise<boolean | undefined> {
  await player.run((element) => (element.volume = 0.25));
  const read = async () => (await readFrameVideos(page)).find(({ volume }) => volume === 0.25);
  await expect.poll(read).toBeDefined();
  return (await read())?.paused === false;
}

test('a pause while it waits for its token is the last word', async ({ page, site }) => {
  site.lifetimeSeconds = 4;
  const { player, traffic } = await openFrame(page, site);
  await player.run((element) => element.pause());
  await expect.poll(() => player.run((element) => element.tokenState)).toBe('expired');
  await expect.poll(() => countFrames(player)).toBe(1);
  await player.forgetEvents();
  let giveTokens = (): void => {};
  const mayAnswer = new Promise<void>((resolve) => (giveTokens = resolve));
  site.endpoint = async (exchange) => {
    await mayAnswer;
    return giveToken(exchange);
  };
  site.lifetimeSeconds = 3600;
  const frames = traffic.list('player').length;
  const outcome = await player.run((element) => {
    const playing = element.play().then(
      () => 'plays',
      (error: unknown) => (error instanceof DOMException ? error.name : 'another error'),
    );
    element.pause();
    return playing;
  });
  expect(outcome).toBe('AbortError');
  giveTokens();
  await exchangesFrames(player, traffic, frames + 1);
  expect(await isPlayingInside(page, player)).toBe(false);
  expect(await player.run((element) => element.paused)).toBe(true);
  expect(await player.eventNames('play', 'playing')).toEqual([]);
});

test('a pause before there is a frame is the last word', async ({ page, site }) => {
  site.stream.faults.add({ kind: 'sdk', delayMs: 1500 });
  const [player] = await openPlayers(page, site, [
    { uid: SAMPLE_UIDS.pathToken, attributes: { preload: 'auto' }, autoplay: false },
  ]);
  const kinds = (): string[] => site.stream.requests.list().map(({ kind }) => kind);
  await expect.poll(kinds).toContain('sdk');
  await player.run((element) => {
    element.play().catch(() => {});
    element.pause();
  });
  await expect.poll(() => player.run((element) => element.readyState)).toBeGreaterThan(2);
  expect(await isPlayingInside(page, player)).toBe(false);
  expect(await player.run((element) => element.paused)).toBe(true);
});

test('a token that came while it was paused is put to use when it plays on', async ({
  page,
  site,
}) => {
  site.lifetimeSeconds = 20;
  const { player, traffic } = await openFrame(page, site);
  await player.run((element) => element.pause());
  site.lifetimeSeconds = 3600;
  await player.run((element) => element.renewToken());
  await player.run((element) => element.play());
  await player.forgetEvents();
  await exchangesFrames(player, traffic, 2);
  await player.playsOn(1);

  expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
  expect(traffic.refusals()).toEqual([]);
  expect(site.tokenRequests).toBe(2);
});

test('a video that has ended is left alone, and is played again when the viewer wants to', async ({
  page,
  site,
}) => {
  const { player, traffic } = await openFrame(page, site, { 'start-time': '122' });
  await expect.poll(() => player.run((element) => element.ended), { timeout: 30_000 }).toBe(true);
  await expect.poll(() => countFrames(player)).toBe(1);
  const requests = site.tokenRequests;
  await page.waitForTimeout(SHORT_LIFETIME_SECONDS * 1000);
  expect(site.tokenRequests).toBe(requests);

  site.stream.requests.clear();
  await player.run((element) => element.play());
  await expect.poll(() => player.position(), { timeout: 20_000 }).toBeLessThan(60);
  await player.playsOn(1);
  expect(await player.eventNames('error', 'emptied')).toEqual([]);
  expect(traffic.refusals()).toEqual([]);
});
