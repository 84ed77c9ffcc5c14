import { execFile, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LocalStream } from '../../../demo/stream/start.js';
import type { ServedExample } from './served-example.js';

const CLI = createRequire(import.meta.url).resolve('next/dist/bin/next');

/** Builds and starts an example for Next, which signs with a key of the local Stream's account. */
export async function serveNext(folder: string, stream: LocalStream): Promise<ServedExample> {
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } as const;
  // The modules are linked from another folder, which its bundler takes for a mistake otherwise.
  writeFileSync(join(folder, 'next.config.mjs'), `export default { turbopack: { root: '/' } };`);
  await promisify(execFile)(process.execPath, [CLI, 'build'], { cwd: folder, env });
  const key = await stream.createKey();
  const server = spawn(process.execPath, [CLI, 'start', '--port', '0'], {
    cwd: folder,
    env: { ...env, STREAM_KEY_ID: key.id, STREAM_KEY_JWK: key.jwk },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    server.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /http:\/\/localhost:\d+/.exec(output)?.[0];
      if (found !== undefined) resolve(found);
    });
    server.once('exit', () => reject(new Error(`Next ended: ${output}`)));
  });
  return {
    url: `${url}/`,
    async close() {
      server.kill();
      await ended;
    },
  };
}
