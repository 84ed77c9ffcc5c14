import { spawn } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Miniflare } from 'miniflare';
import { bundleModule } from '../../../demo/server/bundle-module.js';

/** A runtime that serves the application. */
export interface RunningApp {
  readonly origin: string;
  stop(): Promise<void>;
}

export type StartRuntime = (folder: string) => Promise<RunningApp>;

/** How each runtime serves a handler; what they print when they listen is `:<port>` at a line's end. */
const SERVERS = {
  node: `
    import { createServer } from 'node:http';
    const server = createServer(issuer.toNodeHandler(app));
    server.listen(0, '127.0.0.1', () => console.log('listens on :' + server.address().port));`,
  deno: `
    Deno.serve({ hostname: '127.0.0.1', port: 0, onListen: ({ port }) => console.log('listens on :' + port) }, app);`,
  bun: `
    const server = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: app });
    console.log('listens on :' + server.port);`,
  workerd: `
    export default { fetch: (request) => app(request) };`,
} as const;

const require = createRequire(import.meta.url);

/** Every runtime the issuer is for. Deno and Bun come from the npm registry, as binaries. */
export const RUNTIMES: Readonly<Record<keyof typeof SERVERS, StartRuntime>> = {
  node: (folder) => startProcess(folder, 'node', [process.execPath]),
  deno: (folder) => {
    const flags = [
      'run',
      '--allow-net',
      '--allow-env',
      '--allow-read',
      '--node-modules-dir=manual',
    ];
    return startProcess(folder, 'deno', [findBinary('deno', 'deno'), ...flags]);
  },
  bun: (folder) => startProcess(folder, 'bun', [findBinary('bun', 'bin/bun'), 'run']),
  workerd: startWorkerd,
};

async function startProcess(
  folder: string,
  runtime: keyof typeof SERVERS,
  [file, ...flags]: readonly [string, ...string[]],
): Promise<RunningApp> {
  const args = [...flags, await writeServer(folder, runtime)];
  const child = spawn(file, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const port = await new Promise<string>((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /:(\d+)\r?$/m.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${runtime} ended: ${output}`)));
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

async function startWorkerd(folder: string): Promise<RunningApp> {
  const entry = await writeServer(folder, 'workerd');
  const script = await bundleModule(folder, entry);
  const miniflare = new Miniflare({ modules: true, script, compatibilityDate: '2026-01-01' });
  const { origin } = await miniflare.ready;
  return { origin, stop: () => miniflare.dispose() };
}

/** Writes the application and its server into the project, where the package is resolved from. */
async function writeServer(folder: string, runtime: keyof typeof SERVERS): Promise<string> {
  const app = fileURLToPath(new URL('../runtimes/app.ts', import.meta.url));
  writeFileSync(join(folder, 'app.js'), await bundleModule(dirname(app), app));
  const server = `
    import * as issuer from 'signed-stream/issuer';
    import { createApp } from './app.js';
    const app = createApp(issuer);${SERVERS[runtime]}`;
  const file = join(folder, `${runtime}.js`);
  writeFileSync(file, server);
  return file;
}

/**
 * The binary of this platform, out of the packages that have one: a launcher's own script may not have
 * been allowed to put it where it wants it, or may have moved it there.
 */
function findBinary(launcher: string, path: string): string {
  const { optionalDependencies }: { optionalDependencies: object } = require(
    `${launcher}/package.json`,
  );
  const file = [...Object.keys(optionalDependencies), launcher]
    .map(findFolder)
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [join(folder, path), join(folder, `${path}.exe`)])
    .find(isBinary);
  if (file === undefined) throw new Error(`${launcher} has no binary for this platform.`);
  return file;
}

function findFolder(name: string): string | undefined {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** Not the text that stands in its place before an install script has run. */
function isBinary(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 1_000_000;
}
