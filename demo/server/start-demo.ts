import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { BACKENDS, type BackendName, type DemoConfig } from '../shared/demo-config.js';
import type { EndpointFault } from '../shared/faults.js';
import { startLocalStream, type LocalStream } from '../stream/start.js';
import { readAccount } from './account.js';
import { createAccountConfig, createIncompleteConfig, createLocalConfig } from './create-config.js';
import { createDemoBackend, type BackendKeys, type DemoBackend } from './demo-backend.js';
import { demoPlugin } from './demo-plugin.js';
import { FaultBoard } from './fault-board.js';
import { OwnAccountRoutes } from './own-account.js';
import { createAccountIssuer, createLocalIssuer, type TokenIssuer } from './token-issuer.js';

export interface DemoOptions {
  /** The page's port, or the next free one after it; 0 is any free port. */
  readonly port?: number;
  /**
   * Where a real account's values are looked for (none: always the local Stream), and
   * `DEMO_BACKEND`: `node` or `worker`, to have a backend of `demo/backend` give the tokens.
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Reload the page when its files change. */
  readonly watch?: boolean;
}

/** A running demo. */
export interface Demo {
  /** The page's address. */
  readonly url: string;
  readonly mode: DemoConfig['mode'];
  readonly missingVariables: readonly string[];
  /** The backend that gives the tokens; absent: the demo's own endpoint. */
  readonly backend: BackendName | undefined;
  /** Absent where a real account is played. */
  readonly stream: LocalStream | undefined;
  /** What the token endpoint does wrong. */
  endpointFault: EndpointFault | null;
  close(): Promise<void>;
}

/** Starts the demo page, and the local Stream where no account is set up. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { port = 0, env = {}, watch = false } = options;
  const { config, issuer, stream, backend } = await prepare(env);
  const board = new FaultBoard(stream);
  const ownAccount = new OwnAccountRoutes(env['STREAM_API_ORIGIN'] || undefined);
  try {
    const vite = await createServer({
      configFile: false,
      root: fileURLToPath(new URL('../..', import.meta.url)),
      plugins: [demoPlugin({ config, board, stream, issuer, backend, ownAccount })],
      logLevel: 'warn',
      clearScreen: false,
      // Lit as a site would have it, without its development warnings.
      resolve: { conditions: ['module', 'browser', 'production'] },
      // All at once and before the first page: a dependency found later would reload the page.
      optimizeDeps: { entries: ['index.html'], include: ['hls.js'] },
      server: {
        host: 'localhost',
        port,
        ...(watch ? { watch: { ignored: UNWATCHED } } : { watch: null }),
      },
    });
    await vite.listen();
    return {
      url: vite.resolvedUrls?.local[0] ?? '',
      mode: config.mode,
      missingVariables: config.missingVariables,
      backend: config.backend?.name,
      stream,
      get endpointFault() {
        return board.faults.endpoint;
      },
      set endpointFault(endpoint) {
        board.change({ endpoint });
      },
      close: async () => {
        await Promise.all([vite.close(), backend?.close(), stream?.close()]);
      },
    };
  } catch (error) {
    await Promise.all([backend?.close(), stream?.close()]);
    throw error;
  }
}

const UNWATCHED = ['**/dist/**', '**/coverage/**', '**/test/**', '**/test-results/**'];

interface Prepared {
  readonly config: DemoConfig;
  readonly issuer: TokenIssuer | undefined;
  readonly stream: LocalStream | undefined;
  readonly backend: DemoBackend | undefined;
}

async function prepare(env: NonNullable<DemoOptions['env']>): Promise<Prepared> {
  const account = readAccount(env);
  if (Array.isArray(account)) {
    const config = createIncompleteConfig(account);
    return { config, issuer: undefined, stream: undefined, backend: undefined };
  }
  const name = readBackendName(env);
  if (account) {
    const config = createAccountConfig(account);
    const keys = {
      CLOUDFLARE_ACCOUNT_ID: account.accountId,
      CLOUDFLARE_API_TOKEN: account.apiToken,
      STREAM_API_ORIGIN: account.apiOrigin ?? '',
    };
    const issuer = createAccountIssuer(account);
    return { ...useBackend(config, name, keys), issuer, stream: undefined };
  }
  const stream = await startLocalStream();
  const keys = name === undefined ? {} : await createKeys(stream);
  const config = createLocalConfig(stream);
  return { ...useBackend(config, name, keys), issuer: createLocalIssuer(stream), stream };
}

async function createKeys(stream: LocalStream): Promise<BackendKeys> {
  const { id, jwk } = await stream.createKey();
  return { STREAM_KEY_ID: id, STREAM_KEY_JWK: jwk };
}

function readBackendName(env: NonNullable<DemoOptions['env']>): BackendName | undefined {
  const wanted = env['DEMO_BACKEND'] ?? '';
  const name = BACKENDS.find((each) => each === wanted);
  if (name !== undefined || wanted === '') return name;
  throw new RangeError(`DEMO_BACKEND is one of ${BACKENDS.join(', ')}, not ${wanted}.`);
}

/** With a backend's own endpoint, there is no endpoint of ours to make faults in. */
function useBackend(
  config: DemoConfig,
  name: BackendName | undefined,
  keys: BackendKeys,
): Pick<Prepared, 'config' | 'backend'> {
  if (name === undefined) return { config, backend: undefined };
  const backend = createDemoBackend(name, keys);
  const { password } = backend;
  return { config: { ...config, endpointFaults: [], backend: { name, password } }, backend };
}
