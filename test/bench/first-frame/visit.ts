import { chromium, type LaunchOptions, type Page, type Request } from 'playwright';
import { installFrameProbe } from './frame-probe.js';

export interface Visit {
  /** From navigation to the first picture. */
  readonly firstFrameMs: number;
  readonly requests: readonly TimedRequest[];
}

/** A request of a visit, in milliseconds from navigation. */
export interface TimedRequest {
  readonly what: string;
  readonly startMs: number;
  readonly endMs: number;
}

const TIMEOUT_MS = 30_000;
const SETTLE_MS = 500;

/**
 * One visit by somebody who has never been there: nothing is cached, no connection is open. In a
 * browser of its own, as a private window of Chromium leaves out what a page says of connections.
 */
export async function visit(launch: LaunchOptions, url: string, proxy: string): Promise<Visit> {
  const context = await chromium.launchPersistentContext('', {
    ...launch,
    proxy: { server: proxy },
    viewport: { width: 800, height: 600 },
  });
  try {
    const seen: Request[] = [];
    context.on('request', (request) => seen.push(request));
    let tell: (atMs: number) => void = () => {};
    const firstFrame = new Promise<number>((resolve) => (tell = resolve));
    await context.exposeBinding('tellFirstFrame', (_source, atMs: number) => tell(atMs));
    // What runs this file gives functions their names back by a helper that a page does not have.
    await context.addInitScript('globalThis.__name = (value) => value');
    await context.addInitScript(installFrameProbe);
    const page = context.pages()[0] ?? (await context.newPage());
    // A browser that has just been started has work of its own.
    await page.waitForTimeout(SETTLE_MS);
    await page.goto(url, { waitUntil: 'commit' });
    const atMs = await Promise.race([firstFrame, failAfter(page)]);
    const originMs = await page.evaluate(() => performance.timeOrigin);
    return {
      firstFrameMs: atMs - originMs,
      requests: seen
        .filter((request) => request.timing().startTime > 0)
        .map((request) => readTiming(request, originMs)),
    };
  } finally {
    await context.close();
  }
}

async function failAfter(page: Page): Promise<never> {
  await page.waitForTimeout(TIMEOUT_MS);
  throw new Error(`There was no picture within ${TIMEOUT_MS / 1000} s at ${page.url()}`);
}

function readTiming(request: Request, originMs: number): TimedRequest {
  const { startTime, responseEnd } = request.timing();
  const startMs = startTime - originMs;
  const { pathname } = new URL(request.url());
  const what = pathname.replace(/\/eyJ[\w.-]+/, '/<token>');
  return { what, startMs, endMs: responseEnd < 0 ? NaN : startMs + responseEnd };
}
