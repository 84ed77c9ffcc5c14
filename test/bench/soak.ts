import { chromium, type CDPSession, type Page } from 'playwright';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { CHROMIUM_FLAGS, findBrowserOnce } from '../support/browser.js';
import { startTestSite } from '../support/test-site.js';
import { readCheck, report } from './support/report.js';

/**
 * Half an hour with tokens of 5 s, in both players at once: nothing may stall, and nothing may be
 * left behind by the renewals, nor by 200 insertions and removals after them.
 */
const MINUTES = Number(process.argv[process.argv.indexOf('--minutes') + 1]) || 30;
const SETTLED_MINUTES = Math.min(5, MINUTES / 6);
const INSERTIONS = 200;

/** The prototype of hls.js's class, once one has played; it stays when all are gone. */
const HLS_PROTOTYPE = `window.hlsPrototype ??=
  Object.getPrototypeOf(document.querySelector('[player=hls]')?.engine ?? Object.create(null))`;

/** What is alive in the page. */
interface Living {
  readonly minute: number;
  readonly heapMb: number;
  readonly listeners: number;
  /** Frames that are alive, in the page or not. */
  readonly frames: number;
  /** Objects of hls.js's class that are alive, its prototypes among them. */
  readonly players: number;
  readonly timers: number;
  readonly renewals: number;
  readonly stalls: number;
  /** Player and position of each, and the second of the run. */
  readonly stalledAt: string;
  /** Waits of the seek to the start at the end of each round. */
  readonly seeks: number;
  readonly errors: number;
  readonly positions: string;
}

const executablePath = await findBrowserOnce('chromium');
const args = [
  ...CHROMIUM_FLAGS,
  '--autoplay-policy=no-user-gesture-required',
  '--js-flags=--expose-gc',
];
const browser = await chromium.launch({ executablePath, args });
const site = await startTestSite();
try {
  site.lifetimeSeconds = 5;
  const page = await browser.newPage();
  // What runs this file gives functions their names back by a helper that a page does not have.
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.addInitScript(countTimers);
  await page.goto(site.url);
  const cdp = await page.context().newCDPSession(page);
  await page.evaluate(mountBoth, [
    site.tag(SAMPLE_UIDS.ownSignature, { player: 'hls', autoplay: '', muted: '', loop: '' }),
    site.tag(SAMPLE_UIDS.pathToken, { player: 'iframe', autoplay: '', muted: '', loop: '' }),
  ]);
  const seen: Living[] = [];
  for (let minute = 0; minute < MINUTES;) {
    const stepMinutes = Math.min(minute === 0 ? SETTLED_MINUTES : 2.5, MINUTES - minute);
    await page.waitForTimeout(stepMinutes * 60_000);
    minute += stepMinutes;
    const living = await look(page, cdp, minute);
    console.log(JSON.stringify(living));
    seen.push(living);
    // The log of the local Stream is not what is measured.
    site.stream.requests.clear();
  }
  await page.evaluate(() => document.body.replaceChildren());
  // Code is compiled and kept when it runs often for the first time; that is no leak.
  await insertAndRemove(page, INSERTIONS / 4);
  const emptied = await settle(page, cdp, 0);
  await insertAndRemove(page, INSERTIONS);
  const after = await settle(page, cdp, emptied.timers);
  const [first] = seen;
  const last = seen.at(-1);
  if (first === undefined || last === undefined) throw new Error('nothing was measured');
  report({
    name: 'soak',
    title: `${MINUTES} minutes with tokens of 5 s, both players`,
    rows: [...seen, emptied, after].map((row) => ({ ...row })),
    goals: [
      { goal: 'renewals', value: last.renewals, atLeast: MINUTES * 10 },
      { goal: 'stalls', value: last.stalls, atMost: 0 },
      { goal: 'errors', value: last.errors, atMost: 0 },
      {
        goal: 'times that a player was found where it had been',
        value: countStops(seen),
        atMost: 0,
      },
      { goal: 'heap at the end against minute 5', value: last.heapMb / first.heapMb, atMost: 1.05 },
      {
        goal: 'frames alive at the end: one, or two in an exchange',
        value: last.frames,
        atMost: 2,
      },
      {
        goal: 'instances of hls.js alive at the end',
        value: last.players - emptied.players,
        atMost: 1,
      },
      {
        goal: 'timers at the end beyond those of minute 5',
        value: last.timers - first.timers,
        atMost: 5,
      },
      {
        goal: 'listeners at the end beyond those of minute 5: as many as an exchange has',
        value: last.listeners - first.listeners,
        atMost: 60,
      },
      { goal: 'frames left by 200 insertions', value: after.frames - emptied.frames, atMost: 0 },
      {
        goal: 'instances of hls.js left by 200 insertions',
        value: after.players - emptied.players,
        atMost: 0,
      },
      { goal: 'timers left by 200 insertions', value: after.timers - emptied.timers, atMost: 0 },
      {
        goal: 'listeners left by 200 insertions',
        value: after.listeners - emptied.listeners,
        atMost: 0,
      },
      { goal: 'heap left by 200 insertions (MB)', value: after.heapMb - emptied.heapMb, atMost: 1 },
    ],
    check: readCheck(),
  });
} finally {
  await browser.close();
  await site.close();
}

/** A player that stands still is in no other figure. */
function countStops(seen: readonly Living[]): number {
  const positions = seen.map((living) => living.positions.split(' '));
  return positions.flatMap((now, index) =>
    now.filter((at, player) => positions[index - 1]?.[player] === at),
  ).length;
}

/** Runs in the page before anything else: knows which timers are pending. */
function countTimers(): void {
  const pending = new Set<number>();
  const start = window.setTimeout.bind(window);
  const stop = window.clearTimeout.bind(window);
  const repeat = window.setInterval.bind(window);
  const end = window.clearInterval.bind(window);
  Object.assign(window, {
    pendingTimers: pending,
    setTimeout(handler: TimerHandler, delay?: number, ...rest: unknown[]) {
      const id = start(
        (...given: unknown[]) => {
          pending.delete(id);
          if (typeof handler === 'function') handler(...given);
        },
        delay,
        ...rest,
      );
      pending.add(id);
      return id;
    },
    clearTimeout(id?: number) {
      pending.delete(id ?? 0);
      stop(id);
    },
    setInterval(handler: TimerHandler, delay?: number, ...rest: unknown[]) {
      const id = repeat(handler, delay, ...rest);
      pending.add(id);
      return id;
    },
    clearInterval(id?: number) {
      pending.delete(id ?? 0);
      end(id);
    },
  });
}

function mountBoth(tags: readonly string[]): void {
  const counts = { renewals: 0, stalls: 0, stalledAt: '', seeks: 0, errors: 0 };
  Object.assign(window, { counts });
  for (const tag of tags) {
    const template = document.createElement('template');
    template.innerHTML = tag;
    const element = document.importNode(template.content, true).querySelector('signed-stream');
    if (element === null) continue;
    Object.assign(element, { hlsConfig: { maxBufferLength: 10, maxMaxBufferLength: 10 } });
    element.addEventListener('tokenchange', () => (counts.renewals += 1));
    element.addEventListener('error', () => (counts.errors += 1));
    element.addEventListener(
      'playing',
      () => {
        // A seek waits for its frame, and so does the one to the start: with no renewals it does, too.
        element.addEventListener('waiting', () => {
          counts[element.seeking ? 'seeks' : 'stalls'] += 1;
          if (element.seeking) return;
          const seconds = Math.round(performance.now() / 1000);
          counts.stalledAt += `${element.player} ${element.currentTime.toFixed(1)} at ${seconds}; `;
        });
      },
      { once: true },
    );
    document.body.append(element);
  }
}

async function look(page: Page, cdp: CDPSession, minute: number): Promise<Living> {
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((item) => item.name === name)?.value ?? 0;
  const counts = await page.evaluate(() => ({
    ...Reflect.get(window, 'counts'),
    timers: Reflect.get(window, 'pendingTimers').size,
    positions: [...document.querySelectorAll('signed-stream')]
      .map((element) => element.currentTime.toFixed(1))
      .join(' '),
  }));
  return {
    minute,
    heapMb: metric('JSHeapUsedSize') / 1e6,
    listeners: metric('JSEventListeners'),
    frames: await countAlive(cdp, 'HTMLIFrameElement.prototype'),
    players: await countAlive(cdp, HLS_PROTOTYPE),
    ...counts,
  };
}

/** How many objects of a prototype the heap holds, in the page or not. */
async function countAlive(cdp: CDPSession, prototype: string): Promise<number> {
  const { result } = await cdp.send('Runtime.evaluate', { expression: prototype });
  if (result.objectId === undefined) return 0;
  const { objects } = await cdp.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId,
  });
  if (objects.objectId === undefined) return 0;
  const { result: length } = await cdp.send('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: 'function () { return this.length; }',
    returnByValue: true,
  });
  // What is looked at would be held.
  for (const { objectId } of [result, objects]) {
    if (objectId !== undefined) await cdp.send('Runtime.releaseObject', { objectId });
  }
  return Number(length.value);
}

/** Waits until nothing more is let go of: garbage goes in several rounds. */
async function settle(page: Page, cdp: CDPSession, timers: number): Promise<Living> {
  let living = await look(page, cdp, MINUTES);
  for (let round = 0; round < 10; round++) {
    await page.waitForTimeout(1000);
    const next = await look(page, cdp, MINUTES);
    const isStill = next.heapMb >= living.heapMb * 0.99 && next.timers <= timers;
    living = next;
    if (isStill && round > 2) break;
  }
  return living;
}

async function insertAndRemove(page: Page, insertions: number): Promise<void> {
  for (let round = 0; round < insertions / 2; round++) {
    await page.evaluate(mountBoth, [
      site.tag(SAMPLE_UIDS.pathToken, { player: 'hls', autoplay: '', muted: '' }),
      site.tag(SAMPLE_UIDS.pathToken, { player: 'iframe', autoplay: '', muted: '' }),
    ]);
    // Some are removed while they load, some while they play.
    await page.waitForTimeout((round % 4) * 150);
    await page.evaluate(() => document.body.replaceChildren());
  }
}
