import type { Browser } from 'playwright';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import type { TestSite } from '../../support/test-site.js';
import { installPageCounts } from './page-counts.js';
import { PageMeter } from './meter.js';

/** How the elements of a page wait; the last ones are for comparison. */
export const WAITING = {
  'lazy, off screen': { player: 'hls', loading: 'lazy' },
  'eager, preload="none"': { player: 'hls', preload: 'none' },
  'plain <video>': undefined,
} as const;

const PLAIN_VIDEO =
  '<video preload="none" style="display: block; aspect-ratio: 16 / 9; width: 640px"></video>';

export type Waiting = keyof typeof WAITING;

export interface CrowdCost {
  readonly elements: number;
  readonly 'script ms': number;
  readonly 'main thread ms': number;
  readonly 'heap kB each': number;
  readonly 'nodes each': number;
  readonly 'listeners each': number;
  readonly timers: number;
  readonly observers: number;
  readonly requests: number;
}

/** What so many elements cost that wait, beyond the page without them. */
export async function measureCrowd(
  browser: Browser,
  site: TestSite,
  waiting: Waiting,
  elements: number,
): Promise<CrowdCost> {
  site.reset();
  const page = await browser.newPage();
  // What runs this file gives functions their names back by a helper that a page does not have.
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.addInitScript(installPageCounts);
  await page.goto(site.url);
  await page.evaluate(async () => {
    await customElements.whenDefined('signed-stream');
  });
  let requests = 0;
  page.on('request', () => (requests += 1));
  const attributes = WAITING[waiting];
  const tag = attributes ? site.tag(SAMPLE_UIDS.pathToken, attributes) : PLAIN_VIDEO;
  const meter = await PageMeter.attach(page);
  const settle = (): Promise<void> =>
    page.evaluate(async () => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (let count = 0; count < 3; count += 1) await frame();
    });
  await settle();
  const before = await meter.read();
  await page.evaluate(
    ([html, count]) => {
      document.body.insertAdjacentHTML(
        'beforeend',
        `<div style="height: 10000px"></div>${html.repeat(count)}`,
      );
    },
    [tag, elements] as const,
  );
  await settle();
  const cost = await meter.readSince(before);
  const { timers, observers } = await page.evaluate(() => ({ ...window.pageCounts }));
  await page.close();
  return {
    elements,
    'script ms': cost.scriptMs,
    'main thread ms': cost.taskMs,
    'heap kB each': cost.heapKb / elements,
    'nodes each': (cost.nodes - 1) / elements,
    'listeners each': cost.listeners / elements,
    timers,
    observers,
    requests,
  };
}
