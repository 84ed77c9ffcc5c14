import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { DemoConfig } from '../../../demo/shared/demo-config.js';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const USUAL_PORT = 5173;

let occupant: Server;

beforeAll(async () => {
  occupant = await occupy(USUAL_PORT);
});
afterAll(() => occupant.close());

describe('npm start', () => {
  it.each([
    ['Ctrl+C', 'SIGINT', (pid: number) => -pid],
    ['SIGTERM', 'SIGTERM', (pid: number) => pid],
  ] as const)(
    'serves on another port where the usual one is taken, and ends cleanly with %s',
    async (_how, signal, toTarget) => {
      const { demo, pid } = await startScript();
      const ended = once(demo, 'exit');
      // Also where the test is given up, having waited in vain.
      onTestFinished(() => {
        if (demo.exitCode === null && demo.signalCode === null) process.kill(-pid, 'SIGKILL');
      });
      const url = await readAddress(demo);
      expect(Number(new URL(url).port)).toBeGreaterThan(USUAL_PORT);
      expect(await (await fetch(url)).text()).toContain('<title>signed-stream');
      const token = new URL(`/api/stream-token?video-id=${SAMPLE_UIDS.pathToken}`, url);
      expect(await (await fetch(token)).json()).toMatchObject({ success: true });
      const config: DemoConfig = await (await fetch(new URL('/api/demo-config', url))).json();
      const addresses = [url, config.sdkUrl ?? '', config.deliveryOrigin ?? ''];
      for (const address of addresses) await (await fetch(address)).arrayBuffer();

      process.kill(toTarget(pid), signal);
      expect(await ended).toEqual([0, null]);
      for (const address of addresses) await expectFree(address);
    },
    60_000,
  );
});

/** Listens on a port, unless somebody else on the machine does already. */
async function occupy(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.once('listening', resolve).once('error', () => resolve());
    server.listen(port, 'localhost');
  });
  return server;
}

async function expectFree(address: string): Promise<void> {
  const { hostname, port } = new URL(address);
  const server = createServer();
  server.listen(Number(port), hostname);
  await once(server, 'listening');
  server.close();
}

/**
 * Runs what `npm start` runs, in a process group of its own as a terminal would. Without npm, which
 * ends by the signal itself and so hides how the demo ends.
 */
async function startScript(): Promise<{ demo: ChildProcess; pid: number }> {
  const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
  const own = Object.entries(process.env).filter(([name]) => !/^(STREAM|DEMO)_/.test(name));
  const demo = spawn(`exec ${scripts.start}`, {
    shell: true,
    cwd: ROOT,
    detached: true,
    env: {
      ...Object.fromEntries(own),
      PATH: `${ROOT}node_modules/.bin${delimiter}${process.env['PATH']}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(demo, 'spawn');
  return { demo, pid: demo.pid ?? 0 };
}

/** The address of the page, as soon as it is printed. */
function readAddress(demo: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    demo.stdout?.on('data', (chunk) => {
      printed += String(chunk);
      const [, url] = /demo: (http:\S+)\s/.exec(printed) ?? [];
      if (url !== undefined) resolve(url);
    });
    demo.once('exit', () => reject(new Error(`It ended, having said ${printed}`)));
  });
}
