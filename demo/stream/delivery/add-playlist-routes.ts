import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authorize, type Access } from '../access/authorize.js';
import { signMediaQuery, toMediaPathId, type MediaResource } from '../access/media-url.js';
import { Refusal } from '../access/refusal.js';
import { readRequester } from '../http/read-requester.js';
import { findLiveWindow, segmentStartMs, toFilmSegment } from '../live/live-window.js';
import type { SegmentAuth } from '../state/videos.js';
import type { StreamState } from '../stream-state.js';
import { buildMediaPlaylist } from './media-playlist.js';
import { buildMultivariantPlaylist, listRenditions } from './multivariant-playlist.js';
import {
  createRevision,
  isRevisionFor,
  parseRenditionName,
  type Rendition,
} from './rendition-name.js';

interface PlaylistQuery {
  clientBandwidthHint?: string;
  dvrEnabled?: string;
}

/** Where a rendition's name is good only together with the token it was handed to. */
const BOUND_NAMES: ReadonlySet<SegmentAuth> = new Set(['token-bound-names', 'token-bound-media']);
const PLAYLIST_TYPE = 'application/x-mpegURL';

/** `/<id>/manifest/video.m3u8` and the media playlists it names. */
export function addPlaylistRoutes(app: FastifyInstance, state: StreamState): void {
  app.get<{ Params: { id: string }; Querystring: PlaylistQuery }>(
    '/:id/manifest/video.m3u8',
    { config: { kind: 'multivariant' } },
    async (request, reply) => {
      const { id } = request.params;
      const { video } = await authorize(state, id, readRequester(state, request));
      const hint = Number(request.query.clientBandwidthHint);
      const playlist = buildMultivariantPlaylist({
        video,
        manifest: state.media.manifest,
        revision: createRevision(state, id),
        clientBandwidthHint: hint > 0 ? hint : undefined,
        query: request.query.dvrEnabled === 'true' ? '?dvrEnabled=true' : '',
      });
      return reply.header('cache-control', 'no-store').type(PLAYLIST_TYPE).send(playlist);
    },
  );

  app.get<{ Params: { id: string; name: string }; Querystring: PlaylistQuery }>(
    '/:id/manifest/:name',
    { config: { kind: 'rendition' } },
    async (request, reply) => {
      const { id, name } = request.params;
      noteRendition(state, request);
      const access = await authorize(state, id, readRequester(state, request));
      const { video } = access;
      const renditions = listRenditions(video, state.media.manifest);
      const parsed = parseRenditionName(video.uid, name, renditions);
      const isBound = BOUND_NAMES.has(video.segmentAuth);
      if (!parsed || (isBound && !isRevisionFor(state, id, parsed.revision))) {
        throw new Refusal(404, 'No such playlist');
      }
      const isDvr = request.query.dvrEnabled === 'true';
      const playlist = buildRenditionPlaylist(state, access, id, parsed.rendition, isDvr);
      return reply.header('cache-control', 'no-store').type(PLAYLIST_TYPE).send(playlist);
    },
  );
}

/** Writes into the log which rendition is asked for, also where the answer will be a refusal. */
function noteRendition(
  state: StreamState,
  { exchange, params }: FastifyRequest<{ Params: { name: string } }>,
): void {
  const video = exchange && state.videos.find(exchange.logged.uid ?? '');
  if (!video) return;
  const renditions = listRenditions(video, state.media.manifest);
  const parsed = parseRenditionName(video.uid, params.name, renditions);
  exchange.logged.rendition = parsed?.rendition.name;
}

function buildRenditionPlaylist(
  state: StreamState,
  access: Access,
  id: string,
  { track, name }: Rendition,
  isDvr: boolean,
): string {
  const { media } = state;
  const { segmentSeconds, segmentCount, durationSeconds } = media.manifest;
  const root = `../../${toMediaPathId(access, id)}`;
  const sign = (resource: MediaResource) => signMediaQuery(state, access, resource);
  if (track === 'text') {
    const query = sign({ type: 'text', track, rendition: name });
    return buildMediaPlaylist({
      targetSeconds: durationSeconds,
      mediaSequence: 1,
      segments: [{ uri: `${root}/text/${name}.vtt?${query}`, durationSeconds }],
    });
  }
  const isLive = access.video.kind === 'live';
  const { first, last } = isLive
    ? findLiveWindow(media, state.clock.now(), isDvr)
    : { first: 1, last: segmentCount };
  const folder = `${root}/${track}/${name}`;
  const segments = Array.from({ length: last - first + 1 }, (_, index) => {
    const segment = first + index;
    const query = sign({ type: 'segment', track, rendition: name, segment });
    return {
      uri: `${folder}/seg_${segment}.mp4?${query}`,
      durationSeconds: media.segmentDurationSeconds(
        track,
        isLive ? toFilmSegment(media, segment).filmSegment : segment,
      ),
    };
  });
  return buildMediaPlaylist({
    targetSeconds: segmentSeconds,
    mediaSequence: first,
    segments,
    initUri: `${folder}/init.mp4?${sign({ type: 'init', track, rendition: name })}`,
    liveSinceMs: isLive ? segmentStartMs(media, first) : undefined,
  });
}
