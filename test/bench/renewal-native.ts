import { setTimeout as wait } from 'node:timers/promises';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { findBrowserOnce } from '../support/browser.js';
import type { BrowserDriver } from '../support/drivers/driver.js';
import { startDriver } from '../support/drivers/start-driver.js';
import { startTestSite } from '../support/test-site.js';
import { exchangeGoals } from './renewal/exchange-goals.js';
import { readExchanges, type FrameLog } from './renewal/frame-watch.js';
import { watchVideos } from './renewal/video-watch.js';
import { readCheck, report } from './support/report.js';

/** A minute of native HLS in WebKit with tokens of 10 s: what a viewer sees at each exchange. */
const SECONDS = 60;
const VIDEOS = {
  'path-token': SAMPLE_UIDS.pathToken,
  'own-signature': SAMPLE_UIDS.ownSignature,
  'token-bound-names': SAMPLE_UIDS.tokenBoundNames,
};
const INTERRUPTIONS = [
  ...['emptied', 'ended', 'error', 'loadstart', 'pause', 'play', 'playing', 'waiting'],
  ...['seeking', 'seeked', 'ratechange', 'volumechange'],
];

const executablePath = await findBrowserOnce('webkit');
const site = await startTestSite();
const browser = await startDriver('webkit', executablePath);
try {
  const rows = [];
  for (const [video, uid] of Object.entries(VIDEOS)) {
    console.log(video);
    rows.push({ video, ...(await play(browser, uid)) });
  }
  report({
    name: 'renewal-native',
    title: `${SECONDS} s with tokens of 10 s, native HLS in WebKit`,
    rows,
    goals: exchangeGoals(rows, { darkMs: 250, offMs: 250 }),
    check: readCheck(),
  });
} finally {
  await browser.close();
  await site.close();
}

async function play(driver: BrowserDriver, uid: string) {
  site.reset();
  site.lifetimeSeconds = 10;
  const page = await driver.open();
  await page.goto(site.url);
  const tag = site.tag(uid, { player: 'hls', autoplay: '', muted: '' });
  // What runs this file gives functions their names back by a helper that a page does not have.
  await page.evaluate('void (globalThis.__name = (value) => value)');
  await page.evaluate(`(${mount.toString()})(${JSON.stringify(tag)}, ${watchVideos.toString()},
    ${JSON.stringify(INTERRUPTIONS)})`);
  await wait(SECONDS * 1000);
  const { log, seen, native } = JSON.parse(
    String(await page.evaluate('JSON.stringify(globalThis.bench)')),
  ) as { log: FrameLog; seen: string[]; native: boolean };
  await page.close();
  if (!native) throw new Error('WebKit did not play by itself.');
  const exchanges = readExchanges(log);
  return {
    exchanges: exchanges.length,
    darkMs: Math.max(0, ...exchanges.map(({ darkMs }) => darkMs)),
    offMs: Math.max(0, ...exchanges.map(({ offMs }) => offMs)),
    events: seen.length,
    refused: site.stream.requests.list().filter(({ status }) => status >= 400).length,
  };
}

/** Runs in the page, which has no MediaSource: there, hls.js cannot play. */
function mount(tag: string, watch: typeof watchVideos, types: readonly string[]): void {
  for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource']) {
    Reflect.deleteProperty(globalThis, name);
  }
  const template = document.createElement('template');
  template.innerHTML = tag;
  const element = document.importNode(template.content, true).firstElementChild;
  if (element === null) return;
  document.body.append(element);
  const bench = { log: {}, seen: [] as string[], native: false };
  Object.assign(globalThis, { bench });
  // The element makes its shadow tree a moment later.
  setTimeout(() => Object.assign(bench, { log: watch(element) }));
  element.addEventListener(
    'playing',
    () => {
      bench.native = Reflect.get(element, 'engine') instanceof HTMLVideoElement;
      for (const type of types) element.addEventListener(type, () => bench.seen.push(type));
    },
    { once: true },
  );
}
