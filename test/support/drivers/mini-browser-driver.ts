import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserDriver, DrivenPage } from './driver.js';
import { WebDriverSession } from './webdriver-session.js';

/**
 * WebKitGTK's own small browser, as Linux distributions package it, on a display that nobody sees.
 * There is one window, so pages come one after the other.
 */
export class MiniBrowserDriver implements BrowserDriver {
  readonly #session: WebDriverSession;
  readonly #processes: Processes;

  private constructor(session: WebDriverSession, processes: Processes) {
    this.#session = session;
    this.#processes = processes;
  }

  static async start(executablePath: string): Promise<BrowserDriver> {
    const processes = new Processes();
    try {
      const display = await startDisplay(processes);
      const server = await startServer(processes, {
        ...process.env,
        ...(display === undefined ? {} : { DISPLAY: display, WAYLAND_DISPLAY: undefined }),
        WEBKIT_GST_ENABLE_HLS_SUPPORT: '1',
      });
      const session = await WebDriverSession.start(server, {
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: executablePath, args: ['--automation'] },
      });
      return new MiniBrowserDriver(session, processes);
    } catch (error) {
      processes.end();
      throw error;
    }
  }

  async open(): Promise<DrivenPage> {
    const session = this.#session;
    return {
      goto: (url) => session.goto(url),
      url: () => session.url(),
      evaluate: (expression) => session.evaluate(expression),
      click: (x, y) => session.click(x, y),
      close: () => session.goto('about:blank'),
    };
  }

  async close(): Promise<void> {
    try {
      // One that hangs does not even end.
      await Promise.race([
        this.#session.end().catch(() => {}),
        wait(LONGEST_END_MS, undefined, { ref: false }),
      ]);
    } finally {
      this.#processes.end();
    }
  }
}

/** What was started, and must not outlive this process. */
class Processes {
  readonly #children: ChildProcess[] = [];
  readonly #onExit = (): void => this.end();

  constructor() {
    process.once('exit', this.#onExit);
  }

  add(child: ChildProcess): void {
    this.#children.push(child);
  }

  end(): void {
    process.removeListener('exit', this.#onExit);
    for (const child of this.#children) child.kill();
  }
}

/** @returns the display's name; `undefined` where there is no Xvfb, so that the user's own is used */
async function startDisplay(processes: Processes): Promise<string | undefined> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  processes.add(child);
  const output = child.stdio[3] as Readable;
  const [number] = await Promise.race([
    new Promise<[string]>((resolve) => output.once('data', (data) => resolve([String(data)]))),
    new Promise<[]>((resolve) => child.once('error', () => resolve([]))),
    new Promise<[]>((resolve) => child.once('exit', () => resolve([]))),
  ]);
  return number === undefined ? undefined : `:${number.trim()}`;
}

async function startServer(processes: Processes, env: NodeJS.ProcessEnv): Promise<string> {
  const port = await findFreePort();
  const child = spawn('WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore', env });
  processes.add(child);
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  const server = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    if (failure !== undefined) throw failure;
    if (await answers(`${server}/status`)) return server;
    await wait(START_PAUSE_MS);
  }
  throw new Error('WebKitWebDriver does not answer.');
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const LONGEST_END_MS = 5000;
const START_ATTEMPTS = 100;
const START_PAUSE_MS = 100;
