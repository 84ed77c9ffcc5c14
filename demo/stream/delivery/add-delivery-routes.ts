import type { FastifyInstance, FastifyReply } from 'fastify';
import { authorize, authorizeViewer } from '../access/authorize.js';
import { Refusal } from '../access/refusal.js';
import { readRequester } from '../http/read-requester.js';
import type { StreamState } from '../stream-state.js';
import { addDownloadRoutes } from './add-download-routes.js';
import { addMediaRoutes } from './add-media-routes.js';
import { addPlaylistRoutes } from './add-playlist-routes.js';
import { parseTimestamp } from './parse-timestamp.js';

/** Everything a player fetches: playlists, media, captions, thumbnails, downloads, live status. */
export function addDeliveryRoutes(app: FastifyInstance, state: StreamState): void {
  app.addHook('onRequest', async (_request, reply) => {
    // `Date` is not exposed, as at the vendor: a script cannot read the server's time from here.
    reply.headers({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'Content-Length, Content-Range',
    });
  });
  app.setErrorHandler((error, _request, reply) => sendRefusal(error, reply));
  app.setNotFoundHandler((_request, reply) => sendRefusal(new Refusal(404, 'Not found'), reply));
  app.options('/*', async (request, reply) =>
    reply
      .headers({
        'access-control-allow-methods': 'GET, HEAD, OPTIONS',
        'access-control-allow-headers':
          request.headers['access-control-request-headers'] ?? 'Range, Content-Type',
        'access-control-max-age': '86400',
      })
      .code(204)
      .send(),
  );
  addPlaylistRoutes(app, state);
  addMediaRoutes(app, state);
  addDownloadRoutes(app, state);
  addThumbnailRoute(app, state);
  addLifecycleRoute(app, state);
}

function addThumbnailRoute(app: FastifyInstance, state: StreamState): void {
  app.get<{ Params: { id: string }; Querystring: { time?: string; height?: string } }>(
    '/:id/thumbnails/thumbnail.jpg',
    { config: { kind: 'thumbnail' } },
    async (request, reply) => {
      const access = await authorize(state, request.params.id, readRequester(state, request));
      const { time = '0s', height = '640' } = request.query;
      const seconds = parseTimestamp(time);
      if (seconds === undefined) throw new Refusal(400, 'Invalid time');
      if (!/^[1-9]\d*$/.test(height)) throw new Refusal(400, 'Invalid height');
      const picture = state.media.thumbnail(seconds, Number(height));
      if (!picture) throw new Refusal(404, 'No such thumbnail');
      return reply
        .header('cache-control', access.grant ? 'private, no-store' : 'public, max-age=3600')
        .type('image/jpeg')
        .send(picture);
    },
  );
}

function addLifecycleRoute(app: FastifyInstance, state: StreamState): void {
  app.get<{ Params: { id: string } }>(
    '/:id/lifecycle',
    { config: { kind: 'lifecycle' } },
    async (request, reply) => {
      const requester = readRequester(state, request);
      const { video } = await authorizeViewer(state, request.params.id, requester);
      const isInput = video.kind === 'live';
      const live = isInput && video.state === 'ready';
      return reply
        .header('cache-control', 'no-store')
        .send({ isInput, videoUID: isInput && !live ? null : video.uid, live });
    },
  );
}

function sendRefusal(error: unknown, reply: FastifyReply): FastifyReply {
  const { status, message } = toRefusal(error);
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('text/plain; charset=utf-8')
    .send(status === 204 ? undefined : message);
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = hasStatusCode(error) ? error.statusCode : 500;
  return new Refusal(status, status >= 500 ? 'Internal error' : 'Bad request');
}

function hasStatusCode(error: unknown): error is { statusCode: number } {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}
