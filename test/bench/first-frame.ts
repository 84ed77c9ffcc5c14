import type { LaunchOptions } from 'playwright';
import { CHROMIUM_FLAGS, findBrowserOnce } from '../support/browser.js';
import { CONTENDERS, type ContenderKey } from './first-frame/contenders.js';
import { startSite, type Site } from './first-frame/start-site.js';
import { visit, type TimedRequest } from './first-frame/visit.js';
import { median } from './support/median.js';
import { readOption } from './support/read-option.js';
import { readCheck, report, type BenchGoal } from './support/report.js';
import { ShapedLink } from './support/shaped-link.js';

/**
 * How long a first visitor waits for a picture: from navigation to the first frame, nothing cached,
 * on one line that everything passes. All take turns, so that whatever else the machine does is
 * everybody's. `--waterfall` shows the requests of the first visit of each.
 */
const ROUNDS = Number(readOption('rounds') ?? 15);
const ONLY = readOption('only')?.split(',');
const LINK = {
  kbps: 4000,
  roundTripMs: 40,
  // TCP and TLS 1.3: the local servers speak HTTP without it, which nobody does in public.
  roundTripsToConnect: Number(readOption('round-trips-to-connect') ?? 2),
};
const KEYS = (Object.keys(CONTENDERS) as ContenderKey[]).filter(
  (key) => ONLY?.includes(key) ?? true,
);

async function visitAll(launch: LaunchOptions, site: Site, link: ShapedLink) {
  const times = new Map<ContenderKey, number[]>(KEYS.map((key) => [key, []]));
  // The first round only warms the servers up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const key of KEYS) {
      link.reset();
      const { firstFrameMs, requests } = await visit(launch, site.url(key), link.proxy);
      if (round > 0) times.get(key)?.push(firstFrameMs);
      if (round === 1 && process.argv.includes('--waterfall')) {
        printWaterfall(CONTENDERS[key].name, requests, firstFrameMs);
      }
    }
    console.log(`round ${round} of ${ROUNDS}`);
  }
  return times;
}

function printWaterfall(
  name: string,
  requests: readonly TimedRequest[],
  firstFrameMs: number,
): void {
  console.log(`\n${name}: first frame at ${Math.round(firstFrameMs)} ms`);
  for (const { what, startMs, endMs } of requests) {
    console.log(
      `${String(Math.round(startMs)).padStart(6)} ${String(Math.round(endMs)).padStart(6)}  ${what}`,
    );
  }
}

/** The median of the ratios within a round: what slows one down there slows down the other one. */
function ratio(times: ReadonlyMap<string, readonly number[]>, ours: string, theirs: string) {
  const base = times.get(theirs) ?? [];
  return median((times.get(ours) ?? []).map((value, index) => value / (base[index] ?? NaN)));
}

function judge(times: ReadonlyMap<string, readonly number[]>): BenchGoal[] {
  const goals = [
    {
      goal: 'with hls, as a multiple of hls.js by hand',
      value: ratio(times, 'ours', 'byHand'),
      atMost: 0.9,
    },
    {
      goal: 'with a token in the page, as a multiple of hls.js by hand with it',
      value: ratio(times, 'oursWithToken', 'byHandWithToken'),
      atMost: 1,
    },
    {
      goal: 'with hls, as a multiple of mux-player',
      value: ratio(times, 'ours', 'muxPlayer'),
      atMost: 0.75,
    },
    {
      goal: 'with hls, as a multiple of hls-video-element',
      value: ratio(times, 'ours', 'hlsVideo'),
    },
    {
      goal: 'in the Stream player, as a multiple of a frame by hand',
      value: ratio(times, 'oursInFrame', 'frameByHand'),
    },
  ];
  // Not those of whom `--only` leaves out.
  return goals.filter(({ value }) => !Number.isNaN(value));
}

const executablePath = await findBrowserOnce('chromium');
const args = [...CHROMIUM_FLAGS, '--autoplay-policy=no-user-gesture-required'];
const [site, link] = await Promise.all([startSite(), ShapedLink.start(LINK)]);
try {
  const times = await visitAll({ executablePath, args }, site, link);
  const rows = KEYS.map((key) => {
    const values = (times.get(key) ?? []).toSorted((a, b) => a - b);
    return {
      contender: CONTENDERS[key].name,
      'median ms': median(values),
      'fastest ms': values.at(0) ?? NaN,
      'slowest ms': values.at(-1) ?? NaN,
      'script at once kB': site.scriptKb(key),
    };
  });
  report({
    name: 'first-frame',
    title:
      `From navigation to the first frame, ${ROUNDS} first visits each, ${LINK.kbps / 1000} Mb/s, ` +
      `${LINK.roundTripMs} ms, ${LINK.roundTripsToConnect} round trips to connect`,
    rows,
    goals: judge(times),
    chart: { labels: ['contender'], value: 'median ms' },
    check: readCheck(),
  });
} finally {
  await Promise.all([site.close(), link.close()]);
}
