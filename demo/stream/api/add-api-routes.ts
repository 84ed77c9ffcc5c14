import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { StreamState } from '../stream-state.js';
import { addKeyRoutes } from './add-key-routes.js';
import { addTokenRoute } from './add-token-route.js';
import { addVideoRoutes } from './add-video-routes.js';
import { ApiError, badRequest, fail } from './envelope.js';

/** The vendor's API under `/client/v4`. Like the vendor's it has no CORS: it is for servers. */
export function addApiRoutes(app: FastifyInstance, state: StreamState): void {
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(fail(new ApiError(404, 7003, 'Could not route to this address'))),
  );
  app.register(
    async (account) => {
      account.addHook('preHandler', async (request) => authenticate(state, request));
      account.setErrorHandler((error, _request, reply) => {
        const apiError = toApiError(error);
        return reply.code(apiError.status).send(fail(apiError));
      });
      // The vendor reads any body as JSON, whatever its type; none at all is a body of defaults.
      account.removeAllContentTypeParsers();
      account.addContentTypeParser(
        '*',
        { parseAs: 'string' },
        async (_request: FastifyRequest, body: string) => parseJsonBody(body),
      );
      addTokenRoute(account, state);
      addKeyRoutes(account, state);
      addVideoRoutes(account, state);
    },
    { prefix: '/client/v4/accounts/:account/stream' },
  );
}

function authenticate(state: StreamState, request: FastifyRequest): void {
  const { authorization } = request.headers;
  const key = request.headers['x-auth-key'];
  const email = request.headers['x-auth-email'];
  if (authorization === undefined && (key === undefined || email === undefined)) {
    throw new ApiError(400, 9106, 'Missing X-Auth-Key, X-Auth-Email or Authorization headers');
  }
  const given = authorization === undefined ? key : readBearer(authorization);
  if (given === undefined) throw new ApiError(400, 6003, 'Invalid request headers');
  if (given !== state.apiToken) throw new ApiError(401, 10000, 'Authentication error');
  const { account } = request.params as { account?: string };
  if (account !== state.accountId) throw new ApiError(403, 10000, 'Authentication error');
}

function readBearer(header: string): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header)?.[1];
}

function parseJsonBody(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('the body is not JSON');
  }
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(500, 10001, 'Internal error');
}
