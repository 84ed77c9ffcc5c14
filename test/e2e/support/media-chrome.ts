import type { Locator, Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import { bundle } from '../../support/bundle-element.js';
import { giveToken, startTestSite, type TestSite } from '../../support/test-site.js';
import { openSite, Player } from './player.js';
import { test as base } from './site-test.js';

const ENTRY = new URL('media-chrome-entry.ts', import.meta.url);

/** A page with media-chrome's controls around the element. */
export const test = base.extend<object, { chrome: TestSite }>({
  chrome: [
    async ({ browserName: _any }, use) => {
      const site = await startTestSite(await bundle(ENTRY));
      await use(site);
      await site.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

export async function open(
  page: Page,
  site: TestSite,
  attributes: Record<string, string>,
  endpoint = giveToken,
): Promise<Player> {
  site.reset();
  site.endpoint = endpoint;
  site.lifetimeSeconds = 600;
  const all = { id: 'player', slot: 'media', muted: '', ...attributes };
  site.body = `
    <media-controller style="width: 640px">
      ${site.tag(SAMPLE_UIDS.ownSignature, all)}
      <media-loading-indicator slot="centered-chrome"></media-loading-indicator>
      <media-error-dialog slot="dialog"></media-error-dialog>
      <media-rendition-menu hidden anchor="quality"></media-rendition-menu>
      <media-audio-track-menu hidden anchor="language"></media-audio-track-menu>
      <media-control-bar>
        <media-play-button></media-play-button>
        <media-seek-backward-button></media-seek-backward-button>
        <media-seek-forward-button></media-seek-forward-button>
        <media-live-button></media-live-button>
        <media-mute-button></media-mute-button>
        <media-volume-range></media-volume-range>
        <media-time-range></media-time-range>
        <media-duration-display></media-duration-display>
        <media-playback-rate-button rates="1 2"></media-playback-rate-button>
        <media-captions-button></media-captions-button>
        <media-rendition-menu-button id="quality"></media-rendition-menu-button>
        <media-audio-track-menu-button id="language"></media-audio-track-menu-button>
        <media-cast-button></media-cast-button>
        <media-pip-button></media-pip-button>
        <media-fullscreen-button></media-fullscreen-button>
      </media-control-bar>
    </media-controller>`;
  await openSite(page, site);
  return new Player(page, 'player');
}

/** A control, which says what it does in `aria-label` or shows it in an attribute. */
export function control(page: Page, name: string): Locator {
  return page.locator(`media-${name}`);
}
