import type { Locator, Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { SignedStreamElement } from '../../src/index.js';
import { bundle } from '../support/bundle-element.js';
import { giveToken, startTestSite, type TestSite } from '../support/test-site.js';
import { openSite, Player } from './support/player.js';
import { expect, test as base } from './support/site-test.js';

const ENTRY = new URL('support/media-chrome-entry.ts', import.meta.url);

/** A page with media-chrome's controls around the element. */
const test = base.extend<object, { chrome: TestSite }>({
  chrome: [
    async ({ browserName: _any }, use) => {
      const site = await startTestSite(await bundle(ENTRY));
      await use(site);
      await site.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

async function open(
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
        <media-pip-button></media-pip-button>
        <media-fullscreen-button></media-fullscreen-button>
      </media-control-bar>
    </media-controller>`;
  await openSite(page, site);
  return new Player(page, 'player');
}

/** A control, which says what it does in `aria-label` or shows it in an attribute. */
function control(page: Page, name: string): Locator {
  return page.locator(`media-${name}`);
}

type Readable = 'paused' | 'muted' | 'volume' | 'playbackRate' | 'currentTime';

function read(player: Player, key: Readable): Promise<unknown> {
  return player.run((element, name) => element[name], key);
}

for (const name of ['hls', 'iframe']) {
  test(`${name}: every control of media-chrome that the player has works`, async ({
    page,
    chrome,
  }) => {
    const player = await open(page, chrome, { player: name, autoplay: '' });
    await player.playsOn(1);
    await expect(control(page, 'loading-indicator')).not.toHaveAttribute('medialoading');
    await expect(control(page, 'duration-display')).toHaveText(/2:08/);

    await control(page, 'play-button').click();
    await expect.poll(() => read(player, 'paused')).toBe(true);
    await expect(control(page, 'play-button')).toHaveAttribute('mediapaused');
    await control(page, 'play-button').click();
    await expect.poll(() => read(player, 'paused')).toBe(false);

    await control(page, 'mute-button').click();
    await expect.poll(() => read(player, 'muted')).toBe(false);
    await expect(control(page, 'mute-button')).not.toHaveAttribute('mediavolumelevel', 'off');
    await control(page, 'mute-button').click();
    await expect.poll(() => read(player, 'muted')).toBe(true);
    await control(page, 'volume-range').click({ position: { x: 30, y: 15 } });
    await expect.poll(() => read(player, 'volume')).toBeLessThan(1);

    await control(page, 'seek-forward-button').click();
    await player.reaches(30);
    await control(page, 'seek-backward-button').click();
    await expect.poll(() => read(player, 'currentTime')).toBeLessThan(30);
    await player.playsOn(1);

    await control(page, 'playback-rate-button').click();
    await expect.poll(() => read(player, 'playbackRate')).toBe(2);

    await control(page, 'fullscreen-button').click();
    await expect(control(page, 'fullscreen-button')).toHaveAttribute('mediaisfullscreen');
    await player.playsOn(1);
    await control(page, 'fullscreen-button').click();
    await expect(control(page, 'fullscreen-button')).not.toHaveAttribute('mediaisfullscreen');
    await player.playsOn(1);
    expect(await player.eventNames('error')).toEqual([]);
  });

  test(`${name}: media-chrome notices no renewal`, async ({ page, chrome }) => {
    const player = await open(page, chrome, { player: name, autoplay: '' });
    await player.playsOn(2);
    // Whatever a control shows, it has in an attribute.
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seenByControls: seen });
      const observer = new MutationObserver((records) => {
        for (const { attributeName, target } of records) {
          if (!(target instanceof Element) || attributeName === null) continue;
          const after = target.getAttribute(attributeName);
          seen.push(`${target.localName} ${attributeName}=${after}`);
        }
      });
      const controller = document.querySelector('media-controller');
      const attributeFilter = ['mediapaused', 'medialoading', 'mediaduration', 'mediavolumelevel'];
      if (controller === null) return;
      observer.observe(controller, { attributes: true, attributeFilter, subtree: true });
    });
    await player.run((element) => element.renewToken());
    await player.takesTokens(2);
    await player.playsOn(5);
    expect(await page.evaluate('window.seenByControls')).toEqual([]);
  });

  test(`${name}: media-chrome is told of a failure, and of its end`, async ({ page, chrome }) => {
    let isDown = true;
    const player = await open(page, chrome, { player: name, autoplay: '' }, (exchange) => {
      if (isDown) exchange.send(503, '');
      else return giveToken(exchange);
    });
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(control(page, 'controller')).toHaveAttribute('mediaerrorcode', '2');
    isDown = false;
    await player.playsOn(1);
    await expect(control(page, 'controller')).not.toHaveAttribute('mediaerrorcode');
  });
}

test('hls: captions and quality are chosen in media-chrome, and kept through a renewal', async ({
  page,
  chrome,
}) => {
  const player = await open(page, chrome, { player: 'hls', autoplay: '' });
  await player.playsOn(1);
  await control(page, 'captions-button').click();
  const modes = (): Promise<string[]> =>
    player.run(({ textTracks }) => Array.from(textTracks, ({ mode }) => mode));
  await expect.poll(modes).toContain('showing');
  await control(page, 'rendition-menu-button').click();
  await page
    .getByRole('menuitemradio')
    .filter({ hasText: /\d+p/ })
    .filter({ hasNotText: 'Auto' })
    .first()
    .click();
  const chosen = await player.run(({ videoRenditions }) => videoRenditions.selectedIndex);
  expect(chosen).toBeGreaterThanOrEqual(0);
  const height = await player.run(
    ({ videoRenditions }) => videoRenditions[videoRenditions.selectedIndex]?.height,
  );
  await expect.poll(() => player.run((element) => element.videoHeight)).toBe(height);
  await player.run((element) => element.renewToken());
  await player.takesTokens(2);
  await player.playsOn(6);
  expect(await modes()).toContain('showing');
  expect(await player.run(({ videoRenditions }) => videoRenditions.selectedIndex)).toBe(chosen);
  expect(await player.run((element) => element.videoHeight)).toBe(height);
  const hasCue = ({ textTracks }: SignedStreamElement): boolean =>
    Array.from(textTracks).some((track) => (track.activeCues?.length ?? 0) > 0);
  await expect.poll(() => player.run(hasCue), { timeout: 15_000 }).toBe(true);
});

test('hls: captions can be lifted above the controls', async ({ page, chrome }) => {
  const player = await open(page, chrome, { player: 'hls', 'start-time': '10' });
  await control(page, 'captions-button').click();
  const hasCue = (): Promise<boolean> =>
    player.run(({ textTracks }) =>
      Array.from(textTracks).some((track) => (track.activeCues?.length ?? 0) > 0),
    );
  await expect.poll(hasCue).toBe(true);
  const lift = (by: string): Promise<void> =>
    player.run((element, length) => {
      element.style.setProperty('--signed-stream-captions-lift', length);
    }, by);
  const box = await page.locator('media-controller').boundingBox();
  // A strip above the controls, in the middle.
  const clip = { x: (box?.x ?? 0) + 260, y: (box?.y ?? 0) + 285, width: 120, height: 28 };
  const look = async (): Promise<boolean> => (await page.screenshot({ clip })).equals(low);
  const low = await page.screenshot({ clip });
  await lift('3rem');
  await expect.poll(look).toBe(false);
  await lift('0px');
  await expect.poll(look).toBe(true);
});

test('hls: the live button knows where live is', async ({ page, chrome }) => {
  const player = await open(page, chrome, {
    player: 'hls',
    autoplay: '',
    'video-id': SAMPLE_UIDS.livePathToken,
  });
  await player.playsOn(1);
  const button = control(page, 'live-button');
  await expect(button).toHaveAttribute('mediatimeislive');
  await player.run((element) => {
    element.currentTime = element.seekable.start(0) + 1;
  });
  await expect(button).not.toHaveAttribute('mediatimeislive');
  await button.click();
  await expect(button).toHaveAttribute('mediatimeislive');
});

test('iframe: what the player does not have is not offered', async ({ page, chrome }) => {
  const player = await open(page, chrome, { player: 'iframe', autoplay: '' });
  await player.playsOn(1);
  await expect(control(page, 'pip-button')).toHaveAttribute('mediapipunavailable');
  const quality = control(page, 'rendition-menu-button');
  await expect(quality).toHaveAttribute('mediarenditionunavailable');
});
