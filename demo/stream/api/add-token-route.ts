import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { StreamState } from '../stream-state.js';
import { badRequest, notFound, succeed } from './envelope.js';
import { signToken, signTokenWith } from './sign-token.js';
import { parseTokenRequest } from './token-request.js';

/** `POST …/stream/<uid>/token`. */
export function addTokenRoute(app: FastifyInstance, state: StreamState): void {
  app.post<{ Params: { id: string } }>(
    '/:id/token',
    { config: { kind: 'api-token' } },
    async (request) => {
      const { id: uid } = request.params;
      if (!state.videos.find(uid)) throw notFound();
      const nowSeconds = state.clock.nowSeconds();
      const { claims, key } = parseTokenRequest(uid, request.body, nowSeconds);
      if (key) {
        if (!state.keys.find(key.id)) throw badRequest('no such signing key');
        return succeed({ token: await signTokenWith(readPem(key.pem), key.id, claims) });
      }
      const defaultKeyId = await state.keys.ensureDefault(state.clock.now());
      return succeed({ token: await signToken(state.keys, claims, defaultKeyId) });
    },
  );
}

function readPem(base64: string): KeyObject {
  try {
    return createPrivateKey(Buffer.from(base64, 'base64').toString());
  } catch {
    throw badRequest('pem is not a base64-encoded private key');
  }
}
