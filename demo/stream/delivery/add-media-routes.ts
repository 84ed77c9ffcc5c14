import type { FastifyInstance } from 'fastify';
import type { Access } from '../access/authorize.js';
import { authorizeMedia } from '../access/media-url.js';
import { Refusal } from '../access/refusal.js';
import { readRequester } from '../http/read-requester.js';
import { sendRange } from '../http/send-range.js';
import { isOnAir, toFilmSegment } from '../live/live-window.js';
import { shiftMediaTime } from '../live/shift-media-time.js';
import type { StreamState } from '../stream-state.js';

interface SignedQuery {
  p?: string;
  s?: string;
}
type Track = 'video' | 'audio';

/** `/<id or uid>/video|audio/<rendition>/init.mp4|seg_<n>.mp4` and `/<id or uid>/text/<lang>.vtt`. */
export function addMediaRoutes(app: FastifyInstance, state: StreamState): void {
  app.get<{
    Params: { id: string; track: Track; rendition: string };
    Querystring: SignedQuery;
  }>(
    '/:id/:track(^video|audio$)/:rendition/init.mp4',
    { config: { kind: 'init' } },
    async (request, reply) => {
      const { id, track, rendition } = request.params;
      const requester = readRequester(state, request);
      const resource = { type: 'init', track, rendition } as const;
      const access = await authorizeMedia(state, id, resource, request.query, requester);
      const body = state.media.read(track, rendition, 'init.mp4');
      if (!body) throw new Refusal(404, 'No such rendition');
      reply.header('cache-control', toCacheControl(access)).type(`${track}/mp4`);
      return sendRange(request, reply, body);
    },
  );

  app.get<{
    Params: { id: string; track: Track; rendition: string; file: string };
    Querystring: SignedQuery;
  }>(
    '/:id/:track(^video|audio$)/:rendition/:file',
    { config: { kind: 'segment' } },
    async (request, reply) => {
      const { id, track, rendition, file } = request.params;
      const segment = Number(/^seg_(\d{1,10})\.mp4$/.exec(file)?.[1] ?? Number.NaN);
      if (Number.isNaN(segment)) throw new Refusal(404, 'No such segment');
      const requester = readRequester(state, request);
      const resource = { type: 'segment', track, rendition, segment } as const;
      const access = await authorizeMedia(state, id, resource, request.query, requester);
      const body = readSegment(state, access, track, rendition, segment);
      if (!body) throw new Refusal(404, 'No such segment');
      reply.header('cache-control', toCacheControl(access)).type(`${track}/mp4`);
      return sendRange(request, reply, body);
    },
  );

  app.get<{ Params: { id: string; captions: string }; Querystring: SignedQuery }>(
    '/:id/text/:captions',
    { config: { kind: 'captions' } },
    async (request, reply) => {
      const { id, captions } = request.params;
      const language = captions.replace(/\.vtt$/, '');
      const requester = readRequester(state, request);
      const resource = { type: 'text', track: 'text', rendition: language } as const;
      const access = await authorizeMedia(state, id, resource, request.query, requester);
      const track = state.media.manifest.captions.find((item) => item.language === language);
      const body = track && state.media.read(...track.file.split('/'));
      if (!body) throw new Refusal(404, 'No such captions');
      reply.header('cache-control', toCacheControl(access)).type('text/vtt; charset=utf-8');
      return reply.send(body);
    },
  );
}

function readSegment(
  state: StreamState,
  { video }: Access,
  track: Track,
  rendition: string,
  segment: number,
): Buffer | undefined {
  const { media } = state;
  if (video.kind === 'vod') return media.read(track, rendition, `seg_${segment}.mp4`);
  if (!isOnAir(media, segment, state.clock.now())) return undefined;
  const { filmSegment, round } = toFilmSegment(media, segment);
  const body = media.read(track, rendition, `seg_${filmSegment}.mp4`);
  const shift = BigInt(round) * BigInt(media.durationTicks(track, rendition));
  return body && shiftMediaTime(body, shift);
}

/** What needs a signature is never cached, so that every request for it is seen and judged. */
function toCacheControl({ video }: Access): string {
  return video.requireSignedURLs ? 'private, no-store' : 'public, max-age=3600';
}
