import type { Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { TestSite } from '../support/test-site.js';
import { falsifyClock, setClockAhead } from './support/false-clock.js';
import { INTERRUPTIONS, openPlayers, SMALL_PICTURE, type Player } from './support/player.js';
import { expect, test } from './support/site-test.js';
import { Freezer, makeTabsHideable, setTabHidden } from './support/tab.js';
import { Traffic } from './support/traffic.js';

const LIFETIME_SECONDS = 10;
const NIGHT_MS = 8 * 3_600_000;

/** Two players side by side, hls.js and Stream's own, that have begun to play. */
async function openBoth(
  page: Page,
  site: TestSite,
): Promise<{ readonly hls: Player; readonly frame: Player; readonly traffic: Traffic }> {
  site.lifetimeSeconds = LIFETIME_SECONDS;
  const [hls, frame] = await openPlayers(page, site, [
    {
      id: 'hls',
      uid: SAMPLE_UIDS.ownSignature,
      attributes: { player: 'hls' },
      hlsConfig: SMALL_PICTURE,
    },
    { id: 'frame', uid: SAMPLE_UIDS.pathToken },
  ]);
  if (frame === undefined) throw new RangeError('there is no frame');
  for (const player of [hls, frame]) await player.playsOn(0.5);
  for (const player of [hls, frame]) await player.forgetEvents();
  return { hls, frame, traffic: new Traffic(site.stream, SAMPLE_UIDS.ownSignature) };
}

/** The viewer has read nothing, and the page has heard of nothing going wrong. */
async function expectNoTrouble(...players: readonly Player[]): Promise<void> {
  for (const player of players) {
    expect(await player.events('error', 'emptied', 'ended')).toEqual([]);
    expect(await player.alert()).toBeUndefined();
  }
}

test('in a hidden tab, whose timers hardly run, all play on unnoticed', async ({
  context,
  page,
  site,
}) => {
  await makeTabsHideable(context);
  const { hls, frame, traffic } = await openBoth(page, site);
  await setTabHidden(page, true);
  // Longer than the first one lives, and what was buffered with it.
  await hls.takesTokens(3);
  await hls.playsOn(2);
  await frame.playsOn(1);

  expect(await hls.events(...INTERRUPTIONS)).toEqual([]);
  expect(traffic.refusals()).toEqual([]);
  await expectNoTrouble(hls, frame);
  await setTabHidden(page, false);
  await hls.playsOn(2);
  await expectNoTrouble(hls, frame);
});

for (const { name, isPlaying } of [
  { name: 'playing', isPlaying: true },
  { name: 'paused', isPlaying: false },
]) {
  test(`after a night in which all clocks but the device's stood still, ${name}`, async ({
    context,
    page,
    site,
  }) => {
    await falsifyClock(context);
    const { hls, frame, traffic } = await openBoth(page, site);
    if (!isPlaying)
      for (const player of [hls, frame]) await player.run((element) => element.pause());
    const [hlsAt, frameAt] = [await hls.position(), await frame.position()];
    site.stream.serverClock.skewMs += NIGHT_MS;
    await setClockAhead(page, NIGHT_MS);
    await page.evaluate(() => dispatchEvent(new Event('online')));
    if (!isPlaying) {
      const asked = site.tokenRequests;
      await page.waitForTimeout(2000);
      expect(site.tokenRequests).toBe(asked);
      for (const player of [hls, frame]) await player.run((element) => element.play());
    }

    // Neither has sent anything with yesterday's token, and both go on where they were.
    await hls.reaches(hlsAt + 15);
    await frame.reaches(frameAt + 15);
    await expectNoTrouble(hls, frame);
    expect(traffic.refusals()).toEqual([]);
    expect(await hls.largestJump()).toBeLessThan(0.5);
  });

  test(`frozen for a night, ${name}`, async ({ context, page, site }) => {
    await falsifyClock(context);
    const freezer = await Freezer.attach(page);
    const { hls, frame } = await openBoth(page, site);
    if (!isPlaying)
      for (const player of [hls, frame]) await player.run((element) => element.pause());
    const [hlsAt, frameAt] = [await hls.position(), await frame.position()];
    await freezer.freeze();
    site.stream.serverClock.skewMs += NIGHT_MS;
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await freezer.wake();
    await setClockAhead(page, NIGHT_MS);
    for (const player of [hls, frame]) {
      // A browser may have paused what it froze; the viewer starts it again.
      if (await player.run((element) => element.paused)) {
        await player.run((element) => element.play());
      }
    }

    await hls.reaches(hlsAt + 15);
    await frame.reaches(frameAt + 15);
    await expectNoTrouble(hls, frame);
  });
}
