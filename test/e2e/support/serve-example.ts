import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { LocalStream } from '../../../demo/stream/start.js';
import type { PackedProject } from '../../package/support/packed-project.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** An example on a server of its own, with a token endpoint where it looks for one. */
export interface ServedExample {
  readonly url: string;
  /** The headers that the endpoint was asked with, each time. */
  readonly asked: readonly IncomingHttpHeaders[];
  close(): Promise<void>;
}

/** Builds an example as its reader would, with the packed package among its modules. */
export async function serveExample(
  name: string,
  project: PackedProject,
  stream: LocalStream,
): Promise<ServedExample> {
  const folder = join(project.folder, name);
  cpSync(join(ROOT, 'demo/examples', name), folder, { recursive: true });
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  for (const module of Object.keys({ ...dependencies, ...devDependencies })) {
    link(join(ROOT, 'node_modules', module), join(project.folder, 'node_modules', module));
  }
  await build({ root: folder, logLevel: 'warn' });

  const asked: IncomingHttpHeaders[] = [];
  const answer = async (videoId: string, response: ServerResponse): Promise<void> => {
    const exp = Math.floor(stream.serverClock.now() / 1000) + 3600;
    const token = await stream.signToken({ sub: videoId, exp });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ token }));
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/api/stream-token') {
      asked.push(request.headers);
      void answer(searchParams.get('video-id') ?? '', response);
      return;
    }
    const path = join(folder, 'dist', pathname === '/' ? 'index.html' : pathname);
    if (!existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
    response.end(readFileSync(path));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function link(target: string, path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}
