import type { Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { TestSite } from '../support/test-site.js';
import { openSite, Player } from './support/player.js';
import { expect, test } from './support/site-test.js';

// What a trace asks of the page is a viewer's doing, too, in Chromium's eyes.
test.use({ trace: 'off' });

/** Opens a page with the tag in it, and touches nothing: what a test asks counts as a viewer's doing. */
async function open(
  page: Page,
  site: TestSite,
  attributes: Readonly<Record<string, string>>,
  first: string,
): Promise<Player> {
  await page.addInitScript(() => {
    for (const type of ['autoplayblocked', 'playing']) {
      document.addEventListener(type, () => console.info(type), true);
    }
  });
  site.body = site.tag(SAMPLE_UIDS.pathToken, { id: 'player', ...attributes });
  const seen = page.waitForEvent('console', (message) => message.type() === 'info');
  await openSite(page, site);
  expect((await seen).text()).toBe(first);
  return new Player(page, 'player');
}

for (const name of ['hls', 'iframe']) {
  test(`${name}: the page is told where nothing may begin with sound`, async ({ page, site }) => {
    const player = await open(page, site, { player: name, autoplay: '' }, 'autoplayblocked');
    const { paused, muted, error } = await player.run((element) => ({
      paused: element.paused,
      muted: element.muted,
      error: element.error,
    }));
    expect({ paused, muted, error }).toEqual({ paused: true, muted: false, error: null });
  });

  test(`${name}: with muted-fallback it plays without sound then`, async ({ page, site }) => {
    const autoplay = { autoplay: 'muted-fallback' };
    const player = await open(page, site, { player: name, ...autoplay }, 'playing');
    expect(await player.run((element) => element.muted)).toBe(true);
    await player.playsOn(1);
    expect(await player.eventNames('error')).toEqual([]);
  });

  test(`${name}: begun without sound, nothing is blocked`, async ({ page, site }) => {
    const player = await open(page, site, { player: name, autoplay: '', muted: '' }, 'playing');
    await player.playsOn(1);
  });
}
