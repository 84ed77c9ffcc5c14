import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import type { DemoConfig } from '../shared/demo-config.js';
import type { EndpointFault } from '../shared/faults.js';
import { startLocalStream, type LocalStream } from '../stream/start.js';
import { readAccount } from './account.js';
import { createAccountConfig, createIncompleteConfig, createLocalConfig } from './create-config.js';
import { demoPlugin } from './demo-plugin.js';
import { FaultBoard } from './fault-board.js';
import { createAccountIssuer, createLocalIssuer, type TokenIssuer } from './token-issuer.js';

export interface DemoOptions {
  /** The page's port, or the next free one after it; 0 is any free port. */
  readonly port?: number;
  /** Where a real account's values are looked for; none: always the local Stream. */
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
  /** Absent where a real account is played. */
  readonly stream: LocalStream | undefined;
  /** What the token endpoint does wrong. */
  endpointFault: EndpointFault | null;
  close(): Promise<void>;
}

/** Starts the demo page, and the local Stream where no account is set up. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { port = 0, env = {}, watch = false } = options;
  const { config, issuer, stream } = await prepare(env);
  const board = new FaultBoard(stream);
  try {
    const vite = await createServer({
      configFile: false,
      root: fileURLToPath(new URL('../..', import.meta.url)),
      plugins: [demoPlugin({ config, board, stream, issuer })],
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
      stream,
      get endpointFault() {
        return board.faults.endpoint;
      },
      set endpointFault(endpoint) {
        board.change({ endpoint });
      },
      close: async () => {
        await Promise.all([vite.close(), stream?.close()]);
      },
    };
  } catch (error) {
    await stream?.close();
    throw error;
  }
}

const UNWATCHED = ['**/dist/**', '**/coverage/**', '**/test/**', '**/test-results/**'];

interface Prepared {
  readonly config: DemoConfig;
  readonly issuer: TokenIssuer | undefined;
  readonly stream: LocalStream | undefined;
}

async function prepare(env: NonNullable<DemoOptions['env']>): Promise<Prepared> {
  const account = readAccount(env);
  if (Array.isArray(account)) {
    return { config: createIncompleteConfig(account), issuer: undefined, stream: undefined };
  }
  if (account) {
    const issuer = createAccountIssuer(account);
    return { config: createAccountConfig(account), issuer, stream: undefined };
  }
  const stream = await startLocalStream();
  return { config: createLocalConfig(stream), issuer: createLocalIssuer(stream), stream };
}
