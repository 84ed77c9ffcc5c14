import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { SignedStreamElement } from '../../src/index.js';
import { giveToken } from '../support/test-site.js';
import { control, open, test } from './support/media-chrome.js';
import type { Player } from './support/player.js';
import { expect } from './support/site-test.js';

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
  const player = await open(page, chrome, {
    player: 'hls',
    autoplay: '',
    'video-id': SAMPLE_UIDS.dubbed,
  });
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

test('hls: the video is given a window of its own in media-chrome, which a renewal leaves', async ({
  page,
  chrome,
}) => {
  const player = await open(page, chrome, { player: 'hls', autoplay: '' });
  await player.playsOn(1);
  const button = control(page, 'pip-button');
  const shows = (): Promise<string | undefined> =>
    player.run((element) => element.shadowRoot?.pictureInPictureElement?.localName);
  await button.click();
  await expect(button).toHaveAttribute('mediaispip');
  expect(await shows()).toBe('video');
  await player.run((element) => element.renewToken());
  await player.takesTokens(2);
  await player.playsOn(1);
  expect(await shows()).toBe('video');
  await button.click();
  await expect(button).not.toHaveAttribute('mediaispip');
});

test('hls: captions can be lifted above the controls', async ({ page, chrome }) => {
  const player = await open(page, chrome, { player: 'hls', 'start-time': '10', poster: 'none' });
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
  let low = await page.screenshot({ clip });
  const look = async (): Promise<boolean> => (await page.screenshot({ clip })).equals(low);
  // The caption is drawn a moment after its time.
  const stands = async (): Promise<boolean> => {
    const before = low;
    low = await page.screenshot({ clip });
    return low.equals(before);
  };
  await expect.poll(stands).toBe(true);
  await lift('3rem');
  await expect.poll(look).toBe(false);
  await lift('0px');
  await expect.poll(look).toBe(true);
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
