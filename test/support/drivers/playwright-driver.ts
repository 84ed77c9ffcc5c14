import { chromium, firefox, webkit, type Browser, type LaunchOptions, type Page } from 'playwright';
import type { BrowserDriver, DrivenPage } from './driver.js';

/** Flags for automated runs: quiet, no update traffic, and usable by root in a container. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const BROWSER_TYPES = { chromium, firefox, webkit };

/** A browser that Playwright knows how to drive, as its own build or another one. */
export class PlaywrightDriver implements BrowserDriver {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start(
    name: keyof typeof BROWSER_TYPES,
    executablePath: string,
  ): Promise<BrowserDriver> {
    const type = BROWSER_TYPES[name];
    const options: LaunchOptions = {
      executablePath,
      args: name === 'chromium' ? [...CHROMIUM_FLAGS] : [],
      // Without it, WebKitGTK does not play HLS by itself.
      env: { ...process.env, WEBKIT_GST_ENABLE_HLS_SUPPORT: '1' },
    };
    // Playwright's Firefox is patched for it; any other one is driven in the standard way.
    const isStock = name === 'firefox' && executablePath !== type.executablePath();
    return new PlaywrightDriver(
      await type.launch(isStock ? { ...options, channel: 'moz-firefox' } : options),
    );
  }

  async open(): Promise<DrivenPage> {
    return new PlaywrightPage(await this.#browser.newPage());
  }

  close(): Promise<void> {
    return this.#browser.close();
  }
}

class PlaywrightPage implements DrivenPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async url(): Promise<string> {
    return this.#page.url();
  }

  evaluate(expression: string): Promise<unknown> {
    return this.#page.evaluate(expression);
  }

  click(x: number, y: number): Promise<void> {
    return this.#page.mouse.click(x, y);
  }

  close(): Promise<void> {
    return this.#page.close();
  }
}
