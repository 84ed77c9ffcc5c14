import { chromium, type Page } from 'playwright';
import { CHROMIUM_FLAGS, findBrowserOnce } from '../support/browser.js';
import { startTestSite } from '../support/test-site.js';
import { exchangeGoals } from './renewal/exchange-goals.js';
import { playFrameByHand } from './renewal/frame-by-hand.js';
import { installFrameWatch, type FrameLog } from './renewal/frame-log.js';
import { readPlay, type PlayRow } from './renewal/play-row.js';
import { LINKS } from './renewal/links.js';
import { listPlays, nameOf, type Play, type PlayByHand } from './renewal/plays.js';
import { VIDEOS, VOD_VIDEOS } from './renewal/videos.js';
import { readCheck, report } from './support/report.js';

/**
 * A minute in the Stream player with tokens of 10 s: what a viewer sees at each exchange, and what of a
 * frame that a page renews by giving it another address, or not at all. On links that fall, also with
 * tokens of a minute.
 */
const executablePath = await findBrowserOnce('chromium');
const args = [...CHROMIUM_FLAGS, '--autoplay-policy=no-user-gesture-required'];
const browser = await chromium.launch({ executablePath, args });
const site = await startTestSite();
try {
  const rows: PlayRow[] = [];
  for (const play of listPlays([...VOD_VIDEOS, 'live path-token'])) {
    console.log(nameOf(play));
    rows.push({ ...play, ...(await run(play)) });
  }
  // A player that is loaded anew each 5 s is more than a slow link can carry. Those rows only tell.
  const ours = rows.filter(({ method }) => method === 'signed-stream');
  const steady = ours.filter(({ link }) => link === 'steady');
  const slow = ours.filter(({ link, tokenSeconds }) => link !== 'steady' && tokenSeconds >= 60);
  const judged = [...steady, ...slow];
  const most = { darkMs: 100, offMs: 50 };
  const onSteady = { where: 'steady link', exchanges: 5, ...most };
  const onSlow = { where: 'link that falls', exchanges: 2, ...most };
  report({
    name: 'renewal-frame',
    title: 'The Stream player',
    rows: rows.map((row) => ({ ...row })),
    goals: [
      ...(steady.length > 0 ? exchangeGoals(steady, onSteady) : []),
      ...(slow.length > 0 ? exchangeGoals(slow, onSlow) : []),
      {
        goal: 'jumps of the picture',
        value: Math.max(0, ...judged.map(({ jumps }) => jumps)),
        atMost: 0,
      },
      {
        goal: 'link that falls: frozen at any time (ms)',
        value: Math.max(0, ...slow.map(({ frozenMs }) => frozenMs)),
        atMost: 0,
      },
    ],
    check: readCheck(),
  });
} finally {
  await browser.close();
  await site.close();
}

async function run(play: Play) {
  const { video, link, method, tokenSeconds, seconds } = play;
  site.reset();
  site.lifetimeSeconds = method === 'one-long-token' ? 3600 : tokenSeconds;
  const [startKbps, laterKbps] = LINKS[link];
  Object.assign(site.stream.link, { kbps: startKbps, latencyMs: 40 });
  const page = await browser.newPage();
  // What runs this file gives functions their names back by a helper that a page does not have.
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.addInitScript(installFrameWatch);
  await page.goto(site.url);
  await page.evaluate(() => Object.assign(window, { seen: [] }));
  const uid = VIDEOS[video];
  await (method === 'signed-stream'
    ? playElement(page, uid)
    : playByHand(page, uid, { ...play, method }));
  await page.waitForTimeout(20_000);
  site.stream.link.kbps = laterKbps;
  await page.waitForTimeout((seconds - 20) * 1000);
  const endMs = Date.now();
  const log = await page.evaluate((): FrameLog => Reflect.get(window, 'frameLog'));
  const seen = await page.evaluate((): string[] => Reflect.get(window, 'seen'));
  await page.close();
  return readPlay(log, endMs, seen, site.stream);
}

function playByHand(page: Page, uid: string, { method, tokenSeconds }: PlayByHand): Promise<void> {
  return page.evaluate(playFrameByHand, {
    method,
    playerUrl: `${site.stream.origins.delivery}/TOKEN/iframe?autoplay=true&muted=true`,
    tokenUrl: `/token?video-id=${uid}`,
    renewEveryMs: tokenSeconds * 800,
  });
}

async function playElement(page: Page, uid: string): Promise<void> {
  await page.evaluate(
    (tag) => {
      const template = document.createElement('template');
      template.innerHTML = tag;
      const element = template.content.firstElementChild;
      if (element === null) return;
      document.body.append(element);
      Reflect.get(window, 'watchFrames')(element);
      const seen: string[] = Reflect.get(window, 'seen');
      element.addEventListener(
        'playing',
        () => {
          for (const type of EVENTS) element.addEventListener(type, () => seen.push(type));
        },
        { once: true },
      );
      const EVENTS = [
        'emptied',
        'loadstart',
        'pause',
        'play',
        'playing',
        'waiting',
        'seeking',
        'ratechange',
        'volumechange',
        'error',
      ];
    },
    site.tag(uid, { player: 'iframe', autoplay: '', muted: '' }),
  );
}
