import { setTimeout as wait } from 'node:timers/promises';
import { findBrowserOnce } from '../support/browser.js';
import type { BrowserDriver } from '../support/drivers/driver.js';
import { startDriver } from '../support/drivers/start-driver.js';
import { startTestSite } from '../support/test-site.js';
import { exchangeGoals } from './renewal/exchange-goals.js';
import type { FrameLog } from './renewal/frame-log.js';
import { readPlay, type PlayRow } from './renewal/play-row.js';
import { LINKS } from './renewal/links.js';
import { listPlays, nameOf, type Play, type PlayByHand } from './renewal/plays.js';
import { playVideoByHand } from './renewal/video-by-hand.js';
import { watchVideos } from './renewal/video-watch.js';
import { VIDEOS, VOD_VIDEOS } from './renewal/videos.js';
import { readCheck, report } from './support/report.js';

/**
 * A minute of native HLS in WebKit with tokens of 10 s: what a viewer sees at each exchange, and what
 * of a `<video>` that a page renews by giving it another address, or not at all.
 */
const INTERRUPTIONS = [
  ...['emptied', 'ended', 'error', 'loadstart', 'pause', 'play', 'playing', 'waiting'],
  ...['seeking', 'seeked', 'ratechange', 'volumechange'],
];

/** What a page has not answered by then, it never will. */
const LONGEST_ANSWER_MS = 10_000;

const executablePath = await findBrowserOnce('webkit');
const site = await startTestSite();
try {
  const rows: PlayRow[] = [];
  // No live stream: WebKitGTK, which is all there is here, gives one a length of 0 and no edge.
  for (const play of listPlays(VOD_VIDEOS)) {
    console.log(nameOf(play));
    const row = await run(play);
    if (row !== undefined) rows.push({ ...play, ...row });
    else if (play.link === 'steady') throw new Error('WebKit hangs.');
    else console.log('  left out: WebKit hangs');
  }
  // On a slow link WebKitGTK's HLS stands still also with one long token: those rows only tell.
  const ours = rows.filter(({ method, link }) => method === 'signed-stream' && link === 'steady');
  report({
    name: 'renewal-native',
    title: 'Native HLS in WebKit',
    rows: rows.map((row) => ({ ...row })),
    goals:
      ours.length === 0
        ? []
        : [
            ...exchangeGoals(ours, {
              where: 'steady link',
              exchanges: 5,
              darkMs: 250,
              offMs: 250,
            }),
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

async function run(play: Play) {
  const { video, link, method, tokenSeconds } = play;
  site.reset();
  site.lifetimeSeconds = method === 'one-long-token' ? 3600 : tokenSeconds;
  const [startKbps, laterKbps] = LINKS[link];
  Object.assign(site.stream.link, { kbps: startKbps, latencyMs: 40 });
  const uid = VIDEOS[video];
  const start =
    method === 'signed-stream' ? buildElement(uid) : buildByHand(uid, { ...play, method });
  // Each has a browser of its own: one may hang for good after a video that died in it.
  const browser = await startDriver('webkit', executablePath);
  try {
    return await watchPage(browser, start, play, laterKbps);
  } finally {
    await browser.close();
  }
}

/**
 * In WebKitGTK, GStreamer's `adaptivedemux` may wait for a lock of its own for good, and the page with it,
 * where what it fetches is refused.
 *
 * @param start an expression that puts what plays into the page, and gives it
 * @returns `undefined` where the page hangs
 */
async function watchPage(
  browser: BrowserDriver,
  start: string,
  { seconds }: Play,
  laterKbps: number,
) {
  const page = await browser.open();
  await page.goto(site.url);
  const read = async (): Promise<string | undefined> => {
    const hangs = wait(LONGEST_ANSWER_MS, undefined, { ref: false });
    const answer = page.evaluate('JSON.stringify(globalThis.bench)').then(String);
    // What is asked of a page that hangs is refused when its browser is closed.
    answer.catch(() => {});
    return Promise.race([answer, hangs]);
  };
  // What runs this file gives functions their names back by a helper that a page does not have.
  await page.evaluate('void (globalThis.__name = (value) => value)');
  await page.evaluate(`(${mount.toString()})(() => ${start}, ${watchVideos.toString()},
    ${JSON.stringify(INTERRUPTIONS)})`);
  await wait(20_000);
  site.stream.link.kbps = laterKbps;
  await wait((seconds - 20) * 1000);
  const endMs = Date.now();
  const told = await read();
  if (told === undefined) return undefined;
  const { log, seen, native } = JSON.parse(told) as {
    log: FrameLog;
    seen: string[];
    native: boolean;
  };
  await page.close();
  if (!native) throw new Error('WebKit did not play by itself.');
  return readPlay(log, endMs, seen, site.stream);
}

function buildByHand(uid: string, { method, tokenSeconds }: PlayByHand): string {
  const options = {
    method,
    manifestUrl: `${site.stream.origins.delivery}/TOKEN/manifest/video.m3u8`,
    tokenUrl: `/token?video-id=${uid}`,
    renewEveryMs: tokenSeconds * 800,
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
