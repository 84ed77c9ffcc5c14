import { chromium } from 'playwright';
import { CHROMIUM_FLAGS, findBrowserOnce } from '../support/browser.js';
import { startTestSite } from '../support/test-site.js';
import { measureCrowd, WAITING, type CrowdCost, type Waiting } from './many/crowd.js';
import { scrollFeed } from './many/feed.js';
import { readOption } from './support/read-option.js';
import { readCheck, report } from './support/report.js';

/** What a page pays for many elements that wait, and for a long feed that is scrolled through. */
const COUNTS = [1, 10, 100, 1000];
const ROUNDS = Number(readOption('rounds') ?? 5);
const FEED_VIDEOS = Number(readOption('videos') ?? 200);

interface Row extends CrowdCost {
  readonly waiting: Waiting;
}

/** The least of some rounds: what else the machine does can only add to it. */
function mergeRows(rounds: readonly CrowdCost[]): CrowdCost {
  const [first] = rounds;
  if (first === undefined) throw new RangeError('There has been no round.');
  const keys = Object.keys(first) as (keyof CrowdCost)[];
  const merged = keys.map((key) => [key, Math.min(...rounds.map((round) => round[key]))]);
  return Object.fromEntries(merged) as CrowdCost;
}

const executablePath = await findBrowserOnce('chromium');
const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
const site = await startTestSite();
try {
  const rows: Row[] = [];
  for (const waiting of Object.keys(WAITING) as Waiting[]) {
    for (const count of COUNTS) {
      const rounds: CrowdCost[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        rounds.push(await measureCrowd(browser, site, waiting, count));
      }
      rows.push({ waiting, ...mergeRows(rounds) });
    }
  }
  const ours = rows.filter(({ waiting }) => waiting !== 'plain <video>');
  const find = (waiting: Waiting, elements: number): Row | undefined =>
    rows.find((row) => row.waiting === waiting && row.elements === elements);
  const growth = (key: 'main thread ms' | 'heap kB each', scale: number): number =>
    Math.max(
      ...ours
        .filter(({ elements }) => elements === 1000)
        .map((many) => many[key] / scale / (find(many.waiting, 100)?.[key] ?? NaN)),
    );
  report({
    name: 'many',
    title: `Elements that wait, the least of ${ROUNDS} rounds, beyond the page without them`,
    rows: rows.map((row) => ({ ...row })),
    goals: [
      {
        goal: 'main thread for 1,000 lazy ones (ms)',
        value: find('lazy, off screen', 1000)?.['main thread ms'] ?? NaN,
        atMost: 100,
      },
      {
        goal: 'the same, as a multiple of 1,000 plain <video>s',
        value:
          (find('lazy, off screen', 1000)?.['main thread ms'] ?? NaN) /
          (find('plain <video>', 1000)?.['main thread ms'] ?? NaN),
        atMost: 1,
      },
      { goal: 'timers of a page', value: Math.max(...ours.map((row) => row.timers)), atMost: 1 },
      { goal: 'requests', value: Math.max(...ours.map((row) => row.requests)), atMost: 0 },
      {
        goal: 'main thread for each of 1,000, as a multiple of each of 100',
        value: growth('main thread ms', 10),
        atMost: 1.1,
      },
      {
        goal: 'heap of each of 1,000, as a multiple of each of 100',
        value: growth('heap kB each', 1),
        atMost: 1.1,
      },
    ],
    chart: { labels: ['waiting', 'elements'], value: 'main thread ms' },
    check: readCheck(),
  });
  const feed = await scrollFeed(browser, site, FEED_VIDEOS);
  report({
    name: 'feed',
    title: `A feed of ${FEED_VIDEOS} lazy videos, scrolled through`,
    rows: [{ ...feed }],
    goals: [
      { goal: 'players alive at a time', value: feed.engines, atMost: 3 },
      { goal: 'videos that showed a picture', value: feed.seen, atLeast: FEED_VIDEOS },
      {
        goal: 'heap at the end, as a multiple of that after a quarter',
        value: feed['heap kB late'] / feed['heap kB early'],
        atMost: 1.1,
      },
    ],
    check: readCheck(),
  });
} finally {
  await browser.close();
  await site.close();
}
