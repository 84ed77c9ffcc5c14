import type { BrowserContext, CDPSession, Page } from '@playwright/test';

declare global {
  interface Window {
    setTabHidden(isHidden: boolean): void;
  }
}

/**
 * Gives pages and frames of a context a tab that can be hidden. While it is, timers are throttled
 * as browsers do it: short ones to a second, and what would wait for longer to a minute.
 */
export async function makeTabsHideable(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    let isHidden = false;
    const throttle = (delayMs = 0): number => {
      if (!isHidden) return delayMs;
      return delayMs < 1000 ? 1000 : Math.max(60_000, delayMs);
    };
    for (const name of ['setTimeout', 'setInterval'] as const) {
      const real = window[name].bind(window);
      const throttled = (handler: TimerHandler, delayMs?: number, ...args: unknown[]): number =>
        real(handler, throttle(delayMs), ...args);
      Object.assign(window, { [name]: throttled });
    }
    Object.defineProperties(Document.prototype, {
      hidden: { get: () => isHidden, configurable: true },
      visibilityState: { get: () => (isHidden ? 'hidden' : 'visible'), configurable: true },
    });
    window.setTabHidden = (hidden) => {
      isHidden = hidden;
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    };
  });
}

/** Hides the tab, or brings it to the front. */
export async function setTabHidden(page: Page, isHidden: boolean): Promise<void> {
  await Promise.all(
    page.frames().map((frame) =>
      // A frame that is just going away needs no tab.
      frame.evaluate((hidden) => window.setTabHidden(hidden), isHidden).catch(() => {}),
    ),
  );
}

/** Freezes a page as a browser or a system that goes to sleep does, and wakes it up. */
export class Freezer {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async attach(page: Page): Promise<Freezer> {
    return new Freezer(await page.context().newCDPSession(page));
  }

  async freeze(): Promise<void> {
    await this.#session.send('Page.setWebLifecycleState', { state: 'frozen' });
  }

  async wake(): Promise<void> {
    await this.#session.send('Page.setWebLifecycleState', { state: 'active' });
  }
}
