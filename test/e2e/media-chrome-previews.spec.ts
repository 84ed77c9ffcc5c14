import type { Locator, Page } from '@playwright/test';
import type { LoggedRequest } from '../../demo/stream/state/request-log.js';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { TestSite, TokenEndpoint } from '../support/test-site.js';
import { control, open, test } from './support/media-chrome.js';
import { expect } from './support/site-test.js';

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
