import { basename } from 'node:path';
import type { BrowserDriver } from './driver.js';
import { MiniBrowserDriver } from './mini-browser-driver.js';
import { PlaywrightDriver } from './playwright-driver.js';

export type BrowserName = 'chromium' | 'firefox' | 'webkit';

export function startDriver(name: BrowserName, executablePath: string): Promise<BrowserDriver> {
  return basename(executablePath) === 'MiniBrowser'
    ? MiniBrowserDriver.start(executablePath)
    : PlaywrightDriver.start(name, executablePath);
}
