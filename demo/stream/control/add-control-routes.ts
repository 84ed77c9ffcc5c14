import type { FastifyInstance } from 'fastify';
import { isOriginRule } from '../access/allowed-origins.js';
import { SEGMENT_AUTHS, type VideoSettings } from '../state/videos.js';
import type { StreamState } from '../stream-state.js';
import { BodyReader } from './body-reader.js';
import { ControlError } from './control-error.js';
import { parseFault } from './parse-fault.js';
import { sendEvents } from './send-events.js';

/**
 * The switches of the local Stream under `/__control/`, for a page or another process. They are
 * neither logged nor disturbed by faults, and open to every origin.
 */
export function addControlRoutes(app: FastifyInstance, state: StreamState): void {
  app.register(
    async (control) => {
      control.addHook('onRequest', async (_request, reply) => {
        reply.headers({ 'access-control-allow-origin': '*', 'cache-control': 'no-store' });
      });
      control.setErrorHandler((error, _request, reply) => {
        const { statusCode, message } =
          error instanceof ControlError ? error : new ControlError('Bad request');
        return reply.code(statusCode).send({ error: message });
      });
      control.options('/*', { config }, async (_request, reply) =>
        reply
          .headers({
            'access-control-allow-methods': 'GET, POST, PUT, DELETE',
            'access-control-allow-headers': 'Content-Type',
            'access-control-max-age': '86400',
          })
          .code(204)
          .send(),
      );
      control.get('/', { config }, async () => describe(state));
      addFaultRoutes(control, state);
      addConditionRoutes(control, state);
      addVideoRoute(control, state);
      addKeyRoutes(control, state);
      addRequestRoutes(control, state);
    },
    { prefix: '/__control' },
  );
}

const config = { kind: 'unlisted' } as const;

function addFaultRoutes(app: FastifyInstance, { faults }: StreamState): void {
  app.post('/faults', { config }, async (request) => ({
    id: faults.add(parseFault(request.body)),
  }));
  app.delete('/faults', { config }, async (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  app.delete<{ Params: { faultId: string } }>(
    '/faults/:faultId',
    { config },
    async (request, reply) => {
      if (!faults.remove(request.params.faultId)) throw new ControlError('No such fault', 404);
      return reply.code(204).send();
    },
  );
}

/** The clock, the viewer and the link: what is left out of a body stays as it is. */
function addConditionRoutes(app: FastifyInstance, state: StreamState): void {
  const { clock, viewer, link } = state;
  app.put('/clock', { config }, async (request) => {
    const body = new BodyReader(request.body, ['skewMs']);
    clock.skewMs = body.number('skewMs') ?? clock.skewMs;
    return describe(state).clock;
  });
  app.put('/viewer', { config }, async (request) => {
    const body = new BodyReader(request.body, ['ip', 'country']);
    if (body.has('ip')) viewer.ip = body.string('ip');
    if (body.has('country')) viewer.country = body.string('country');
    return describe(state).viewer;
  });
  app.put('/link', { config }, async (request) => {
    const body = new BodyReader(request.body, ['kbps', 'latencyMs']);
    const kbps = body.amount('kbps');
    if (kbps === 0) throw new ControlError('kbps must be more than 0; null is unlimited');
    if (body.has('kbps')) link.kbps = kbps;
    link.latencyMs = body.amount('latencyMs') ?? link.latencyMs;
    return describe(state).link;
  });
}

function addVideoRoute(app: FastifyInstance, state: StreamState): void {
  app.put<{ Params: { uid: string } }>('/video/:uid', { config }, async (request) => {
    const video = state.videos.find(request.params.uid);
    if (!video) throw new ControlError('No such video', 404);
    return Object.assign(video, parseVideoChanges(request.body, video));
  });
}

function parseVideoChanges(
  body: unknown,
  video: VideoSettings,
): Omit<VideoSettings, 'uid' | 'kind' | 'name' | 'dubbed'> {
  const read = new BodyReader(body, [
    'requireSignedURLs',
    'allowedOrigins',
    'segmentAuth',
    'downloadEnabled',
    'state',
  ]);
  const allowedOrigins = read.strings('allowedOrigins') ?? video.allowedOrigins;
  if (!allowedOrigins.every(isOriginRule)) throw new ControlError('allowedOrigins must be hosts');
  return {
    requireSignedURLs: read.boolean('requireSignedURLs') ?? video.requireSignedURLs,
    allowedOrigins,
    segmentAuth: read.oneOf('segmentAuth', SEGMENT_AUTHS) ?? video.segmentAuth,
    downloadEnabled: read.boolean('downloadEnabled') ?? video.downloadEnabled,
    state: read.oneOf('state', ['ready', 'error', 'queued']) ?? video.state,
  };
}

function addKeyRoutes(app: FastifyInstance, { keys, clock }: StreamState): void {
  app.post('/keys', { config }, async () => keys.createKey(clock.now()));
  app.delete<{ Params: { keyId: string } }>('/keys/:keyId', { config }, async (request, reply) => {
    if (!keys.revoke(request.params.keyId)) throw new ControlError('No such key', 404);
    return reply.code(204).send();
  });
}

function addRequestRoutes(app: FastifyInstance, { requests }: StreamState): void {
  app.get('/requests', { config }, async () => requests.list());
  app.delete('/requests', { config }, async (_request, reply) => {
    requests.clear();
    return reply.code(204).send();
  });
  app.get('/events', { config }, async (_request, reply) => sendEvents(reply, requests));
}

function describe({ origins, accountId, clock, viewer, link, videos, faults, keys }: StreamState) {
  return {
    origins,
    accountId,
    clock: { skewMs: clock.skewMs, nowMs: clock.now() },
    viewer: { ip: viewer.ip ?? null, country: viewer.country ?? null },
    link: { kbps: link.kbps ?? null, latencyMs: link.latencyMs },
    videos: videos.list(),
    faults: faults.list(),
    keys: keys.list(),
    defaultKeyId: keys.defaultKeyId,
  };
}
