import { createServer } from 'node:http';
import { toNodeHandler } from '../../../src/issuer/index.js';
import { createBackend, type BackendOptions } from '../create-backend.js';

export interface NodeBackendOptions extends BackendOptions {
  readonly host?: string;
  /** 0 or absent is any free port. */
  readonly port?: number;
}

/** A running backend. */
export interface NodeBackend {
  readonly origin: string;
  readonly tokenEndpoint: string;
  readonly logInUrl: string;
  close(): Promise<void>;
}

/** Serves the backend from `node:http`. */
export async function startNodeBackend(options: NodeBackendOptions): Promise<NodeBackend> {
  const { host = '127.0.0.1', port = 0 } = options;
  const server = createServer(toNodeHandler(createBackend(options)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const origin = `http://${host}:${typeof address === 'object' ? address?.port : port}`;
  return {
    origin,
    tokenEndpoint: `${origin}/api/stream-token`,
    logInUrl: `${origin}/login`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
