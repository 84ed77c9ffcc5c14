import { chromium, type Browser } from 'playwright';
import { CHROMIUM_FLAGS, findBrowserOnce } from '../support/browser.js';
import { bundle } from '../support/bundle-element.js';
import { startTestSite, type TestSite } from '../support/test-site.js';
import type { FrameReport } from './renewal/frame-meter.js';
import { LINKS } from './renewal/links.js';
import type { Method } from './renewal/page.js';
import { VIDEOS } from './renewal/videos.js';
import { readOption } from './support/read-option.js';
import { readCheck, report } from './support/report.js';

/**
 * The same minute of the same video with tokens of 10 s, played four ways side by side: with one
 * long token (nothing can be better), reloading the source at each renewal (what people do),
 * rewriting the token in URLs (the best practice known), and by this element.
 */
const SECONDS = Number(readOption('seconds') ?? 60);
const LIFETIME_SECONDS = 10;
const METHODS: readonly Method[] = [
  'one-long-token',
  'source-reload',
  'url-rewriting',
  'signed-stream',
];

interface Row extends FrameReport {
  readonly video: string;
  readonly link: string;
  readonly method: Method;
  readonly refused: number;
  readonly fetchedTwice: number;
}

async function playAll(browser: Browser, sites: readonly TestSite[]): Promise<Row[]> {
  const rows: Row[] = [];
  const only = readOption('only') ?? '';
  for (const [video, uid] of Object.entries(VIDEOS)) {
    for (const [link, speeds] of Object.entries(LINKS)) {
      if (!`${video} ${link}`.includes(only)) continue;
      console.log(`${video}, link ${link}`);
      const found = await Promise.all(
        METHODS.map((method, index) => playOne(browser, sites[index], method, uid, speeds)),
      );
      rows.push(...found.map((row) => ({ video, link, ...row })));
    }
  }
  return rows;
}

async function playOne(
  browser: Browser,
  site: TestSite | undefined,
  method: Method,
  videoId: string,
  [startKbps, laterKbps]: readonly [number, number],
): Promise<Omit<Row, 'video' | 'link'>> {
  if (site === undefined) throw new Error('no site for this method');
  const { stream } = site;
  site.reset();
  site.lifetimeSeconds = LIFETIME_SECONDS;
  site.endpoint = async ({ request, sign, answer }) => {
    const exp = Math.floor(stream.serverClock.now() / 1000) + 3600;
    answer(await sign(request.url?.includes('long') === true ? { exp } : {}));
  };
  stream.link.kbps = startKbps;
  stream.link.latencyMs = 40;
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.evaluate((options) => window.bench.play(options), {
    method,
    videoId,
    deliveryOrigin: stream.origins.delivery,
    tokenUrl: '/token',
    renewEveryMs: LIFETIME_SECONDS * 700,
  });
  await page.waitForTimeout(20_000);
  stream.link.kbps = laterKbps;
  await page.waitForTimeout((SECONDS - 20) * 1000);
  const seen = await page.evaluate(() => window.bench.read());
  await page.close();
  const requests = stream.requests.list();
  const media = requests.filter(({ kind, status }) => kind === 'segment' && status === 200);
  const answers = new Map<string, string[]>();
  for (const { path, state } of media) {
    const name = path.replace(/^\/[^/]+|\?.*$/g, '');
    answers.set(name, [...(answers.get(name) ?? []), state]);
  }
  if (method === 'signed-stream') {
    for (const [name, states] of answers) {
      if (states.length > 1) console.log(`fetched twice: ${name} (${states.join(', ')})`);
    }
  }
  return {
    method,
    ...seen,
    refused: requests.filter(({ status }) => status >= 400).length,
    fetchedTwice: media.length - answers.size,
  };
}

function judge(rows: readonly Row[]) {
  const ours = rows.filter(({ method }) => method === 'signed-stream');
  const best = (row: Row): Row | undefined =>
    rows.find(
      ({ method, video, link }) =>
        method === 'one-long-token' && video === row.video && link === row.link,
    );
  const worst = (value: (row: Row) => number): number => Math.max(...ours.map(value));
  const all = rows.filter(({ method }) => method === 'one-long-token');
  const longest = (some: readonly Row[]): number =>
    Math.max(...some.map(({ longestGapMs }) => longestGapMs));
  return [
    {
      goal: 'stall on a steady link (ms)',
      value: Math.max(0, ...ours.filter(({ link }) => link === 'steady').map((row) => row.stallMs)),
      atMost: 0,
    },
    {
      goal: 'stall beyond that of one long token (ms)',
      value: worst((row) => row.stallMs - (best(row)?.stallMs ?? 0)),
      atMost: 0,
    },
    {
      goal: 'longest time between two pictures, as a multiple of that with one long token',
      value: longest(ours) / longest(all),
      atMost: 1.25,
    },
    {
      // Four players on one machine get in each other's way: no row alone says whose fault it is.
      goal: 'the same, of the row in which it is most',
      value: worst((row) => row.longestGapMs / (best(row)?.longestGapMs ?? 1)),
    },
    { goal: 'jumps', value: worst(({ jumps }) => jumps), atMost: 0 },
    { goal: 'segments fetched twice', value: worst((row) => row.fetchedTwice), atMost: 0 },
    { goal: 'answers of 4xx', value: worst(({ refused }) => refused), atMost: 0 },
    {
      goal: 'another picture size at the end than with one long token',
      value: ours.filter((row) => row.height !== best(row)?.height).length,
      atMost: 0,
    },
  ];
}

const executablePath = await findBrowserOnce('chromium');
const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
const files = await bundle(new URL('renewal/page.ts', import.meta.url));
const sites = await Promise.all(METHODS.map(() => startTestSite(files)));
try {
  const rows = await playAll(browser, sites);
  if (rows.length === 0) throw new RangeError('There is no such video or link.');
  report({
    name: 'renewal',
    title: `${SECONDS} s with tokens of ${LIFETIME_SECONDS} s, hls.js with 10 s of buffer`,
    rows: rows.map((row) => ({ ...row })),
    goals: judge(rows),
    chart: { labels: ['video', 'link', 'method'], value: 'stallMs' },
    check: readCheck(),
  });
} finally {
  await browser.close();
  await Promise.all(sites.map((site) => site.close()));
}
