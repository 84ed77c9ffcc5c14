import { expect, type Page } from '@playwright/test';
import type { TestSite } from '../../support/test-site.js';

declare global {
  interface Window {
    /** Timers that have been set and have neither gone off for good nor been cleared. */
    activeTimers: Set<number>;
  }
}

/** To be run in the page before anything else. */
export function countTimers(): void {
  const active = new Set<number>();
  window.activeTimers = active;
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const start = window[name].bind(window);
    const count = (handler: (...args: unknown[]) => void, ...rest: number[]): number => {
      const run = (...args: unknown[]): void => {
        if (name === 'setTimeout') active.delete(id);
        handler(...args);
      };
      const id = start(run, ...rest);
      active.add(id);
      return id;
    };
    Object.assign(window, { [name]: count });
  }
  for (const name of ['clearTimeout', 'clearInterval'] as const) {
    const stop = window[name].bind(window);
    const uncount = (id: number): void => {
      active.delete(id);
      stop(id);
    };
    Object.assign(window, { [name]: uncount });
  }
}

/** No timer and no frame, so nobody is left to send a request; and none is sent. */
export async function expectNothingRuns(page: Page, site: TestSite): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => window.activeTimers.size), { message: 'timers that run' })
    .toBe(0);
  await expect.poll(() => page.frames().length, { message: 'frames, the page included' }).toBe(1);
  const open = (): string[] =>
    site.stream.requests
      .list()
      .filter(({ state }) => state === 'open')
      .map(({ kind }) => kind);
  await expect.poll(open, { message: 'requests under way' }).toEqual([]);
  const asked = (): number[] => [site.tokenRequests, site.stream.requests.list().length];
  const before = asked();
  await page.waitForTimeout(IDLE_MS);
  expect(asked(), 'requests to the endpoint and to Stream').toEqual(before);
}

/** Absence cannot be awaited: that long nothing may happen. */
const IDLE_MS = 1500;
