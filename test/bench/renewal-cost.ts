import { chromium, type Browser } from 'playwright';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { CHROMIUM_FLAGS, findBrowserOnce } from '../support/browser.js';
import { bundle } from '../support/bundle-element.js';
import { startTestSite, type TestSite } from '../support/test-site.js';
import { PageMeter } from './many/meter.js';
import { median } from './support/median.js';
import { readCheck, report } from './support/report.js';

/**
 * What a renewal costs the main thread: of an element that stands still, so that nothing else is in
 * it, and of a list of five and a half hours whose segments have to be looked up in the next one.
 */
const RENEWALS = 100;
const SEGMENTS = 5000;
const LOOKS = 10;
const ROUNDS = 5;

/** In the page: so many renewals, or as many questions to the endpoint with nothing else in them. */
async function ask([what, count]: readonly ['renewals' | 'fetches', number]): Promise<number> {
  window.longTasks = [];
  const element = document.querySelector('signed-stream');
  const fromMs = performance.now();
  for (let round = 0; round < count; round += 1) {
    if (what === 'renewals') await element?.renewToken();
    else await (await fetch(`/token?video-id=${element?.videoId ?? ''}`)).json();
  }
  return performance.now() - fromMs;
}

async function renew(browser: Browser, site: TestSite, what: 'renewals' | 'fetches') {
  site.reset();
  // Each another one, however fast they follow.
  site.endpoint = async ({ sign, answer, count }) => {
    const exp = Math.floor(site.stream.serverClock.now() / 1000) + 3600 + count;
    answer(await sign({ exp }));
  };
  const page = await browser.newPage();
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.goto(site.url);
  await page.evaluate(
    (tag) => {
      document.body.insertAdjacentHTML('beforeend', tag);
    },
    site.tag(SAMPLE_UIDS.ownSignature, { player: 'hls', preload: 'metadata', muted: '' }),
  );
  await page.waitForFunction(() => (document.querySelector('signed-stream')?.readyState ?? 0) > 1);
  // Until all that the first picture has left behind is done.
  await page.waitForTimeout(2000);
  const meter = await PageMeter.attach(page);
  const idleFrom = await meter.read();
  const spentMs = 2000;
  await page.waitForTimeout(spentMs);
  const idle = await meter.readSince(idleFrom);
  const before = await meter.read();
  const tookMs = await page.evaluate(ask, [what, RENEWALS] as const);
  const cost = await meter.readSince(before);
  const longTasks = await page.evaluate(() => window.longTasks.length);
  await page.close();
  const idleMs = (idle.taskMs * tookMs) / spentMs;
  return {
    'main thread ms each': (cost.taskMs - idleMs) / RENEWALS,
    'script ms each': cost.scriptMs / RENEWALS,
    'long tasks': longTasks,
  };
}

async function remap(browser: Browser, site: TestSite) {
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.waitForFunction(() => 'remap' in window);
  const firstLookMs: number[] = [];
  const remapMs: number[] = [];
  const longTasks: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await page.evaluate(([segments, times]) => window.remap(segments, times), [
      SEGMENTS,
      LOOKS,
    ] as const);
    firstLookMs.push(...found.firstLookMs);
    remapMs.push(...found.remapMs);
    longTasks.push(await page.evaluate(() => window.longTasks.length));
  }
  await page.close();
  return {
    'first look ms': median(firstLookMs),
    're-mapped ms': median(remapMs),
    'slowest ms': Math.max(...remapMs),
    // What else the machine does makes some tasks long, but not in every round.
    'long tasks': Math.min(...longTasks),
  };
}

const executablePath = await findBrowserOnce('chromium');
const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
const site = await startTestSite(await bundle(new URL('renewal-cost/page.ts', import.meta.url)));
try {
  const renewal = await renew(browser, site, 'renewals');
  const fetches = await renew(browser, site, 'fetches');
  const list = await remap(browser, site);
  report({
    name: 'renewal-cost',
    title: `${RENEWALS} renewals, and a list of ${SEGMENTS} segments looked up ${LOOKS * ROUNDS} times`,
    rows: [
      { what: 'a renewal', ...renewal },
      { what: 'a bare fetch of a token', ...fetches },
      { what: `${SEGMENTS} segments`, ...list },
    ],
    goals: [
      {
        goal: 'main thread for a renewal (ms)',
        value: renewal['main thread ms each'],
        atMost: 2,
      },
      { goal: `re-mapping ${SEGMENTS} segments (ms)`, value: list['re-mapped ms'], atMost: 20 },
      {
        goal: 'long tasks (of 50 ms or more)',
        value: renewal['long tasks'] + list['long tasks'],
        atMost: 0,
      },
    ],
    check: readCheck(),
  });
} finally {
  await browser.close();
  await site.close();
}
