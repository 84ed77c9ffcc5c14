import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { toNodeHandler } from '../../src/issuer/index.js';
import { createBackend } from '../backend/create-backend.js';
import { readBackendOptions } from '../backend/read-backend-options.js';
import type { BackendName } from '../shared/demo-config.js';
import { bundleModule } from './bundle-module.js';

/** What a backend signs with, by the names of `readBackendOptions`. */
export type BackendKeys = Readonly<Record<string, string>>;

/** One of the two backends, serving the demo page's own origin. */
export interface DemoBackend {
  readonly password: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

type Handler = (request: Request) => Promise<Response>;

/** A backend of `demo/backend`, as it would run for a site: behind a log-in, with a cookie. */
export function createDemoBackend(name: BackendName, keys: BackendKeys): DemoBackend {
  const password = 'open sesame';
  const ends: (() => Promise<void>)[] = [];
  let serve: Promise<Handler> | undefined;
  const start = (pageOrigin: string): Promise<Handler> => {
    const env = {
      ...keys,
      SESSION_SECRET: randomBytes(32).toString('hex'),
      MEMBER_PASSWORD: password,
      PAGE_ORIGINS: pageOrigin,
      TOKEN_LIFETIME: '60s',
    };
    if (name === 'worker') return startWorker(env, ends);
    return Promise.resolve(createBackend(readBackendOptions(env)));
  };
  const handle = toNodeHandler(async (request: Request) => {
    // The page's port is known with its first request.
    serve ??= start(new URL(request.url).origin);
    return (await serve)(request);
  });
  return {
    password,
    handle,
    close: async () => {
      await serve;
      await Promise.all(ends.map((end) => end()));
    },
  };
}

/** In workerd, the runtime that Cloudflare runs Workers in. */
async function startWorker(
  bindings: Readonly<Record<string, string>>,
  ends: (() => Promise<void>)[],
): Promise<Handler> {
  const [{ Miniflare }, script] = await Promise.all([
    import('miniflare'),
    bundleModule(ROOT, 'demo/backend/worker/worker.ts'),
  ]);
  const miniflare = new Miniflare({
    modules: true,
    script,
    compatibilityDate: '2026-01-01',
    bindings,
  });
  ends.push(() => miniflare.dispose());
  await miniflare.ready;
  return async (request) => {
    const { method, url } = request;
    const response = await miniflare.dispatchFetch(url, {
      method,
      headers: Object.fromEntries(request.headers),
      redirect: 'manual',
      ...(request.body !== null && { body: await request.arrayBuffer() }),
    });
    const { status } = response;
    const headers = [...response.headers];
    return new Response(status === 204 ? null : await response.arrayBuffer(), { status, headers });
  };
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
