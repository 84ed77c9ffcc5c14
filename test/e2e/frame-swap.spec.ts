import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import {
  beginsExchange,
  exchangesFrames,
  exchangesFrontBy,
  findFrontFrame,
  openFrame,
  readAheadSeconds,
  readFrameVideos,
  watchSound,
} from './support/frames.js';
import { openPlayers, SIGNS_OF_A_SWAP } from './support/player.js';
import { expect, test } from './support/site-test.js';

/** Renewals happen about every four seconds. */
const SHORT_LIFETIME_SECONDS = 8;

const SEGMENT_SECONDS = 4;

test.beforeEach(({ site }) => {
  site.lifetimeSeconds = SHORT_LIFETIME_SECONDS;
});

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

  test('would be heard if two sounded at once', async ({ page, context, site }) => {
    const doubledSoundMs = await watchSound(context);
    const uid = SAMPLE_UIDS.pathToken;
    const players = await openPlayers(page, site, [{ uid }, { uid, id: 'second' }]);
    for (const player of players) {
      await player.playsOn(0.5);
      await player.run((element) => (element.muted = false));
    }
    await expect.poll(doubledSoundMs).toBeGreaterThan(0);
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
    const readAhead = async (): Promise<number> =>
      readAheadSeconds(await findFrontFrame(page, player));
    const before = await readAhead();
    await player.forgetEvents();
    await exchangesFrontBy(player, () => player.run((element) => element.renewToken()));
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
    /** How far the picture is behind what is being broadcast. */
    const readBehind = async (): Promise<number> => {
      const aheadSeconds = await readAheadSeconds(await findFrontFrame(page, player));
      const behind = -aheadSeconds - Date.UTC(2026, 0, 1) / 1000;
      return ((behind % 128) + 128) % 128;
    };
    // A stream without an end is known by its length, which grows.
    const { poll } = expect;
    await poll(() => player.run(({ duration }) => duration), { timeout: 30_000 }).toBe(Infinity);
    await player.playsOn(1);
    const behind = [await readBehind()];
    await player.forgetEvents();
    for (let count = 0; count < 3; count++) {
      await exchangesFrontBy(player, () => player.run((element) => element.renewToken()));
      await player.playsOn(1);
      behind.push(await readBehind());
    }

    const steps = behind.slice(1).map((seconds, at) => Math.abs(seconds - (behind[at] ?? 0)));
    // The clocks of two frames go together by the live edge alone, which moves by segments: on a busy
    // machine one guess may be a segment off, and where that fails each frame finds its own place.
    expect(Math.min(...steps)).toBeLessThan(0.5);
    expect(Math.max(...steps)).toBeLessThan(2 * SEGMENT_SECONDS + 0.5);
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
  await expect.poll(hasBegunAgain, { timeout: 40_000, intervals: [100] }).toBe(true);
  await player.run((element) => {
    element.loop = false;
    element.currentTime = 124;
  });
  await expect
    .poll(() => player.run(({ ended }) => ended), { timeout: 40_000, intervals: [100] })
    .toBe(true);
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

test('a live stream is renewed, too, where nothing is to be loaded before it is played', async ({
  page,
  site,
}) => {
  const [player] = await openPlayers(page, site, [
    { uid: SAMPLE_UIDS.livePathToken, attributes: { preload: 'none' } },
  ]);
  await player.playsOn(0.5);
  await player.forgetEvents();
  await exchangesFrontBy(player, () => beginsExchange(player));
  expect(await player.events('error', 'pause', 'emptied')).toEqual([]);
});

test('a video that begins again is renewed then, too, while its end is near', async ({
  page,
  site,
}) => {
  // One of the exchanges is under way wherever the end comes.
  site.lifetimeSeconds = 5;
  const { player, traffic } = await openFrame(page, site, { loop: '' });
  await player.run((element) => {
    element.currentTime = 120;
  });
  await expect
    .poll(() => player.position(), { timeout: 60_000, intervals: [100] })
    .toBeLessThan(60);
  await player.forgetEvents();
  await exchangesFrames(player, traffic, traffic.list('player').length + 2);
  await player.playsOn(1);

  const told = await player.events('waiting', 'error', 'emptied', 'loadstart', 'pause');
  // To begin again is a seek, which waits for its picture.
  expect(told.filter(({ type, position }) => type !== 'waiting' || position > 1)).toEqual([]);
});

test('an ad is shown before the video, and not at each swap', async ({ page, site }) => {
  let asked = 0;
  await page.route('http://ads.test/vast.xml', (route) => {
    asked += 1;
    return route.fulfill({ status: 404, headers: { 'access-control-allow-origin': '*' } });
  });
  site.lifetimeSeconds = 6;
  const { player, traffic } = await openFrame(page, site, { 'ad-url': 'http://ads.test/vast.xml' });
  expect(asked).toBe(1);
  await player.forgetEvents();
  await exchangesFrames(player, traffic, 3);
  await player.playsOn(1);
  expect(asked).toBe(1);
  expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
  // Nor where a player is put up in the place of another one.
  await player.run((element) => document.body.append(element));
  await player.playsOn(1);
  expect(asked).toBe(1);
});
