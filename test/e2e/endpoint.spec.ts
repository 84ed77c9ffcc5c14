import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { giveToken, type TestSite } from '../support/test-site.js';
import { each } from './support/all-ways.js';
import { Endpoints, toFramePlayer, toHlsPlayer } from './support/endpoints.js';
import { readFrameVideos } from './support/frames.js';
import { OUTAGES, type Outage } from './support/outages.js';
import { INTERRUPTIONS, openPlayers, SIGNS_OF_A_SWAP, type Player } from './support/player.js';
import { expect, test } from './support/site-test.js';
import { Traffic } from './support/traffic.js';

/** An endpoint that is busy, and says when it wants to be asked again. */
interface BusyEndpoint {
  readonly name: string;
  readonly status: number;
  readonly pauseSeconds: number;
  /** How often it says so before it gives a token. */
  readonly times: number;
  /** What `Retry-After` says, with the moment meant and now in milliseconds. */
  readonly write: (untilMs: number, nowMs: number) => string;
  readonly bufferSeconds: number;
}

const inSeconds = (untilMs: number, nowMs: number): string => String((untilMs - nowMs) / 1000);
const asDate = (untilMs: number): string => new Date(untilMs).toUTCString();

/** Enough for the longest outage, one in which an endpoint never answers. */
const BUFFER_SECONDS = 32;

for (const outages of [OUTAGES.slice(0, 4), OUTAGES.slice(4)]) {
  const names = outages.map(({ name }) => name).join(', ');
  test(`what buffer and token outlast is not seen: ${names}`, async ({ page, site }) => {
    const endpoints = new Endpoints(site);
    site.lifetimeSeconds = 6;
    const players = await openPlayers(
      page,
      site,
      outages.map(({ name }) => toHlsPlayer(name, BUFFER_SECONDS, SAMPLE_UIDS.pathToken)),
    );
    await each(players, (player) => player.hasAhead(BUFFER_SECONDS - 8));
    await each(players, (player) => player.forgetEvents());
    await fail(site, endpoints, outages, players);
    await each(players, async (player) => {
      await player.takesTokens(countTokens(outages[players.indexOf(player)]));
      await player.refills();
      await player.playsOn(2);
      expect(await player.eventNames(...INTERRUPTIONS)).toEqual([]);
      expect(await player.alert()).toBeUndefined();
      expect(await player.run((element) => element.tokenState)).toMatch(/valid|renewing/);
    });
    for (const { name } of outages) expect(endpoints.count(name)).toBeLessThan(30);
    expect(new Traffic(site.stream, SAMPLE_UIDS.pathToken).refusals()).toEqual([]);
  });
}

for (const { outages, lifetimeSeconds } of [
  // An endpoint that does not answer is given up after half of that.
  { outages: OUTAGES.slice(0, 4), lifetimeSeconds: 20 },
  { outages: OUTAGES.slice(4), lifetimeSeconds: 10 },
]) {
  const names = outages.map(({ name }) => name).join(', ');
  test(`iframe: what buffer and token outlast is not seen: ${names}`, async ({ page, site }) => {
    const endpoints = new Endpoints(site);
    site.lifetimeSeconds = lifetimeSeconds;
    const players = await openPlayers(
      page,
      site,
      outages.map(({ name }) => toFramePlayer(name, SAMPLE_UIDS.pathToken)),
    );
    await each(players, (player) => player.playsOn(0.2));
    await each(players, (player) => player.forgetEvents());
    await fail(site, endpoints, outages, players);
    await each(players, async (player) => {
      await player.takesTokens(countTokens(outages[players.indexOf(player)]));
      await player.playsOn(4);
      expect(await player.events(...SIGNS_OF_A_SWAP)).toEqual([]);
      expect(await player.largestStepBack()).toBeLessThan(0.05);
      expect(await player.alert()).toBeUndefined();
    });
    for (const { name } of outages) expect(endpoints.count(name)).toBeLessThan(30);
  });
}

const BUSY_ENDPOINTS: readonly BusyEndpoint[] = [
  {
    name: 'seconds',
    status: 503,
    pauseSeconds: 4,
    times: 2,
    write: inSeconds,
    bufferSeconds: BUFFER_SECONDS,
  },
  {
    name: 'a date',
    status: 429,
    pauseSeconds: 4,
    times: 2,
    write: asDate,
    bufferSeconds: BUFFER_SECONDS,
  },
  // Longer than a token lasts, and until the viewer, who does not wait for the buffer, reads of it.
  { name: 'long', status: 429, pauseSeconds: 16, times: 1, write: inSeconds, bufferSeconds: 8 },
];

test('an endpoint that says when to ask again is left alone until then', async ({ page, site }) => {
  const endpoints = new Endpoints(site);
  site.lifetimeSeconds = 6;
  const players = await openPlayers(
    page,
    site,
    BUSY_ENDPOINTS.map(({ name, bufferSeconds }) =>
      toHlsPlayer(name, bufferSeconds, SAMPLE_UIDS.pathToken),
    ),
  );
  const [bySeconds, byDate, starving] = players;
  if (byDate === undefined || starving === undefined) throw new RangeError('a player is missing');
  for (const player of players) await player.playsOn(0.2);
  for (const player of [bySeconds, byDate]) await player.hasAhead(BUFFER_SECONDS - 8);
  for (const player of players) await player.forgetEvents();

  /** How much too early each question came after the first one; negative is late enough. */
  const earlyMs: Record<string, number[]> = {};
  for (const { name, status, pauseSeconds, times, write } of BUSY_ENDPOINTS) {
    const early: number[] = (earlyMs[name] = []);
    let untilMs: number | undefined;
    endpoints.set(name, (exchange) => {
      const nowMs = site.stream.serverClock.now();
      if (untilMs !== undefined) early.push(untilMs - nowMs);
      if (early.length >= times) return giveToken(exchange);
      untilMs = nowMs + pauseSeconds * 1000;
      // A date has no fractions of a second.
      if (write === asDate) untilMs = Math.floor(untilMs / 1000) * 1000;
      exchange.send(status, '', { 'retry-after': write(untilMs, nowMs) });
    });
  }
  for (const player of players) await failsToRenew(player);
  // Nothing that happens in the meantime is a reason to ask.
  await page.evaluate(() => {
    for (const type of ['online', 'pageshow', 'focus']) dispatchEvent(new Event(type));
    document.dispatchEvent(new Event('visibilitychange'));
  });

  // Who has nothing left to play reads why, and it goes on in its time.
  expect(await starving.starvesWithoutToken()).toContain('This site is busy.');
  await starving.playsOn(2);
  expect(await starving.alert()).toBeUndefined();
  for (const player of [bySeconds, byDate]) {
    await player.takesTokens(1);
    await player.playsOn(1);
    expect(await player.events(...INTERRUPTIONS)).toEqual([]);
    expect(await player.alert()).toBeUndefined();
  }
  for (const { name, times } of BUSY_ENDPOINTS) {
    expect(earlyMs[name]?.length, name).toBeGreaterThanOrEqual(times);
    expect(Math.max(...(earlyMs[name]?.slice(0, times) ?? [])), name).toBeLessThanOrEqual(0);
  }
});

test('iframe: what buffer and token outlast is not seen; what they do not is told, and got over', async ({
  page,
  site,
}) => {
  site.lifetimeSeconds = 6;
  const [player] = await openPlayers(page, site, [{ uid: SAMPLE_UIDS.ownSignature }]);
  const failures = async (): Promise<number> => (await player.events('tokenerror')).length;
  await player.playsOn(0.5);
  await player.forgetEvents();
  // A short one ends when the endpoint has failed twice.
  site.endpoint = ({ send }) => send(503, '', { 'retry-after': '1' });
  await expect.poll(failures, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  site.endpoint = giveToken;
  await player.takesTokens(1);
  await player.playsOn(4);
  expect(await player.eventNames(...SIGNS_OF_A_SWAP)).toEqual([]);
  expect(await player.largestStepBack()).toBeLessThan(0.05);
  expect(await player.largestJump()).toBeLessThan(0.5);
  expect(await player.alert()).toBeUndefined();

  // A long one ends when all that was there has been played, and the viewer has read of it.
  await player.forgetEvents();
  site.endpoint = ({ send }) => send(503, '', { 'retry-after': '1' });
  expect(await player.starvesWithoutToken()).toContain('This site is busy.');
  expect(await player.run(({ paused }) => paused)).toBe(false);
  // What the viewer does meanwhile counts from then on.
  await player.run((element) => {
    element.volume = 0.4;
    element.currentTime = 60;
  });
  site.endpoint = giveToken;
  await player.reaches(61);
  expect(await player.position()).toBeLessThan(90);
  expect(await readFrameVideos(page)).toMatchObject([{ paused: false, volume: 0.4 }]);
  expect(await player.alert()).toBeUndefined();
  expect(await player.run(({ paused, error }) => ({ paused, error }))).toEqual({
    paused: false,
    error: null,
  });
  const told = ['error', 'pause', 'emptied', 'loadstart', 'ended', 'volumechange'];
  expect(await player.eventNames(...told)).toEqual(['error endpoint-refused', 'volumechange']);
});

test('an endpoint that hangs for 30 s is not seen behind a deep buffer, else told and got over', async ({
  page,
  site,
}) => {
  const hangMs = 30_000;
  site.lifetimeSeconds = 6;
  const [deep, frame] = await openPlayers(page, site, [
    toHlsPlayer('deep', 50, SAMPLE_UIDS.pathToken),
    {
      id: 'frame',
      uid: SAMPLE_UIDS.ownSignature,
      attributes: { 'token-endpoint': Endpoints.address('frame') },
    },
  ]);
  if (frame === undefined) throw new RangeError('there is no frame');
  for (const player of [deep, frame]) await player.playsOn(0.2);
  await deep.hasAhead(42);
  for (const player of [deep, frame]) await player.forgetEvents();
  let endsAtMs: number | undefined;
  // Whoever still waits when it is over is answered.
  site.endpoint = async (exchange) => {
    endsAtMs ??= performance.now() + hangMs;
    await new Promise((resolve) => setTimeout(resolve, (endsAtMs ?? 0) - performance.now()));
    await giveToken(exchange);
  };
  await expect
    .poll(() => frame.alert(), { timeout: hangMs })
    .toContain('The video cannot be reached at the moment.');
  const stoppedAt = await frame.position();
  await frame.reaches(stoppedAt + 1);
  expect(performance.now()).toBeGreaterThan(endsAtMs ?? Infinity);
  expect(await frame.alert()).toBeUndefined();
  expect(await frame.largestStepBack()).toBeLessThan(0.5);
  expect(await frame.eventNames('error', 'pause', 'emptied', 'loadstart')).toEqual([
    'error endpoint-unreachable',
  ]);

  await deep.takesTokens(1);
  await deep.playsOn(6);
  expect(await deep.events(...INTERRUPTIONS)).toEqual([]);
  expect(await deep.alert()).toBeUndefined();
  expect(new Traffic(site.stream, SAMPLE_UIDS.pathToken).refusals()).toEqual([]);
});

/** Has each endpoint fail in a way of its own, until the page has heard of it. */
async function fail(
  site: TestSite,
  endpoints: Endpoints,
  outages: readonly Outage[],
  players: readonly Player[],
): Promise<void> {
  for (const { name, answer } of outages) endpoints.set(name, answer(site));
  await Promise.all(
    outages.map(async ({ name, code }, index) => {
      await expect
        .poll(() => players[index]?.eventNames('tokenerror'), { timeout: 40_000, intervals: [100] })
        .toContain(`tokenerror ${code}`);
      endpoints.set(name);
    }),
  );
}

/** How many tokens have come when an outage is over: the same old one is new the first time. */
function countTokens(outage: Outage | undefined): number {
  return outage?.code === 'endpoint-stale' ? 2 : 1;
}

/** Waits until the page has heard that no token came. */
async function failsToRenew(player: Player): Promise<void> {
  await expect
    .poll(() => player.eventNames('tokenerror'), { timeout: 30_000 })
    .toContain('tokenerror endpoint-refused');
}
