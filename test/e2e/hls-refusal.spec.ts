import type { LoggedRequest } from '../../demo/stream/state/request-log.js';
import { each, openAllWays } from './support/all-ways.js';
import { watchHls } from './support/hls-watch.js';
import { INTERRUPTIONS } from './support/player.js';
import { expect, test } from './support/site-test.js';

/** Renewals happen about every two seconds. */
const SHORT_LIFETIME_SECONDS = 4;

for (const [what, kind, status] of [
  ['vod', 'segment', 401],
  ['vod', 'segment', 403],
  ['live', 'segment', 401],
  ['live', 'segment', 403],
  ['live', 'rendition', 401],
  ['live', 'rendition', 404],
] as const) {
  test(`${what}: a ${kind} answered with ${status} once after a renewal is fetched before hls.js hears of it`, async ({
    page,
    site,
  }) => {
    site.lifetimeSeconds = SHORT_LIFETIME_SECONDS;
    const { players, uids, traffic } = await openAllWays(page, site, what);
    await each(players, async (player) => {
      const report = await watchHls(player);
      await player.takesTokens(2);
      await player.playsOn(0.5);
      await player.forgetEvents();
      const index = players.indexOf(player);
      const uid = uids[index] ?? '';
      const fault = site.stream.faults.add({ kind, status, uid, times: 1 });
      await expect
        .poll(() => site.stream.faults.list().some(({ id }) => id === fault), {
          timeout: 30_000,
          intervals: [100],
        })
        .toBe(false);
      const isFetched = (): boolean => isFetchedAfterRefusal(traffic[index]?.list(kind) ?? []);
      await expect.poll(isFetched, { timeout: 30_000, intervals: [100] }).toBe(true);
      await player.playsOn(1);
      expect(await player.events(...INTERRUPTIONS)).toEqual([]);
      expect((await report()).failures).toEqual([]);
    });
  });
}

/** Whether what was refused has been asked for again, and has come. */
function isFetchedAfterRefusal(requests: readonly LoggedRequest[]): boolean {
  const at = requests.findIndex(({ status }) => status >= 400);
  const refused = requests[at];
  if (refused === undefined) return false;
  return requests.slice(at + 1).some(({ status, state, rendition, segment }) => {
    const isSame = rendition === (refused.rendition ?? rendition) && segment === refused.segment;
    return isSame && status === 200 && state === 'complete';
  });
}
