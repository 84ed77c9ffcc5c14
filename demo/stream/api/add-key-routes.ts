import type { FastifyInstance } from 'fastify';
import type { StreamState } from '../stream-state.js';
import { notFound, succeed } from './envelope.js';

/** `…/stream/keys`: create, list, revoke. */
export function addKeyRoutes(app: FastifyInstance, state: StreamState): void {
  const config = { kind: 'api-keys' } as const;

  app.post('/keys', { config }, async () => succeed(await state.keys.createKey(state.clock.now())));

  app.get('/keys', { config }, async () => succeed(state.keys.list()));

  app.delete<{ Params: { keyId: string } }>('/keys/:keyId', { config }, async (request) => {
    if (!state.keys.revoke(request.params.keyId)) throw notFound();
    return succeed('Revoked');
  });
}
