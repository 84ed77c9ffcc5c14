import { setTimeout as wait } from 'node:timers/promises';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { findBrowserOnce } from '../support/browser.js';
import type { BrowserDriver } from '../support/drivers/driver.js';
import { startDriver } from '../support/drivers/start-driver.js';
import { startTestSite } from '../support/test-site.js';
import { exchangeGoals } from './renewal/exchange-goals.js';
import type { FrameLog } from './renewal/frame-watch.js';
import { readPlay, type PlayRow } from './renewal/play-row.js';
import { PLAYER_METHODS, type PlayerMethod } from './renewal/player-method.js';
import { playVideoByHand } from './renewal/video-by-hand.js';
import { watchVideos } from './renewal/video-watch.js';
import { readOption } from './support/read-option.js';
import { readCheck, report } from './support/report.js';

/**
 * A minute of native HLS in WebKit with tokens of 10 s: what a viewer sees at each exchange, and what
 * of a `<video>` that a page renews by giving it another address, or not at all.
 */
const SECONDS = Number(readOption('seconds') ?? 60);
const LIFETIME_SECONDS = 10;
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
try {
  const rows: PlayRow[] = [];
  for (const method of PLAYER_METHODS) {
    console.log(method);
    rows.push({ video: 'path-token', method, ...(await play(buildByHand(method), method)) });
  }
  for (const [video, uid] of Object.entries(VIDEOS)) {
    console.log(video);
    rows.push({ video, method: 'signed-stream', ...(await play(buildElement(uid))) });
  }
  const ours = rows.filter(({ method }) => method === 'signed-stream');
  report({
    name: 'renewal-native',
    title: `${SECONDS} s with tokens of ${LIFETIME_SECONDS} s, native HLS in WebKit`,
    rows: rows.map((row) => ({ ...row })),
    goals: [
      ...exchangeGoals(ours, { darkMs: 250, offMs: 250 }),
      {
        goal: 'answers of 4xx',
        value: Math.max(...ours.map(({ refused }) => refused)),
        atMost: 0,
      },
    ],
    check: readCheck(),
  });
} finally {
  await site.close();
}

/** @param start an expression that puts what plays into the page, and gives it */
async function play(start: string, method?: PlayerMethod) {
  site.reset();
  site.lifetimeSeconds = method === 'one-long-token' ? 3600 : LIFETIME_SECONDS;
  // Each has a browser of its own: one may hang for good after a video that died in it.
  const browser = await startDriver('webkit', executablePath);
  try {
    return await watchPage(browser, start);
  } finally {
    await browser.close();
  }
}

async function watchPage(browser: BrowserDriver, start: string) {
  const page = await browser.open();
  await page.goto(site.url);
  // What runs this file gives functions their names back by a helper that a page does not have.
  await page.evaluate('void (globalThis.__name = (value) => value)');
  await page.evaluate(`(${mount.toString()})(() => ${start}, ${watchVideos.toString()},
    ${JSON.stringify(INTERRUPTIONS)})`);
  await wait(SECONDS * 1000);
  const { log, seen, native } = JSON.parse(
    String(await page.evaluate('JSON.stringify(globalThis.bench)')),
  ) as { log: FrameLog; seen: string[]; native: boolean };
  const endMs = Date.now();
  await page.close();
  if (!native) throw new Error('WebKit did not play by itself.');
  return readPlay(log, endMs, seen, site.stream);
}

function buildByHand(method: PlayerMethod): string {
  const options = {
    method,
    manifestUrl: `${site.stream.origins.delivery}/TOKEN/manifest/video.m3u8`,
    tokenUrl: `/token?video-id=${VIDEOS['path-token']}`,
    renewEveryMs: LIFETIME_SECONDS * 800,
  };
  return `(${playVideoByHand.toString()})(${JSON.stringify(options)})`;
}

function buildElement(uid: string): string {
  const tag = site.tag(uid, { player: 'hls', autoplay: '', muted: '' });
  return `(${putTag.toString()})(${JSON.stringify(tag)})`;
}

/** Runs in the page. */
function putTag(tag: string): Element {
  const template = document.createElement('template');
  template.innerHTML = tag;
  const element = document.importNode(template.content, true).firstElementChild;
  if (element === null) throw new Error('There is no tag.');
  document.body.append(element);
  return element;
}

/** Runs in the page, which has no MediaSource: there, hls.js cannot play. */
function mount(start: () => Element, watch: typeof watchVideos, types: readonly string[]): void {
  for (const name of ['MediaSource', 'ManagedMediaSource', 'WebKitMediaSource']) {
    Reflect.deleteProperty(globalThis, name);
  }
  const element = start();
  const bench = { log: {}, seen: [] as string[], native: false };
  Object.assign(globalThis, { bench });
  // The element makes its shadow tree a moment later.
  setTimeout(() => Object.assign(bench, { log: watch(element) }));
  // The events of a `<video>` in a shadow tree do not leave it, those of the element are its own.
  const target = 'engine' in element ? element : element.shadowRoot?.querySelector('video');
  target?.addEventListener(
    'playing',
    () => {
      bench.native = (Reflect.get(element, 'engine') ?? target) instanceof HTMLVideoElement;
      for (const type of types) target.addEventListener(type, () => bench.seen.push(type));
    },
    { once: true },
  );
}
