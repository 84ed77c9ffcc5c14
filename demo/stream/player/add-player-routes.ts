import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authorize } from '../access/authorize.js';
import { Refusal } from '../access/refusal.js';
import { readRequester } from '../http/read-requester.js';
import type { StreamState } from '../stream-state.js';
import { bundleScript } from './bundle-script.js';
import { buildFrameAncestors, buildPlayerPage } from './player-page.js';

interface PlayerRoutesOptions {
  /** On the shared host the player's address is `/<id>` alone, too. */
  readonly isSharedHost?: boolean;
}

/** The player's page, and the scripts it and the pages around it load. */
export function addPlayerRoutes(
  app: FastifyInstance,
  state: StreamState,
  { isSharedHost = false }: PlayerRoutesOptions = {},
): void {
  const paths = ['/:id/iframe', '/:id/watch', ...(isSharedHost ? ['/:id'] : [])];
  for (const path of paths) {
    app.get<{ Params: { id: string } }>(path, { config: { kind: 'player' } }, (request, reply) =>
      sendPlayerPage(state, request.params.id, request, reply),
    );
  }
  // Browsers ask for it on their own, and `/<id>` would take it for a video.
  app.get('/favicon.ico', { config: { kind: 'unlisted' } }, (_request, reply) =>
    reply.code(204).send(),
  );
  if (!isSharedHost) return;
  app.get('/embed/sdk.latest.js', { config: { kind: 'sdk' } }, async (_request, reply) =>
    sendScript(reply, await bundleScript('sdk.ts')),
  );
  const scriptConfig = { kind: 'player-script' } as const;
  app.get('/embed/player.js', { config: scriptConfig }, async (_request, reply) =>
    sendScript(reply, await bundleScript('frame.ts')),
  );
  app.get('/embed/hls.js', { config: scriptConfig }, async (_request, reply) =>
    sendScript(reply, await readFile(HLS_SCRIPT, 'utf8')),
  );
}

const HLS_SCRIPT = createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js');

/**
 * The page is a page also where the video may not be played: with the refusal's status, and with
 * words for the viewer, as a frame shows whatever it is answered.
 */
async function sendPlayerPage(
  state: StreamState,
  id: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const refusal = await findRefusal(state, id, request);
  const video = state.videos.find(request.exchange?.logged.uid ?? id);
  const isIdleInput = refusal?.status === 204;
  return reply
    .code(refusal && !isIdleInput ? refusal.status : 200)
    .headers({
      'cache-control': 'no-store',
      // The page's own address holds the token; other hosts get no more than its origin.
      'referrer-policy': 'strict-origin',
      ...(video && video.allowedOrigins.length > 0
        ? { 'content-security-policy': buildFrameAncestors(video.allowedOrigins) }
        : {}),
    })
    .type('text/html; charset=utf-8')
    .send(buildPlayerPage(state.origins.player, refusal?.message));
}

async function findRefusal(
  state: StreamState,
  id: string,
  request: FastifyRequest,
): Promise<Refusal | undefined> {
  try {
    await authorize(state, id, readRequester(state, request));
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function sendScript(reply: FastifyReply, script: string): FastifyReply {
  return reply
    .header('cache-control', 'public, max-age=300')
    .type('text/javascript; charset=utf-8')
    .send(script);
}
