import type { Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import {
  addPlayers,
  openPlayers,
  openSite,
  SMALL_BUFFER,
  SMALL_PICTURE,
} from './support/player.js';
import { expect, test } from './support/site-test.js';
import { Traffic } from './support/traffic.js';

const UID = SAMPLE_UIDS.ownSignature;

/** Keeps a part of the element's code from coming until it is told to. */
async function hold(page: Page, part: 'hls-engine' | 'fetch-ahead'): Promise<() => void> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(`**/${part}*.js`, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

function readHints(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLLinkElement>('link:is([rel=preconnect], [rel=preload])')].map(
      ({ rel, as, href, crossOrigin }) => [rel, as, href, crossOrigin ?? 'with cookies'].join(' '),
    ),
  );
}

test('what hls.js asks for first is fetched while it is on its way, once', async ({
  page,
  site,
}) => {
  const release = await hold(page, 'hls-engine');
  const [player] = await openPlayers(page, site, [
    { uid: UID, attributes: { player: 'hls' }, hlsConfig: SMALL_BUFFER },
  ]);
  const traffic = new Traffic(site.stream, UID);
  await expect.poll(() => traffic.list('segment').length).toBe(2);
  const ahead = traffic.list().map(({ path }) => path);
  release();
  await player.playsOn(5);
  const all = traffic.list().map(({ path }) => path);
  expect(ahead).toHaveLength(7);
  expect(all.filter((path) => ahead.includes(path))).toEqual(ahead);
  expect(traffic.list('multivariant')).toHaveLength(1);
  expect(site.tokenRequests).toBe(1);
});

test('nothing is fetched ahead once hls.js is there, as it may be from a cache', async ({
  page,
  site,
}) => {
  const release = await hold(page, 'fetch-ahead');
  const [player] = await openPlayers(page, site, [
    { uid: UID, attributes: { player: 'hls' }, hlsConfig: SMALL_BUFFER },
  ]);
  await player.reaches(0.5);
  const arrived = page.waitForResponse('**/fetch-ahead*.js');
  release();
  await arrived;
  await player.playsOn(5);
  const traffic = new Traffic(site.stream, UID);
  expect(traffic.list('multivariant')).toHaveLength(1);
  expect(traffic.fetchedTwice()).toEqual([]);
});

test('no media is fetched ahead for what begins elsewhere, or is a broadcast', async ({
  page,
  site,
}) => {
  const release = await hold(page, 'hls-engine');
  const live = SAMPLE_UIDS.livePathToken;
  const players = await openPlayers(page, site, [
    {
      uid: UID,
      attributes: { player: 'hls', 'start-time': '20' },
      hlsConfig: SMALL_BUFFER,
    },
    { uid: live, id: 'live', attributes: { player: 'hls' }, hlsConfig: SMALL_BUFFER },
  ]);
  const lists = (uid: string): number => new Traffic(site.stream, uid).list('rendition').length;
  await expect.poll(() => lists(UID) + lists(live)).toBe(4);
  release();
  await players[0].reaches(20.5);
  await players[1]?.playsOn(0.5);
  expect(new Traffic(site.stream, UID).list('segment').map(({ segment }) => segment))
    .not //
    .toContain(1);
});

test('a token that is refused ahead is replaced as any other', async ({ page, site }) => {
  site.stream.faults.add({ kind: 'multivariant', status: 403, times: 1 });
  const release = await hold(page, 'hls-engine');
  const [player] = await openPlayers(page, site, [
    { uid: UID, attributes: { player: 'hls' }, hlsConfig: SMALL_BUFFER },
  ]);
  const traffic = new Traffic(site.stream, UID);
  await expect.poll(() => traffic.refusals()).toEqual(['403 multivariant']);
  release();
  await player.playsOn(0.5);
  expect(traffic.refusals()).toEqual(['403 multivariant']);
  expect(site.tokenRequests).toBeGreaterThan(1);
  expect(await player.eventNames('error')).toEqual([]);
});

test('a list that does not come ahead is asked for by hls.js', async ({ page, site }) => {
  site.stream.faults.add({ kind: 'rendition', status: 500, times: 2 });
  const release = await hold(page, 'hls-engine');
  const [player] = await openPlayers(page, site, [
    { uid: UID, attributes: { player: 'hls' }, hlsConfig: SMALL_BUFFER },
  ]);
  await expect.poll(() => new Traffic(site.stream, UID).refusals()).toHaveLength(2);
  release();
  await player.playsOn(0.5);
  expect(await player.eventNames('error')).toEqual([]);
});

test('nothing is fetched ahead where the page has a say in how hls.js asks', async ({
  page,
  site,
}) => {
  const release = await hold(page, 'hls-engine');
  const [player, frame] = await openPlayers(page, site, [
    { uid: UID, attributes: { player: 'hls' }, hlsConfig: SMALL_PICTURE },
    { uid: SAMPLE_UIDS.pathToken, id: 'frame', attributes: { player: 'iframe' } },
  ]);
  await frame?.playsOn(1);
  expect(new Traffic(site.stream, UID).list()).toEqual([]);
  release();
  await player.playsOn(0.5);
});

test('the browser is told once of what will be asked for, and of nothing else', async ({
  page,
  site,
}) => {
  const { delivery } = site.stream.origins;
  await openSite(page, site);
  const [one, two] = await addPlayers(page, site, [
    { uid: UID, id: 'one', attributes: { player: 'hls' }, hlsConfig: SMALL_PICTURE },
    { uid: UID, id: 'two', attributes: { player: 'hls' }, hlsConfig: SMALL_PICTURE },
    {
      uid: UID,
      id: 'lazy',
      attributes: { player: 'iframe', loading: 'lazy', style: 'position: absolute; top: 5000px' },
    },
  ]);
  await one?.playsOn(0.3);
  await two?.playsOn(0.3);
  expect(await readHints(page)).toEqual([`preconnect  ${delivery}/ anonymous`]);
  const [frame] = await addPlayers(page, site, [
    { uid: UID, id: 'frame', attributes: { player: 'iframe' } },
  ]);
  await frame.playsOn(0.3);
  expect(await readHints(page)).toEqual([
    `preconnect  ${delivery}/ anonymous`,
    `preload script ${site.stream.sdkUrl} with cookies`,
  ]);
  expect(site.stream.requests.list().filter(({ kind }) => kind === 'sdk')).toHaveLength(1);
});
