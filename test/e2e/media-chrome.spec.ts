import type { Locator, Page } from '@playwright/test';
import type { LoggedRequest } from '../../demo/stream/state/request-log.js';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { SignedStreamElement } from '../../src/index.js';
import { bundle } from '../support/bundle-element.js';
import {
  giveToken,
  startTestSite,
  type TestSite,
  type TokenEndpoint,
} from '../support/test-site.js';
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
  const { uid = SAMPLE_UIDS.ownSignature, ...others } = attributes;
  site.reset();
  site.endpoint = endpoint;
  site.lifetimeSeconds = 600;
  const all = { id: 'player', slot: 'media', muted: '', ...others };
  site.body = `
    <media-controller style="width: 640px">
      ${site.tag(uid, all)}
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
    Array.from(textTracks).some(
      ({ kind, activeCues }) => kind !== 'metadata' && (activeCues?.length ?? 0) > 0,
    );
  await expect.poll(() => player.run(hasCue), { timeout: 15_000 }).toBe(true);
});

test('hls: the language of the sound is chosen in media-chrome, and kept through a renewal', async ({
  page,
  chrome,
}) => {
  const player = await open(page, chrome, { player: 'hls', autoplay: '', uid: SAMPLE_UIDS.dubbed });
  await player.playsOn(1);
  const heard = (): Promise<string | undefined> =>
    player.run(({ audioTracks }) => [...audioTracks].find(({ enabled }) => enabled)?.label);
  const first = await heard();
  await control(page, 'audio-track-menu-button').click();
  const choices = control(page, 'audio-track-menu').getByRole('menuitemradio');
  await expect(choices).toHaveCount(2);
  await choices.and(page.locator('[aria-checked="false"]')).click();
  await expect.poll(heard).not.toBe(first);
  const chosen = await heard();
  await player.run((element) => element.renewToken());
  await player.takesTokens(2);
  await player.playsOn(6);
  expect(await heard()).toBe(chosen);
});

test('hls: captions can be lifted above the controls', async ({ page, chrome }) => {
  const player = await open(page, chrome, { player: 'hls', 'start-time': '10' });
  await control(page, 'captions-button').click();
  const hasCue = (): Promise<boolean> =>
    player.run(({ textTracks }) =>
      Array.from(textTracks).some(
        ({ kind, activeCues }) => kind !== 'metadata' && (activeCues?.length ?? 0) > 0,
      ),
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

/** All that stands in the page, shadow trees included. */
function readPage(page: Page): Promise<string> {
  return page.evaluate(() => {
    const write = (root: Document | ShadowRoot): string => {
      const inner = [...root.querySelectorAll('*')].map(({ shadowRoot }) =>
        shadowRoot === null ? '' : write(shadowRoot),
      );
      return [...root.children].map(({ outerHTML }) => outerHTML).join('') + inner.join('');
    };
    return write(document);
  });
}

/** What the time bar shows of the place that is pointed at: the type of a picture, and its height. */
function preview(page: Page): Promise<string | null> {
  return page.evaluate(async () => {
    const range = document.querySelector('media-time-range');
    const url = range?.getAttribute('mediapreviewimage');
    const image = range?.shadowRoot
      ?.querySelector('media-preview-thumbnail')
      ?.shadowRoot?.querySelector('img');
    if (!url || !image || !url.startsWith(image.src)) return null;
    const { type } = await (await fetch(url)).blob();
    return `${type} ${image.naturalHeight}`;
  });
}

function pointAt(page: Page, part: number): Promise<void> {
  const hover = async (range: Locator): Promise<void> => {
    const box = await range.boundingBox();
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) * part, (box?.y ?? 0) + 15);
  };
  return hover(control(page, 'time-range'));
}

function thumbnails({ stream }: TestSite): LoggedRequest[] {
  return stream.requests.list().filter(({ kind }) => kind === 'thumbnail');
}

test('hls: the time bar shows a picture of the place pointed at, with every token', async ({
  page,
  chrome,
}) => {
  // However soon after the last one, each token is another one.
  const endpoint: TokenEndpoint = async ({ answer, sign, count }) =>
    answer(await sign({ exp: Math.floor(Date.now() / 1000) + 600 + count }));
  const player = await open(page, chrome, { player: 'hls', autoplay: '' }, endpoint);
  await player.playsOn(1);
  expect(thumbnails(chrome)).toEqual([]);
  await pointAt(page, 0.5);
  await expect.poll(() => preview(page)).toBe('image/jpeg 180');
  const [first] = thumbnails(chrome);
  expect(first?.path).toMatch(/time=6\ds&height=180$/);
  const tracks = (): Promise<string[]> =>
    player.run(({ textTracks }) => Array.from(textTracks, ({ kind, label }) => kind + label));
  const before = await tracks();
  expect(before.filter((track) => track === 'metadatathumbnails')).toHaveLength(1);
  const menu = await control(page, 'controller').getAttribute('mediasubtitleslist');
  expect(menu).not.toContain('thumbnails');

  await player.run((element) => element.renewToken());
  await player.takesTokens(2);
  expect(await tracks()).toEqual(before);
  // One that is refused is asked for again with the next token.
  chrome.stream.faults.add({ kind: 'thumbnail', status: 401, times: 1 });
  await pointAt(page, 0.25);
  await expect.poll(() => preview(page)).toBe('image/jpeg 180');
  await expect.poll(() => thumbnails(chrome).map(({ status }) => status)).toEqual([200, 401, 200]);
  expect(new Set(thumbnails(chrome).map(({ tokenId }) => tokenId)).size).toBe(3);
  expect(await readPage(page)).not.toMatch(/\bey[\w-]{10,}\./);

  // What was seen before is there at once.
  await pointAt(page, 0.5);
  await expect.poll(() => preview(page)).toBe('image/jpeg 180');
  expect(thumbnails(chrome)).toHaveLength(3);
  const [picture] = await page.evaluate(() =>
    [document.querySelector('media-time-range')?.getAttribute('mediapreviewimage')].map(String),
  );
  await player.run((element) => element.remove());
  const isThere = (): Promise<boolean> =>
    page.evaluate(
      (url) =>
        fetch(url).then(
          () => true,
          () => false,
        ),
      picture ?? '',
    );
  await expect.poll(isThere).toBe(false);
});

test('hls: where there are no pictures, the time bar shows none', async ({ page, chrome }) => {
  const player = await open(page, chrome, { player: 'hls', autoplay: '' });
  await player.playsOn(1);
  chrome.stream.faults.add({ kind: 'thumbnail', status: 404 });
  await pointAt(page, 0.5);
  const range = control(page, 'time-range');
  await expect.poll(() => thumbnails(chrome)).toHaveLength(1);
  await expect(range).not.toHaveAttribute('mediapreviewimage');
  for (const part of [0.4, 0.3, 0.2, 0.5]) await pointAt(page, part);
  await expect(range).toHaveAttribute('mediapreviewtime', /^6\d/);
  await expect(range).not.toHaveAttribute('mediapreviewimage');
  expect(thumbnails(chrome)).toHaveLength(1);
  expect(await player.eventNames('error', 'tokenerror')).toEqual([]);
});

test('hls: there are no pictures of what is live', async ({ page, chrome }) => {
  const player = await open(page, chrome, {
    player: 'hls',
    autoplay: '',
    'video-id': SAMPLE_UIDS.livePathToken,
  });
  await player.playsOn(1);
  await pointAt(page, 0.5);
  await expect(control(page, 'time-range')).toHaveAttribute('mediapreviewtime', /\d/);
  const kinds = await player.run(({ textTracks }) => Array.from(textTracks, ({ kind }) => kind));
  expect(kinds).not.toContain('metadata');
  expect(thumbnails(chrome)).toEqual([]);
});

test('hls: the cast button knows whether there is a screen, and casts', async ({
  page,
  chrome,
}) => {
  // No machine that runs tests has one.
  await page.addInitScript(() => {
    const remote = Object.assign(new EventTarget(), {
      state: 'disconnected',
      watches: [] as RemotePlaybackAvailabilityCallback[],
      async watchAvailability(callback: RemotePlaybackAvailabilityCallback) {
        callback(false);
        return remote.watches.push(callback);
      },
      async cancelWatchAvailability() {},
      async prompt() {
        const isThere = remote.state === 'connected';
        remote.state = isThere ? 'disconnected' : 'connected';
        remote.dispatchEvent(new Event(isThere ? 'disconnect' : 'connect'));
      },
    });
    Object.defineProperty(HTMLMediaElement.prototype, 'remote', { get: () => remote });
    Object.assign(window, { remote, chrome: {} });
  });
  const player = await open(page, chrome, { player: 'hls', autoplay: '' });
  await player.playsOn(1);
  const button = control(page, 'cast-button');
  await expect(button).toHaveAttribute('mediacastunavailable', 'unavailable');
  await page.evaluate('window.remote.watches.forEach((tell) => tell(true))');
  await expect(button).not.toHaveAttribute('mediacastunavailable');
  await button.click();
  await expect(button).toHaveAttribute('mediaiscasting');
  await player.run((element) => element.renewToken());
  await player.takesTokens(2);
  await expect(button).toHaveAttribute('mediaiscasting');
  await button.click();
  await expect(button).not.toHaveAttribute('mediaiscasting');
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
  await expect(control(page, 'cast-button')).toHaveAttribute('mediacastunavailable');
  const quality = control(page, 'rendition-menu-button');
  await expect(quality).toHaveAttribute('mediarenditionunavailable');
});
