import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import {
  addPlayers,
  INTERRUPTIONS,
  openPlayers,
  openSite,
  SMALL_PICTURE,
} from './support/player.js';
import { expect, test } from './support/site-test.js';

const OFFLINE_MS = 20_000;

test('offline for 20 s: not seen where enough is buffered, told and got over where not', async ({
  context,
  page,
  site,
}) => {
  site.lifetimeSeconds = 8;
  const deep = { maxBufferLength: 40, maxMaxBufferLength: 40 };
  const [buffered, starving] = await openPlayers(page, site, [
    {
      id: 'buffered',
      uid: SAMPLE_UIDS.ownSignature,
      attributes: { player: 'hls', style: 'width: 160px' },
      hlsConfig: { ...deep, capLevelToPlayerSize: true },
    },
    {
      id: 'starving',
      uid: SAMPLE_UIDS.pathToken,
      attributes: { player: 'hls', style: 'width: 160px' },
      hlsConfig: SMALL_PICTURE,
    },
  ]);
  if (starving === undefined) throw new RangeError('a player is missing');
  await starving.playsOn(0.5);
  await buffered.hasAhead(32);
  await buffered.forgetEvents();
  await context.setOffline(true);
  const backAtMs = Date.now() + OFFLINE_MS;
  // The one that has played all it had says why; the other one plays on.
  expect(await starving.starves()).toContain('The video cannot be reached at the moment.');
  const stoppedAt = await starving.position();
  await expect.poll(() => Date.now(), { timeout: OFFLINE_MS }).toBeGreaterThan(backAtMs);
  await context.setOffline(false);

  await buffered.refills();
  await buffered.playsOn(2);
  await starving.reaches(stoppedAt + 3);
  expect(await starving.alert()).toBeUndefined();
  expect(await buffered.eventNames(...INTERRUPTIONS)).toEqual([]);
  expect(await buffered.alert()).toBeUndefined();
});

test('iframe: offline for a while: told, and got over', async ({ context, page, site }) => {
  site.lifetimeSeconds = 8;
  const [player] = await openPlayers(page, site, [
    { uid: SAMPLE_UIDS.ownSignature, attributes: { player: 'iframe' } },
  ]);
  await player.playsOn(2);
  await context.setOffline(true);
  const backAtMs = Date.now() + OFFLINE_MS / 2;
  expect(await player.starves()).toContain('The video cannot be reached at the moment.');
  const stoppedAt = await player.position();
  await expect.poll(() => Date.now(), { timeout: OFFLINE_MS }).toBeGreaterThan(backAtMs);
  expect(await player.position()).toBeCloseTo(stoppedAt, 1);
  await context.setOffline(false);
  await player.reaches(stoppedAt + 3);
  expect(await player.alert()).toBeUndefined();
  expect(await player.largestStepBack()).toBeLessThan(0.5);
  expect(await player.run(({ paused }) => paused)).toBe(false);
});

for (const name of ['hls', 'iframe']) {
  test(`${name}: begun while offline, it starts when the network is there`, async ({
    context,
    page,
    site,
  }) => {
    // What is said then has to be there before.
    const words = page.waitForResponse(/\/message-[^/]*\.js$/);
    await openSite(page, site);
    await (await words).finished();
    await context.setOffline(true);
    const inVain = page.waitForEvent('requestfailed', {
      predicate: (request) => /\/session-[^/]*\.js$/.test(request.url()),
      timeout: 30_000,
    });
    const [player] = await addPlayers(page, site, [
      { uid: SAMPLE_UIDS.ownSignature, attributes: { player: name }, hlsConfig: SMALL_PICTURE },
    ]);
    await expect
      .poll(() => player.alert(), { timeout: 30_000 })
      .toContain('The video cannot be reached at the moment.');
    expect(await player.eventNames('error')).toEqual(['error endpoint-unreachable']);
    // Its code has to be asked for, too.
    await inVain;
    await context.setOffline(false);
    await player.reaches(3);
    expect(await player.alert()).toBeUndefined();
    expect(await player.eventNames('error')).toEqual(['error endpoint-unreachable']);
  });
}
