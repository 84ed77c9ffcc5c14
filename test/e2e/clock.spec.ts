import type { BrowserContext, Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { TestSite } from '../support/test-site.js';
import { DAY_MS, falsifyClock, setClockAhead } from './support/false-clock.js';
import { INTERRUPTIONS, openPlayers, SMALL_PICTURE, type Player } from './support/player.js';
import { expect, test } from './support/site-test.js';
import { Traffic } from './support/traffic.js';

const LIFETIME_SECONDS = 10;

/** Two tokens have ended by then, and a third one has begun. */
const LONG_ENOUGH_SECONDS = 21;

interface Players {
  /** Its endpoint tells the time. */
  readonly told: Player;
  /** Its endpoint is of another origin, which does not let the page read the time. */
  readonly hidden: Player;
  /** The Stream player; its endpoint sends no `Date` at all. */
  readonly frame: Player;
  /** How often each endpoint was asked. */
  readonly asked: { told: number; hidden: number; frame: number };
}

/** Three players with the same wrong clock, whose endpoints tell it the time or not. */
async function open(context: BrowserContext, page: Page, site: TestSite): Promise<Players> {
  const asked = { told: 0, hidden: 0, frame: 0 };
  site.lifetimeSeconds = LIFETIME_SECONDS;
  site.endpoint = async (exchange) => {
    const token = await exchange.sign();
    const isTold = exchange.request.url?.includes('date=no') !== true;
    asked[isTold ? 'told' : 'frame'] += 1;
    if (isTold) {
      exchange.answer(token);
    } else {
      exchange.response.sendDate = false;
      exchange.response.end(JSON.stringify({ token }));
    }
  };
  await context.route('https://tokens.example/**', async (route) => {
    asked.hidden += 1;
    const videoId = new URL(route.request().url()).searchParams.get('video-id') ?? '';
    const exp = Math.floor(site.stream.serverClock.nowSeconds()) + LIFETIME_SECONDS;
    await route.fulfill({
      headers: { 'access-control-allow-origin': '*', date: new Date(0).toUTCString() },
      body: await site.stream.signToken({ sub: videoId, exp }),
    });
  });
  const [told, hidden, frame] = await openPlayers(page, site, [
    {
      id: 'told',
      uid: SAMPLE_UIDS.pathToken,
      attributes: { player: 'hls' },
      hlsConfig: SMALL_PICTURE,
    },
    {
      id: 'hidden',
      uid: SAMPLE_UIDS.ownSignature,
      attributes: { player: 'hls', 'token-endpoint': 'https://tokens.example/' },
      hlsConfig: SMALL_PICTURE,
    },
    {
      id: 'frame',
      uid: SAMPLE_UIDS.tokenBoundNames,
      attributes: { 'token-endpoint': '/token?date=no' },
    },
  ]);
  if (hidden === undefined || frame === undefined) throw new RangeError('players are missing');
  return { told, hidden, frame, asked };
}

/** Nothing is asked for in a hurry: tokens are renewed at 40 to 50 % of their life, or when refused. */
function expectNoHurry({ asked }: Players): void {
  for (const count of Object.values(asked)) {
    expect(count).toBeGreaterThan(1);
    expect(count).toBeLessThan(15);
  }
}

for (const { name, aheadMs } of [
  { name: 'right', aheadMs: 0 },
  { name: '24 h ahead', aheadMs: DAY_MS },
  { name: '24 h behind', aheadMs: -DAY_MS },
]) {
  test(`with a clock that is ${name}, all play through renewals`, async ({
    context,
    page,
    site,
  }) => {
    await falsifyClock(context, aheadMs);
    const players = await open(context, page, site);
    const { told, hidden, frame } = players;
    for (const player of [told, hidden]) {
      await player.playsOn(0.5);
      await player.forgetEvents();
    }
    // At this speed the frame has played what it has buffered before its second token is over.
    await frame.run((element) => {
      element.playbackRate = 2;
    });
    await told.playsOn(LONG_ENOUGH_SECONDS);
    await hidden.playsOn(1);
    await frame.reaches(1.5 * LONG_ENOUGH_SECONDS);

    for (const player of [told, hidden]) {
      expect(await player.events(...INTERRUPTIONS)).toEqual([]);
    }
    expect(await frame.events('error', 'emptied', 'ended')).toEqual([]);
    expect(await frame.alert()).toBeUndefined();
    // Who is told the time sends nothing that is over.
    expect(new Traffic(site.stream, SAMPLE_UIDS.pathToken).refusals()).toEqual([]);
    expectNoHurry(players);
  });
}

test('with a clock that jumps while they play, all play on', async ({ context, page, site }) => {
  await falsifyClock(context);
  const players = await open(context, page, site);
  const { told, hidden, frame } = players;
  await frame.playsOn(0.5);
  for (const player of [told, hidden]) {
    await player.playsOn(0.5);
    await player.forgetEvents();
  }
  for (const jumpMs of [DAY_MS, -2 * DAY_MS, 3_600_000, DAY_MS]) {
    await setClockAhead(page, jumpMs);
    await told.playsOn(5);
  }
  await hidden.playsOn(1);
  await frame.playsOn(1);

  for (const player of [told, hidden]) {
    expect(await player.events(...INTERRUPTIONS)).toEqual([]);
  }
  expect(await frame.events('error', 'emptied', 'ended')).toEqual([]);
  expect(await frame.alert()).toBeUndefined();
  expect(new Traffic(site.stream, SAMPLE_UIDS.pathToken).refusals()).toEqual([]);
  expectNoHurry(players);
});
