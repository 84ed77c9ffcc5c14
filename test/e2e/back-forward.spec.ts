import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { CHROMIUM_FLAGS, findBrowserOnce } from '../support/browser.js';
import { exchangesFrames } from './support/frames.js';
import { openPlayers, SMALL_PICTURE } from './support/player.js';
import { expect, test } from './support/site-test.js';
import { Traffic } from './support/traffic.js';

test.use({
  launchOptions: {
    executablePath: await findBrowserOnce('chromium'),
    args: [...CHROMIUM_FLAGS],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
});

const LIFETIME_SECONDS = 4;

for (const name of ['hls', 'iframe']) {
  test(`${name}: back from another page, out of the back-forward cache, it plays on with a new token`, async ({
    page,
    site,
  }) => {
    site.lifetimeSeconds = LIFETIME_SECONDS;
    const [player] = await openPlayers(page, site, [
      {
        uid: SAMPLE_UIDS.ownSignature,
        attributes: { player: name },
        hlsConfig: SMALL_PICTURE,
      },
    ]);
    const traffic = new Traffic(site.stream, SAMPLE_UIDS.ownSignature);
    await player.playsOn(1);
    await player.forgetEvents();
    await page.evaluate(() => {
      window.addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted }));
    });
    const at = await player.position();
    await page.goto(`${site.url}?elsewhere`);
    const asked = site.tokenRequests;
    const frames = traffic.list('player').length;
    const overAtMs = Date.now() + LIFETIME_SECONDS * 1000 + 2000;
    await expect.poll(() => Date.now(), { timeout: 30_000 }).toBeGreaterThan(overAtMs);
    // A page that is put away asks for nothing.
    expect(site.tokenRequests).toBe(asked);

    await page.goBack({ waitUntil: 'commit' });
    expect(await page.evaluate(() => Reflect.get(window, 'persisted') as unknown)).toBe(true);
    // The browser pauses nothing: the viewer finds the video where it was.
    if (name === 'hls') await player.refills();
    else await exchangesFrames(player, traffic, frames + 1);
    await player.reaches(at + 2);
    expect(site.tokenRequests).toBeGreaterThan(asked);
    expect(await player.eventNames('error', 'emptied', 'loadstart')).toEqual([]);
    expect(await player.alert()).toBeUndefined();
  });
}
