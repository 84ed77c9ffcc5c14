import type { Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { giveToken } from '../support/test-site.js';
import { addPlayers, openSite, SMALL_PICTURE, type Player } from './support/player.js';
import { expect, test } from './support/site-test.js';

const UID = SAMPLE_UIDS.ownSignature;
/** The code that takes over when a token and a player are on their way. */
const SESSION = /\/session-[^/]*\.js(\?|$)/;

/** Keeps that code from the page until the returned function is called. */
async function holdBack(page: Page): Promise<() => void> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(SESSION, async (route) => {
    await released;
    await route.fallback();
  });
  return release;
}

for (const name of ['hls', 'iframe'] as const) {
  test(`${name}: token and player do not wait for the code that joins them`, async ({
    page,
    site,
  }) => {
    await openSite(page, site);
    const release = await holdBack(page);
    const code = page.waitForResponse(/\/(hls|iframe)-engine[^/]*\.js$/);
    const players = await addPlayers(
      page,
      site,
      ['one', 'two'].map((id) => ({
        uid: UID,
        id,
        attributes: { player: name },
        hlsConfig: SMALL_PICTURE,
      })),
    );
    await expect.poll(() => site.tokenRequests).toBe(1);
    await code;
    const states = await Promise.all(
      players.map((player) => player.run(({ tokenState }) => tokenState)),
    );
    expect(states).toEqual(['fetching', 'fetching']);
    release();
    for (const player of players) {
      await player.playsOn(0.5);
      expect(await player.eventNames('tokenchange', 'tokenerror', 'error')).toEqual([
        'tokenchange initial',
      ]);
    }
    expect(site.tokenRequests).toBe(1);
  });
}

test('where that code does not come, the viewer is told, and it is asked for again', async ({
  page,
  site,
}) => {
  await openSite(page, site);
  await page.route(SESSION, (route) => route.abort());
  const [player] = await addPlayers(page, site, [
    { uid: UID, attributes: { player: 'hls' }, hlsConfig: SMALL_PICTURE },
  ]);
  await expect.poll(() => player.alert(), { timeout: 15_000 }).toBeDefined();
  expect(await player.eventNames('error')).toEqual(['error sdk-unavailable']);
  await page.unroute(SESSION);
  await player.playsOn(0.5);
  expect(await player.alert()).toBeUndefined();
  expect(await player.eventNames('error', 'tokenerror')).toEqual(['error sdk-unavailable']);
  expect(site.tokenRequests).toBe(1);
});

test('what changes before that code is there counts', async ({ page, site }) => {
  await openSite(page, site);
  const release = await holdBack(page);
  const asked: string[] = [];
  site.endpoint = (exchange) => {
    asked.push(new URL(exchange.request.url ?? '', site.url).searchParams.get('by') ?? '');
    return giveToken(exchange);
  };
  const [player] = await addPlayers(page, site, [
    {
      uid: SAMPLE_UIDS.pathToken,
      attributes: { player: 'hls', 'token-endpoint': '/token?by=old' },
      hlsConfig: SMALL_PICTURE,
    },
  ]);
  await expect.poll(() => asked).toEqual(['old']);
  // The same video from elsewhere, under another name: nothing to ask for again but the token.
  await player.run((element) => {
    element.tokenEndpoint = '/token?by=new';
    element.title = 'The talk';
  });
  await player.run((element) => element.updateComplete);
  const renewed = player.run((element) => element.renewToken().then(() => element.tokenState));
  release();
  expect(await renewed).toBe('valid');
  await player.playsOn(0.5);
  expect(asked.slice(0, 2)).toEqual(['old', 'new']);
  // Another video: what was asked for before is for nobody.
  await player.run((element, uid) => (element.videoId = uid), UID);
  await player.playsOn(0.5);
  expect(await player.run(({ claims }) => claims?.sub)).toBe(UID);
});

test('taken away before that code is there, nothing is asked for any more', async ({
  page,
  site,
}) => {
  await openSite(page, site);
  const release = await holdBack(page);
  let givenUp = 0;
  site.endpoint = ({ response }) => void response.on('close', () => (givenUp += 1));
  const [player]: readonly Player[] = await addPlayers(page, site, [
    { uid: UID, attributes: { player: 'hls' }, hlsConfig: SMALL_PICTURE },
  ]);
  await expect.poll(() => site.tokenRequests).toBe(1);
  const element = await page.locator('#player').evaluateHandle((node) => {
    node.remove();
    return node;
  });
  await expect.poll(() => givenUp).toBe(1);
  site.endpoint = giveToken;
  release();
  await element.evaluate((node) => document.body.append(node));
  await player?.playsOn(0.5);
  expect(site.tokenRequests).toBe(2);
});
