import type { Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { TestSite } from '../support/test-site.js';
import { Endpoints, toFramePlayer, toHlsPlayer } from './support/endpoints.js';
import { OUTAGES, type Outage } from './support/outages.js';
import { openPlayers, type Player } from './support/player.js';
import { expect, test } from './support/site-test.js';

const UID = SAMPLE_UIDS.pathToken;
const HALVES = [OUTAGES.slice(0, 4), OUTAGES.slice(4)];

const PLAYERS = {
  hls: (name: string) => toHlsPlayer(name, 6, UID),
  iframe: (name: string) => toFramePlayer(name, UID),
} as const;

for (const [kind, toPlayer] of Object.entries(PLAYERS)) {
  const open = (page: Page, site: TestSite, outages: readonly Outage[]) => {
    site.lifetimeSeconds = 6;
    return openPlayers(
      page,
      site,
      outages.map(({ name }) => toPlayer(name)),
    );
  };

  for (const outages of HALVES) {
    const names = outages.map(({ name }) => name).join(', ');
    const fromStart = outages.filter(({ code }) => code !== 'endpoint-stale');
    const namesFromStart = fromStart.map(({ name }) => name).join(', ');

    test(`${kind}: what fails from the start is told, and it plays when it is over: ${namesFromStart}`, async ({
      page,
      site,
    }) => {
      const endpoints = new Endpoints(site);
      for (const { name, answer } of fromStart) endpoints.set(name, answer(site));
      const players = await open(page, site, fromStart);
      await Promise.all(
        fromStart.map((outage, index) => recovers(endpoints, outage, players[index])),
      );
    });

    test(`${kind}: when nothing is left to play that is told, and it plays on when it is over: ${names}`, async ({
      page,
      site,
    }) => {
      const endpoints = new Endpoints(site);
      const players = await open(page, site, outages);
      for (const player of players) await player.playsOn(0.5);
      for (const { name, answer } of outages) endpoints.set(name, answer(site));
      const recover = (isMine: (outage: Outage) => boolean, network?: Page): Promise<unknown> =>
        Promise.all(
          outages.map(async (outage, index) => {
            if (isMine(outage)) await recovers(endpoints, outage, players[index], network);
          }),
        );
      await recover((outage) => !isSeldomAsked(outage));
      await recover(isSeldomAsked, page);
    });
  }
}

/** After some failures an endpoint of this kind is asked again only after a minute. */
const isSeldomAsked = ({ code }: Outage): boolean => code === 'token-wrong-video';

/**
 * The viewer reads why nothing plays; nobody does anything, and it goes on where it was.
 *
 * @param network the page whose network comes back when it is over, where it does not go on before
 */
async function recovers(
  endpoints: Endpoints,
  { name, code }: Outage,
  player: Player | undefined,
  network?: Page,
): Promise<void> {
  if (player === undefined) throw new RangeError('a player is missing');
  await player.starvesWithoutToken();
  expect(await player.run((element) => element.error?.cause.code)).toBe(code);
  const asked = endpoints.count(name);
  expect(asked, name).toBeLessThan(20);
  const at = await player.position();
  endpoints.set(name);
  if (network !== undefined) {
    await expect(async () => {
      await network.evaluate(() => dispatchEvent(new Event('online')));
      expect(endpoints.count(name)).toBeGreaterThan(asked);
    }).toPass({ timeout: 30_000, intervals: [500] });
  }
  await player.reaches(at + 0.5);
  expect(await player.position(), name).toBeLessThan(at + 8);
  expect(await player.alert(), name).toBeUndefined();
  expect(await player.run(({ paused, error }) => ({ paused, error }))).toEqual({
    paused: false,
    error: null,
  });
  expect(await player.eventNames('pause', 'ended'), name).toEqual([]);
}
