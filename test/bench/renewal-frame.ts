import { chromium } from 'playwright';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { CHROMIUM_FLAGS, findBrowserOnce } from '../support/browser.js';
import { startTestSite } from '../support/test-site.js';
import { exchangeGoals } from './renewal/exchange-goals.js';
import { installFrameWatch, readExchanges, type FrameLog } from './renewal/frame-watch.js';
import { readCheck, report } from './support/report.js';

/** A minute in the Stream player with tokens of 10 s: what a viewer sees at each exchange. */
const SECONDS = 60;
const VIDEOS = {
  'path-token': SAMPLE_UIDS.pathToken,
  'own-signature': SAMPLE_UIDS.ownSignature,
  'token-bound-names': SAMPLE_UIDS.tokenBoundNames,
};

const executablePath = await findBrowserOnce('chromium');
const args = [...CHROMIUM_FLAGS, '--autoplay-policy=no-user-gesture-required'];
const browser = await chromium.launch({ executablePath, args });
const site = await startTestSite();
try {
  const rows = [];
  for (const [video, uid] of Object.entries(VIDEOS)) {
    console.log(video);
    rows.push({ video, ...(await play(uid)) });
  }
  report({
    name: 'renewal-frame',
    title: `${SECONDS} s with tokens of 10 s in the Stream player`,
    rows,
    goals: exchangeGoals(rows, { darkMs: 100, offMs: 50 }),
    check: readCheck(),
  });
} finally {
  await browser.close();
  await site.close();
}

async function play(uid: string) {
  site.reset();
  site.lifetimeSeconds = 10;
  const page = await browser.newPage();
  // What runs this file gives functions their names back by a helper that a page does not have.
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.addInitScript(installFrameWatch);
  await page.goto(site.url);
  await page.evaluate(
    (tag) => {
      const template = document.createElement('template');
      template.innerHTML = tag;
      const element = template.content.firstElementChild;
      if (element === null) return;
      document.body.append(element);
      Reflect.get(window, 'watchFrames')(element);
      const seen: string[] = [];
      Object.assign(window, { seen });
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
  await page.waitForTimeout(SECONDS * 1000);
  const log = await page.evaluate((): FrameLog => Reflect.get(window, 'frameLog'));
  const seen = await page.evaluate((): string[] => Reflect.get(window, 'seen'));
  await page.close();
  const exchanges = readExchanges(log);
  return {
    exchanges: exchanges.length,
    darkMs: Math.max(0, ...exchanges.map(({ darkMs }) => darkMs)),
    offMs: Math.max(0, ...exchanges.map(({ offMs }) => offMs)),
    events: seen.length,
    refused: site.stream.requests.list().filter(({ status }) => status >= 400).length,
  };
}
