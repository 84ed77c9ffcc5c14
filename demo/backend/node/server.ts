import { readBackendOptions } from '../read-backend-options.js';
import { startNodeBackend } from './start-node-backend.js';

/** `npx tsx demo/backend/node/server.ts`, with what `readBackendOptions` names in the environment. */
const { origin } = await startNodeBackend({
  ...readBackendOptions(process.env),
  host: process.env['HOST'] ?? '127.0.0.1',
  port: Number(process.env['PORT'] ?? 8787),
  onError: (error) => {
    console.error(error);
  },
});
console.log(`Token endpoint at ${origin}/api/stream-token, log in at ${origin}/login`);
