import type Hls from 'hls.js';
import { BOTH_LEVELS, each, openAllWays } from './support/all-ways.js';
import { switchLevel, watchHls } from './support/hls-watch.js';
import { INTERRUPTIONS, SMALL_PICTURE } from './support/player.js';
import { expect, test } from './support/site-test.js';

/** Renewals happen about every two seconds. */
const SHORT_LIFETIME_SECONDS = 4;

test.describe('a swap under a live event', () => {
  test.beforeEach(({ site }) => {
    site.lifetimeSeconds = SHORT_LIFETIME_SECONDS;
  });

  test('is not seen, and leaves renditions and the live edge within reach', async ({
    page,
    site,
  }) => {
    const { players, traffic } = await openAllWays(page, site, 'live', BOTH_LEVELS);
    await each(players, async (player) => {
      const report = await watchHls(player);
      await player.playsOn(0.5);
      await player.forgetEvents();
      await player.takesTokens(4);
      expect(await player.events(...INTERRUPTIONS)).toEqual([]);
      expect(await player.largestJump()).toBeLessThan(0.25);
      expect(await report()).toEqual({ failures: [], levels: [] });

      await switchLevel(player, 0);
      await player.run((element) => element.pause());
    });
    await page.waitForTimeout(2 * SHORT_LIFETIME_SECONDS * 1000);
    await each(players, async (player) => {
      await player.run((element) => element.play());
      const before = await player.position();
      await player.run((element) => {
        element.currentTime = (element.engine as Hls).liveSyncPosition ?? 0;
      });
      await player.reaches(before + SHORT_LIFETIME_SECONDS);
      await player.playsOn(4);

      expect(await player.eventNames('error', 'emptied', 'loadstart')).toEqual([]);
    });
    for (const requests of traffic) expect(requests.refusals()).toEqual([]);
  });
});

test('what has been broadcast is within reach after renewals, and the edge from there', async ({
  page,
  site,
}) => {
  site.lifetimeSeconds = SHORT_LIFETIME_SECONDS;
  const { players, traffic } = await openAllWays(page, site, 'live', SMALL_PICTURE, { dvr: '' });
  await each(players, async (player) => {
    await player.takesTokens(3);
    const edge = await player.position();
    await player.forgetEvents();
    // Out of the buffer on both sides, and into what the first lists have named as well.
    for (const [index, seconds] of [-90, -40].entries()) {
      const to = edge + seconds;
      await player.run((element, position) => {
        element.currentTime = position;
      }, to);
      await expect.poll(() => player.position()).toBeLessThan(to + 20);
      await player.reaches(to + 2);
      expect(await player.position()).toBeLessThan(to + 20);
      await player.takesTokens(2 * (index + 1));
    }
    await player.run((element) => {
      element.currentTime = (element.engine as Hls).liveSyncPosition ?? 0;
    });
    await player.reaches(edge + 2);

    expect(await player.eventNames('seeked')).toEqual(['seeked', 'seeked', 'seeked']);
    const told = await player.eventNames('error', 'emptied', 'loadstart', 'pause', 'ended');
    expect(told).toEqual([]);
  });
  for (const requests of traffic) expect(requests.refusals()).toEqual([]);
});
