import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { chromium, firefox, webkit } from 'playwright';
import { startDriver, type BrowserName } from './drivers/start-driver.js';

/** What the search for a browser needs to know of the machine, and may do to it. */
export interface BrowserProbes {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Where Playwright keeps its own build, whether or not it is installed. */
  readonly playwrightPath: () => string;
  /** The full path of an executable given by path or by name, if there is one. */
  readonly locate: (executable: string) => string | undefined;
  /** Whether the browser starts and can play H.264 with AAC. */
  readonly plays: (path: string) => Promise<boolean>;
  /** Runs a command, showing what it prints; true when it ends well. */
  readonly run: (command: readonly [string, ...string[]]) => Promise<boolean>;
  readonly log: (message: string) => void;
}

export function systemProbes(name: BrowserName): BrowserProbes {
  return {
    env: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    playwrightPath: () => BROWSER_TYPES[name].executablePath(),
    locate,
    plays: (path) => plays(name, path),
    run,
    log: (message) => console.log(message),
  };
}

const BROWSER_TYPES = { chromium, firefox, webkit };

function locate(executable: string): string | undefined {
  const paths = isAbsolute(executable)
    ? [executable]
    : (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, executable));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function plays(name: BrowserName, executablePath: string): Promise<boolean> {
  try {
    const browser = await startDriver(name, executablePath);
    try {
      const page = await browser.open();
      return (await page.evaluate(`MediaSource.isTypeSupported('${H264_WITH_AAC}')`)) === true;
    } finally {
      await browser.close();
    }
  } catch {
    return false;
  }
}

const H264_WITH_AAC = 'video/mp4; codecs="avc1.640028,mp4a.40.2"';

function run([file, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      shell: process.platform === 'win32',
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
