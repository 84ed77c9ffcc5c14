import type { FastifyInstance } from 'fastify';
import { isOriginRule } from '../access/allowed-origins.js';
import type { VideoSettings } from '../state/videos.js';
import type { StreamState } from '../stream-state.js';
import { badRequest, notFound, succeed } from './envelope.js';
import { isStringArray, readBody } from './read-body.js';

/** `…/stream` and `…/stream/<uid>`: list, look up, restrict. */
export function addVideoRoutes(app: FastifyInstance, state: StreamState): void {
  const config = { kind: 'api-video' } as const;

  app.get('/', { config }, async () =>
    succeed(
      state.videos
        .list()
        .filter(({ kind }) => kind === 'vod')
        .map((video) => describeVideo(state, video)),
    ),
  );

  app.get<{ Params: { id: string } }>('/:id', { config }, async (request) =>
    succeed(describeVideo(state, findVideo(state, request.params.id))),
  );

  app.post<{ Params: { id: string } }>('/:id', { config }, async (request) => {
    const video = findVideo(state, request.params.id);
    const { requireSignedURLs, allowedOrigins } = readBody(request.body);
    if (requireSignedURLs !== undefined && typeof requireSignedURLs !== 'boolean') {
      throw badRequest('requireSignedURLs must be true or false');
    }
    if (allowedOrigins !== undefined && !isOriginList(allowedOrigins)) {
      throw badRequest('allowedOrigins must be a list of hosts, without scheme and path');
    }
    video.requireSignedURLs = requireSignedURLs ?? video.requireSignedURLs;
    video.allowedOrigins = allowedOrigins ?? video.allowedOrigins;
    return succeed(describeVideo(state, video));
  });
}

function findVideo(state: StreamState, uid: string): VideoSettings {
  const video = state.videos.find(uid);
  if (!video) throw notFound();
  return video;
}

function isOriginList(value: unknown): value is string[] {
  return isStringArray(value) && value.every(isOriginRule);
}

/** The fields of the vendor's video object that mean something here. */
function describeVideo(state: StreamState, video: VideoSettings): Record<string, unknown> {
  const { manifest } = state.media;
  const largest = manifest.video[0];
  const root = `${state.origins.delivery}/${video.uid}`;
  const status = {
    ready: { state: 'ready', pctComplete: '100.000000', errorReasonCode: '', errorReasonText: '' },
    queued: { state: 'queued', errorReasonCode: '', errorReasonText: '' },
    error: {
      state: 'error',
      errorReasonCode: 'ERR_NON_VIDEO',
      errorReasonText: 'The file was not recognized as a valid video file.',
    },
  }[video.state];
  return {
    uid: video.uid,
    creator: null,
    thumbnail: `${root}/thumbnails/thumbnail.jpg`,
    thumbnailTimestampPct: 0,
    readyToStream: video.state === 'ready',
    status,
    meta: { name: video.name },
    requireSignedURLs: video.requireSignedURLs,
    allowedOrigins: video.allowedOrigins,
    duration: video.kind === 'vod' ? manifest.durationSeconds : -1,
    input: { width: largest?.width ?? -1, height: largest?.height ?? -1 },
    preview: `${root}/watch`,
    playback: { hls: `${root}/manifest/video.m3u8`, dash: `${root}/manifest/video.mpd` },
    watermark: null,
  };
}
