import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { openSite, Player } from './support/player.js';
import { expect, test } from './support/site-test.js';

declare global {
  interface Window {
    /** How far the page has moved under its reader: https://web.dev/articles/cls. */
    shifts: number[];
  }
}

/** What the README has a page put into its own styles. */
async function readReservation(): Promise<string> {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const [, css] = /```css\n(signed-stream:not\(:defined\)[^]*?)```/.exec(readme) ?? [];
  if (css === undefined) throw new Error('the README keeps no place for an element to come');
  return css;
}

async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.shifts = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts.push(Reflect.get(entry, 'value'));
    });
    observer.observe({ type: 'layout-shift', buffered: true });
  });
}

for (const name of ['hls', 'iframe']) {
  test(`${name}: nothing in the page moves, from its arrival to a message`, async ({
    page,
    site,
  }) => {
    site.lifetimeSeconds = 600;
    const tag = site.tag(SAMPLE_UIDS.pathToken, {
      id: 'player',
      player: name,
      autoplay: '',
      muted: '',
    });
    site.body = `<style>${await readReservation()}</style><h1>Lesson 1</h1>${tag}<p>What follows</p>`;
    await watchShifts(page);
    // The page is drawn long before the element's script has come.
    let letGo: () => void = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/signed-stream.js', async (route) => {
      await held;
      await route.continue();
    });
    const opened = openSite(page, site);
    await expect(page.getByText('What follows')).toBeVisible();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    letGo();
    await opened;
    const player = new Player(page, 'player');
    await player.playsOn(1);
    await player.run((element) => element.renewToken());
    await player.playsOn(3);
    site.endpoint = ({ send }) => send(403, '');
    await player.run((element) => element.load());
    await expect(page.getByRole('alert')).toBeVisible();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await page.evaluate(() => window.shifts)).toEqual([]);
  });
}
