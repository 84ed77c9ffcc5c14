import { setTimeout as sleep } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { isTokenLike, readUnverifiedUid, toTokenId } from '../access/verify-token.js';
import type { FaultEffect } from '../state/faults.js';
import type { OpenRequest, RequestKind } from '../state/request-log.js';
import type { StreamState } from '../stream-state.js';
import { redactPath } from './redact-path.js';
import { sendOverLink } from './send-over-link.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Routes without a kind count as `other`; `unlisted` ones are neither logged nor disturbed. */
    kind?: RequestKind | 'unlisted';
  }
  interface FastifyRequest {
    exchange: Exchange | undefined;
  }
}

interface Exchange {
  readonly logged: OpenRequest;
  readonly effect: FaultEffect;
}

/** Requests for media, whose bytes the viewer's link slows down. */
const OVER_LINK: ReadonlySet<RequestKind> = new Set([
  'multivariant',
  'rendition',
  'init',
  'segment',
  'captions',
  'thumbnail',
  'download',
]);

/** What all parts of the local Stream share: the log, the faults, the link, the clock, a clean end. */
export function createHttpServer(state: StreamState): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 16_384 },
  });
  app.decorateRequest('exchange', undefined);

  app.addHook('onRequest', async (request, reply): Promise<undefined> => {
    const { kind = 'other' } = request.routeOptions.config;
    if (kind === 'unlisted') return undefined;
    const logged = describeRequest(request, request.method === 'OPTIONS' ? 'preflight' : kind);
    state.requests.begin(logged);
    reply.raw.once('close', () => {
      state.requests.end(logged, reply.raw.writableFinished ? 'complete' : 'broken');
    });
    request.exchange = { logged, effect: state.faults.take(logged.kind, logged.uid) };
    return undefined;
  });

  // A step later, so that a fault's answer has what every answer of this part has (CORS headers).
  app.addHook('preParsing', async (request, reply) => {
    if (!request.exchange) return undefined;
    const { logged, effect } = request.exchange;
    const latencyMs = OVER_LINK.has(logged.kind) ? state.link.latencyMs : 0;
    const waitMs = effect.delayMs + latencyMs;
    if (waitMs > 0) await sleep(waitMs, undefined, { signal: state.closing });
    return applyOutcome(effect, reply);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    reply.header('date', new Date(state.clock.now()).toUTCString());
    const { exchange } = request;
    if (!exchange) return payload;
    const { logged, effect } = exchange;
    reply.headers(effect.headers);
    logged.status = reply.statusCode;
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
    const body = Buffer.from(payload);
    const breakAfterBytes =
      effect.outcome?.drop === 'midway' ? Math.floor(body.length / 2) : undefined;
    const isShaped = OVER_LINK.has(logged.kind) && state.link.kbps !== undefined;
    if (!isShaped && breakAfterBytes === undefined) {
      logged.bytes = body.length;
      return payload;
    }
    reply.header('content-length', body.length);
    return sendOverLink(body, {
      link: isShaped ? state.link : undefined,
      breakAfterBytes,
      signal: state.closing,
      onSent: (bytes) => (logged.bytes += bytes),
    });
  });
  return app;
}

function applyOutcome({ outcome }: FaultEffect, reply: FastifyReply): FastifyReply | undefined {
  if (!outcome) return undefined;
  if (outcome.hang) return reply.hijack();
  if (outcome.drop === 'before') {
    reply.hijack();
    reply.raw.destroy();
    return reply;
  }
  if (outcome.status === undefined && outcome.body === undefined) return undefined;
  const status = outcome.status ?? 200;
  return reply
    .code(status)
    .type('text/plain; charset=utf-8')
    .send(outcome.body ?? `Fault: ${status}`);
}

function describeRequest(request: FastifyRequest, kind: RequestKind): OpenRequest {
  const params = request.params as Readonly<Record<string, string | undefined>>;
  const id = params['id'];
  const token = id !== undefined && isTokenLike(id) ? id : undefined;
  const segment = /^seg_(\d+)\.mp4$/.exec(params['file'] ?? '')?.[1];
  return {
    at: Date.now(),
    endedAt: undefined,
    kind,
    method: request.method,
    path: redactPath(request.url),
    host: request.host,
    from: request.headers.origin,
    tokenId: token === undefined ? undefined : toTokenId(token),
    uid: token === undefined ? id : readUnverifiedUid(token),
    rendition: params['rendition'],
    segment: segment === undefined ? undefined : Number(segment),
    status: 0,
    bytes: 0,
    state: 'open',
  };
}
