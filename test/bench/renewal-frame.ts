import { chromium, type Page } from 'playwright';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { CHROMIUM_FLAGS, findBrowserOnce } from '../support/browser.js';
import { startTestSite } from '../support/test-site.js';
import { exchangeGoals } from './renewal/exchange-goals.js';
import { playFrameByHand } from './renewal/frame-by-hand.js';
import { installFrameWatch, type FrameLog } from './renewal/frame-watch.js';
import { readPlay, type PlayRow } from './renewal/play-row.js';
import { PLAYER_METHODS, type PlayerMethod } from './renewal/player-method.js';
import { readOption } from './support/read-option.js';
import { readCheck, report } from './support/report.js';

/**
 * A minute in the Stream player with tokens of 10 s: what a viewer sees at each exchange, and what of a
 * frame that a page renews by giving it another address, or not at all.
 */
const SECONDS = Number(readOption('seconds') ?? 60);
const VIDEOS = {
  'path-token': SAMPLE_UIDS.pathToken,
  'own-signature': SAMPLE_UIDS.ownSignature,
  'token-bound-names': SAMPLE_UIDS.tokenBoundNames,
};

const LIFETIME_SECONDS = 10;

const executablePath = await findBrowserOnce('chromium');
const args = [...CHROMIUM_FLAGS, '--autoplay-policy=no-user-gesture-required'];
const browser = await chromium.launch({ executablePath, args });
const site = await startTestSite();
try {
  const rows: PlayRow[] = [];
  for (const method of PLAYER_METHODS) {
    console.log(method);
    const row = await play((page) => playByHand(page, method));
    rows.push({ video: 'path-token', method, ...row });
  }
  for (const [video, uid] of Object.entries(VIDEOS)) {
    console.log(video);
    const row = await play((page) => playElement(page, uid));
    rows.push({ video, method: 'signed-stream', ...row });
  }
  const ours = rows.filter(({ method }) => method === 'signed-stream');
  report({
    name: 'renewal-frame',
    title: `${SECONDS} s with tokens of ${LIFETIME_SECONDS} s in the Stream player`,
    rows: rows.map((row) => ({ ...row })),
    goals: [
      ...exchangeGoals(ours, { darkMs: 100, offMs: 50 }),
      {
        goal: 'jumps of the picture',
        value: Math.max(...ours.map(({ jumps }) => jumps)),
        atMost: 0,
      },
    ],
    check: readCheck(),
  });
} finally {
  await browser.close();
  await site.close();
}

async function play(start: (page: Page) => Promise<unknown>) {
  site.reset();
  site.lifetimeSeconds = LIFETIME_SECONDS;
  const page = await browser.newPage();
  // What runs this file gives functions their names back by a helper that a page does not have.
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.addInitScript(installFrameWatch);
  await page.goto(site.url);
  await page.evaluate(() => Object.assign(window, { seen: [] }));
  await start(page);
  await page.waitForTimeout(SECONDS * 1000);
  const log = await page.evaluate((): FrameLog => Reflect.get(window, 'frameLog'));
  const seen = await page.evaluate((): string[] => Reflect.get(window, 'seen'));
  const endMs = Date.now();
  await page.close();
  return readPlay(log, endMs, seen, site.stream);
}

function playByHand(page: Page, method: PlayerMethod): Promise<void> {
  if (method === 'one-long-token') site.lifetimeSeconds = 3600;
  return page.evaluate(playFrameByHand, {
    method,
    playerUrl: `${site.stream.origins.delivery}/TOKEN/iframe?autoplay=true&muted=true`,
    tokenUrl: `/token?video-id=${VIDEOS['path-token']}`,
    renewEveryMs: LIFETIME_SECONDS * 800,
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
