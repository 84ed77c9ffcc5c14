import type { Browser } from 'playwright';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import type { TestSite } from '../../support/test-site.js';
import { PageMeter } from './meter.js';

export interface FeedCost {
  /** At most at a time. */
  readonly engines: number;
  readonly seen: number;
  /** After a quarter of the feed, and at its end. */
  readonly 'heap kB early': number;
  readonly 'heap kB late': number;
  readonly 'nodes early': number;
  readonly 'nodes late': number;
}

const TIMEOUT_MS = 15_000;

/** Scrolls through a feed of lazy videos that fill the screen, each until its picture is there. */
export async function scrollFeed(
  browser: Browser,
  site: TestSite,
  videos: number,
): Promise<FeedCost> {
  site.reset();
  const page = await browser.newPage({ viewport: { width: 640, height: 480 } });
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.goto(site.url);
  const uids = [SAMPLE_UIDS.pathToken, SAMPLE_UIDS.ownSignature, SAMPLE_UIDS.tokenBoundNames];
  const attributes = { player: 'hls', loading: 'lazy', autoplay: '', muted: '' };
  const style = 'display: block; width: 100%; height: 100vh';
  const tags = Array.from({ length: videos }, (_, index) =>
    site.tag(uids[index % uids.length] ?? '', { ...attributes, style }),
  );
  const meter = await PageMeter.attach(page);
  await page.evaluate((html) => {
    document.body.style.margin = '0';
    document.body.insertAdjacentHTML('beforeend', html);
  }, tags.join(''));
  let engines = 0;
  let seen = 0;
  let early = await meter.read();
  for (let index = 0; index < videos; index += 1) {
    await page.evaluate((at) => scrollTo(0, at * innerHeight), index);
    await page.waitForFunction(
      (at) => (document.querySelectorAll('signed-stream')[at]?.readyState ?? 0) > 1,
      index,
      { timeout: TIMEOUT_MS },
    );
    seen += 1;
    const alive = await page.evaluate(
      () => [...document.querySelectorAll('signed-stream')].filter((one) => one.engine).length,
    );
    engines = Math.max(engines, alive);
    if (index === Math.floor(videos / 4)) early = await meter.read();
  }
  const late = await meter.read();
  await page.close();
  return {
    engines,
    seen,
    'heap kB early': early.heapKb,
    'heap kB late': late.heapKb,
    'nodes early': early.nodes,
    'nodes late': late.nodes,
  };
}
