import type { BrowserContext, Page } from '@playwright/test';

declare global {
  interface Window {
    /** Sets the device's clock ahead, or back; the monotonic clock goes on as it did. */
    setClockAhead(ms: number): void;
  }
}

/** Gives all pages and frames of a context a device clock that is wrong, and can be set. */
export async function falsifyClock(context: BrowserContext, aheadMs = 0): Promise<void> {
  await context.addInitScript((initialMs) => {
    const RealDate = Date;
    let errorMs = initialMs;
    window.setClockAhead = (ms) => (errorMs += ms);
    const now = (): number => RealDate.now() + errorMs;
    window.Date = new Proxy(RealDate, {
      construct: (target, args, newTarget) =>
        Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
      apply: () => new RealDate(now()).toString(),
      get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
    });
  }, aheadMs);
}

/** Sets the device's clock while the page is open. */
export async function setClockAhead(page: Page, ms: number): Promise<void> {
  await Promise.all(
    page.frames().map((frame) =>
      // A frame that is just going away needs no time.
      frame.evaluate((aheadMs) => window.setClockAhead(aheadMs), ms).catch(() => {}),
    ),
  );
}

export const DAY_MS = 24 * 3_600_000;
