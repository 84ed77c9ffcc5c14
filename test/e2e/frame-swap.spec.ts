import type { Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { giveToken, type TestSite } from '../support/test-site.js';
import {
  countFrames,
  exchangesFrames,
  findFrontFrame,
  readFilmSeconds,
  readFrameVideos,
  watchSound,
} from './support/frames.js';
import { openPlayers, SIGNS_OF_A_SWAP, type Player } from './support/player.js';
import { expect, test } from './support/site-test.js';
import { Traffic } from './support/traffic.js';

/** Renewals happen about every four seconds. */
const SHORT_LIFETIME_SECONDS = 8;

/** Long enough to be ready before the first renewal, and too short for the video. */
const UNTIL_ASKED_SECONDS = 100;

const SEGMENT_SECONDS = 4;

test.beforeEach(({ site }) => {
  site.lifetimeSeconds = SHORT_LIFETIME_SECONDS;
});

/** A Stream player that has begun to play. */
async function openFrame(
  page: Page,
  site: TestSite,
  attributes: Readonly<Record<string, string>> = {},
): Promise<{ readonly player: Player; readonly traffic: Traffic }> {
  const uid = SAMPLE_UIDS.pathToken;
  const [player] = await openPlayers(page, site, [{ uid, attributes }]);
  await player.playsOn(0.5);
  return { player, traffic: new Traffic(site.stream, uid) };
}

/** Waits until a frame is being made ready behind the one that plays. */
async function beginsExchange(player: Player): Promise<void> {
  await expect.poll(() => countFrames(player), { timeout: 20_000, intervals: [20] }).toBe(2);
}

/** Marks the frame that plays, so that another one can be told from it. */
async function markFrame(player: Player): Promise<() => Promise<boolean>> {
  await player.run((element) => {
    element.shadowRoot?.querySelector('iframe')?.setAttribute('data-marked', '');
  });
  return () => player.run((element) => element.shadowRoot?.querySelector('[data-marked]') !== null);
}

/** Has the token renewed, and waits until the video is loaded with it. */
async function reloads(player: Player, traffic: Traffic): Promise<void> {
  await player.run((element) => element.renewToken());
  await expect.poll(() => traffic.tokensUsed('multivariant'), { timeout: 30_000 }).toBe(2);
}

test.describe('a swap of frames', () => {
  test('is not seen and not heard, and keeps what the viewer has set', async ({
    page,
    context,
    site,
  }) => {
    const doubledSoundMs = await watchSound(context);
    const { player, traffic } = await openFrame(page, site, { 'default-text-track': 'de' });
    await player.run((element) => {
      element.muted = false;
      element.volume = 0.4;
      element.playbackRate = 1.25;
    });
    await player.playsOn(0.5);
    await player.forgetEvents();
    await exchangesFrames(player, traffic, 4);
    await player.playsOn(1);

    expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
    expect(await player.largestStepBack()).toBeLessThan(0.05);
    const kept = { volume: 0.4, muted: false, playbackRate: 1.25 };
    expect(
      await player.run(({ volume, muted, playbackRate }) => ({ volume, muted, playbackRate })),
    ).toEqual(kept);
    const [video] = await readFrameVideos(page);
    expect(video).toMatchObject({ paused: false, captions: 'de', ...kept });
    expect(doubledSoundMs()).toBe(0);
  });

  test('leaves the viewer in command while it happens', async ({ page, site }) => {
    // The next frame takes its time, so that there is a middle to do something in.
    site.stream.link.latencyMs = 250;
    const { player, traffic } = await openFrame(page, site);
    await beginsExchange(player);
    const at = await player.run((element) => {
      element.pause();
      element.volume = 0.3;
      element.loop = element.controls = true;
      return element.currentTime;
    });
    await exchangesFrames(player, traffic, 2);
    // It stands where it was stopped.
    expect(await player.run((element) => element.paused)).toBe(true);
    expect(Math.abs((await player.position()) - at)).toBeLessThan(0.5);
    expect(await player.eventNames('pause')).toEqual(['pause']);
    expect(await readFrameVideos(page)).toMatchObject([
      { paused: true, volume: 0.3, loop: true, controls: true },
    ]);

    await player.run((element) => element.play());
    await beginsExchange(player);
    await player.run((element) => {
      element.currentTime = 60;
      element.loop = element.controls = false;
    });
    await exchangesFrames(player, traffic, 3);
    await expect
      .poll(() => readFrameVideos(page))
      .toMatchObject([{ paused: false, volume: 0.3, loop: false, controls: false }]);
    await player.reaches(62);
    expect(await player.position()).toBeLessThan(90);
    expect(await player.eventNames('error', 'emptied', 'ended')).toEqual([]);
  });

  test('goes on in the next frame where one that died is followed by one without media', async ({
    page,
    site,
  }) => {
    const { player, traffic } = await openFrame(page, site);
    await exchangesFrames(player, traffic, 2);
    // Where the viewer goes, the frame is refused, and the one after it gets neither picture nor sound.
    site.stream.faults.add({ kind: 'segment', status: 403, times: 2 });
    site.stream.faults.add({ kind: 'segment', hang: true, times: 2 });
    await player.forgetEvents();
    await player.run((element) => (element.currentTime = 90));
    await player.reaches(92);
    expect(await player.eventNames('error', 'pause', 'emptied')).toEqual([]);
    expect(await player.run((element) => element.paused)).toBe(false);
  });

  for (const { what, fault } of [
    { what: 'fails', fault: { kind: 'multivariant', status: 500, times: 2 } },
    { what: 'does not come', fault: { kind: 'player', hang: true, times: 1 } },
  ] as const) {
    test(`is made with another frame where one ${what}`, async ({ page, site }) => {
      site.lifetimeSeconds = 60;
      const { player, traffic } = await openFrame(page, site);
      await player.forgetEvents();
      site.stream.faults.add(fault);
      await player.run((element) => element.renewToken());
      await exchangesFrames(player, traffic, 3);
      await player.playsOn(1);

      expect(site.stream.faults.list()).toEqual([]);
      expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
      expect(await player.largestStepBack()).toBeLessThan(0.05);
    });
  }

  test('goes on within a segment of where a viewer is who has gone back in a live stream', async ({
    page,
    site,
  }) => {
    site.lifetimeSeconds = 120;
    const uid = SAMPLE_UIDS.livePathToken;
    const [player] = await openPlayers(page, site, [{ uid, attributes: { dvr: '' } }]);
    await player.playsOn(1);
    await player.run((element) => {
      element.currentTime -= 40;
    });
    await player.playsOn(6);
    /** How far the picture is ahead of the clock; the film goes around every 128 s. */
    const readAhead = async (): Promise<number> => {
      const frame = await findFrontFrame(page, player);
      return (await readFilmSeconds(frame)) - Date.now() / 1000;
    };
    const before = await readAhead();
    await player.forgetEvents();
    await player.run((element) => element.renewToken());
    await exchangesFrames(player, new Traffic(site.stream, uid), 2);
    await player.playsOn(1);

    const moved = (((await readAhead()) - before + 64 + 1280) % 128) - 64;
    // The clocks of two frames can be compared by the live edge alone, which moves by segments.
    expect(Math.abs(moved)).toBeLessThan(SEGMENT_SECONDS + 0.5);
    expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
    expect(await player.largestStepBack()).toBeLessThan(0.05);
  });

  test('goes on at the edge of a live stream, however many follow each other', async ({
    page,
    site,
  }) => {
    site.lifetimeSeconds = 120;
    const uid = SAMPLE_UIDS.livePathToken;
    const [player] = await openPlayers(page, site, [{ uid }]);
    const traffic = new Traffic(site.stream, uid);
    /** How far the picture is behind what is being broadcast, which goes around every 128 s. */
    const readBehind = async (): Promise<number> => {
      const frame = await findFrontFrame(page, player);
      const behind = (Date.now() - Date.UTC(2026, 0, 1)) / 1000 - (await readFilmSeconds(frame));
      return ((behind % 128) + 128) % 128;
    };
    await player.playsOn(4);
    const behind = [await readBehind()];
    await player.forgetEvents();
    for (let count = 2; count <= 4; count++) {
      await player.run((element) => element.renewToken());
      await exchangesFrames(player, traffic, count);
      await player.playsOn(1);
      behind.push(await readBehind());
    }

    // Each frame finds the edge by itself, which moves by segments; they do not fall back together.
    expect(Math.max(...behind)).toBeLessThan(Math.min(...behind) + SEGMENT_SECONDS + 0.5);
    expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
    expect(await player.largestStepBack()).toBeLessThan(0.05);
    expect(await player.largestJump()).toBeLessThan(0.5);
  });

  test('leaves the focus in the player', async ({ page, site }) => {
    const { player, traffic } = await openFrame(page, site);
    await page.locator('#player').click();
    await exchangesFrames(player, traffic, 3);

    // Whoever uses the keyboard goes on without looking for the player.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('player');
    const hasFocus = async (): Promise<boolean> =>
      (await findFrontFrame(page, player)).evaluate(() => document.hasFocus());
    await expect.poll(hasFocus).toBe(true);
  });

  test('happens in place in full screen, which stays', async ({ page, site }) => {
    site.lifetimeSeconds = UNTIL_ASKED_SECONDS;
    const { player, traffic } = await openFrame(page, site);
    const isSameFrame = await markFrame(player);
    await player.forgetEvents();
    const frame = await findFrontFrame(page, player);
    await frame.evaluate(() => document.querySelector('video')?.requestFullscreen());
    await reloads(player, traffic);
    await player.playsOn(4);

    expect(await isSameFrame()).toBe(true);
    expect(await player.run((element) => element.shadowRoot?.fullscreenElement?.localName)).toBe(
      'iframe',
    );
    expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
    expect(await player.largestStepBack()).toBeLessThan(0.05);
  });

  test('is finished in place where the viewer goes to full screen while it happens', async ({
    page,
    site,
  }) => {
    site.lifetimeSeconds = UNTIL_ASKED_SECONDS;
    const { player, traffic } = await openFrame(page, site);
    const isSameFrame = await markFrame(player);
    const front = await findFrontFrame(page, player);
    await player.forgetEvents();
    // The next frame takes its time, so that there is a middle to do something in.
    site.stream.link.latencyMs = 250;
    await player.run((element) => element.renewToken());
    await beginsExchange(player);
    await front.evaluate(() => document.querySelector('video')?.requestFullscreen());
    const isFullScreen = (): Promise<string | undefined> =>
      player.run((element) => element.shadowRoot?.fullscreenElement?.localName);
    await expect.poll(isFullScreen).toBe('iframe');
    expect(await countFrames(player)).toBe(2);
    // Once with the frame that was behind, and once in place.
    await expect.poll(() => traffic.list('multivariant').length, { timeout: 30_000 }).toBe(3);
    await expect.poll(() => countFrames(player)).toBe(1);
    await player.playsOn(3);

    expect(await isFullScreen()).toBe('iframe');
    expect(await isSameFrame()).toBe(true);
    expect(traffic.tokensUsed('multivariant')).toBe(2);
    expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
    expect(await player.largestStepBack()).toBeLessThan(0.05);
  });

  test('leaves the viewer in command while it happens in place', async ({ page, site }) => {
    site.lifetimeSeconds = UNTIL_ASKED_SECONDS;
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
    site.lifetimeSeconds = UNTIL_ASKED_SECONDS;
    const { player } = await openFrame(page, site);
    const isSameFrame = await markFrame(player);
    await player.forgetEvents();
    const frame = await findFrontFrame(page, player);
    await frame.evaluate(() => document.querySelector('video')?.requestFullscreen());
    site.endpoint = ({ send }) => send(500, '');
    site.stream.faults.add({ kind: 'segment', status: 401 });
    await expect.poll(() => player.alert(), { timeout: 60_000 }).toContain('This site is busy.');
    const stoppedAt = await player.position();
    site.stream.faults.clear();
    site.endpoint = giveToken;
    await player.reaches(stoppedAt + 4);

    expect(await player.alert()).toBeUndefined();
    expect(await isSameFrame()).toBe(true);
    expect(await player.run((element) => element.shadowRoot?.fullscreenElement?.localName)).toBe(
      'iframe',
    );
    expect(await player.largestStepBack()).toBeLessThan(0.5);
    expect(await player.eventNames('emptied', 'loadstart', 'pause')).toEqual([]);
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
    await expect.poll(() => player.run((element) => element.muted)).toBe(false);
    await player.forgetEvents();
    await reloads(player, traffic);
    await player.playsOn(3);

    expect(await isSameFrame()).toBe(true);
    expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
    expect(await readFrameVideos(page)).toMatchObject([{ paused: false, muted: false }]);
  });
});

test('a loop and a replay come after several swaps as before the first', async ({ page, site }) => {
  const { player, traffic } = await openFrame(page, site);
  await exchangesFrames(player, traffic, 3);
  await player.forgetEvents();
  await player.run((element) => {
    element.loop = true;
    element.currentTime = 124;
  });
  const hasBegunAgain = async (): Promise<boolean> => {
    const positions = (await player.events('timeupdate')).map(({ position }) => position);
    const end = positions.findIndex((position) => position > 126);
    return end >= 0 && positions.slice(end).some((position) => position < 60);
  };
  await expect.poll(hasBegunAgain, { timeout: 40_000 }).toBe(true);
  await player.run((element) => {
    element.loop = false;
    element.currentTime = 124;
  });
  await expect.poll(() => player.run(({ ended }) => ended), { timeout: 40_000 }).toBe(true);
  const told = await player.eventNames('error', 'emptied', 'loadstart', 'pause', 'ended');
  expect(told.filter((name) => name !== 'pause')).toEqual(['ended']);

  await player.forgetEvents();
  await player.run((element) => element.play());
  await expect.poll(() => player.position(), { timeout: 20_000 }).toBeLessThan(60);
  await player.playsOn(1);
  await exchangesFrames(player, traffic, traffic.list('player').length + 1);
  await player.playsOn(1);
  expect(await player.eventNames('error', 'emptied', 'loadstart', 'ended')).toEqual([]);
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
