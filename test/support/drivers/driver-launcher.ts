import type { BrowserLauncher, SessionResult } from '@web/test-runner';
import type { BrowserDriver, DrivenPage } from './driver.js';
import { startDriver, type BrowserName } from './start-driver.js';

/** Has the test runner run its pages in a driven browser. */
export class DriverLauncher implements BrowserLauncher {
  readonly type = 'driver';
  readonly concurrency = 1;
  readonly name: string;
  readonly #start: () => Promise<BrowserDriver>;
  readonly #pages = new Map<string, DrivenPage>();
  #browser: Promise<BrowserDriver> | undefined;

  constructor(name: BrowserName, executablePath: string) {
    this.name = name;
    this.#start = () => startDriver(name, executablePath);
  }

  async startSession(sessionId: string, url: string): Promise<void> {
    this.#browser ??= this.#start();
    const page = await (await this.#browser).open();
    this.#pages.set(sessionId, page);
    await page.goto(url);
  }

  isActive(sessionId: string): boolean {
    return this.#pages.has(sessionId);
  }

  getBrowserUrl(sessionId: string): Promise<string> {
    return this.page(sessionId).url();
  }

  async stopSession(sessionId: string): Promise<SessionResult> {
    const page = this.page(sessionId);
    this.#pages.delete(sessionId);
    await page.close();
    return {};
  }

  startDebugSession(): Promise<void> {
    throw new Error('There is nobody to debug it.');
  }

  async stop(): Promise<void> {
    const browser = await this.#browser;
    this.#browser = undefined;
    await browser?.close();
  }

  page(sessionId: string): DrivenPage {
    const page = this.#pages.get(sessionId);
    if (page === undefined) throw new Error('This page is not open.');
    return page;
  }
}
