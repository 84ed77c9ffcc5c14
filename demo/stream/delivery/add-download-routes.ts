import type { FastifyInstance } from 'fastify';
import { authorize } from '../access/authorize.js';
import { authorizeMedia, signMediaQuery, type MediaResource } from '../access/media-url.js';
import { Refusal } from '../access/refusal.js';
import { readRequester } from '../http/read-requester.js';
import { sendRange } from '../http/send-range.js';
import type { StreamState } from '../stream-state.js';

const DOWNLOAD: MediaResource = { type: 'download', track: 'mp4', rendition: 'default' };

/** `/<id>/downloads/default.mp4`, which leads to a signed address of the file itself. */
export function addDownloadRoutes(app: FastifyInstance, state: StreamState): void {
  app.get<{ Params: { id: string }; Querystring: { filename?: string } }>(
    '/:id/downloads/default.mp4',
    { config: { kind: 'download' } },
    async (request, reply) => {
      const access = await authorize(state, request.params.id, readRequester(state, request));
      const { video, grant } = access;
      if (!video.downloadEnabled) throw new Refusal(404, 'This video has no downloads');
      if (grant ? !grant.downloadable : video.requireSignedURLs) {
        throw new Refusal(403, 'This token does not allow downloads');
      }
      const { filename } = request.query;
      if (filename !== undefined && !isFileName(filename)) {
        throw new Refusal(400, 'Invalid file name');
      }
      const named = filename === undefined ? '' : `&filename=${filename}`;
      const query = signMediaQuery(state, access, DOWNLOAD) + named;
      return reply
        .header('cache-control', 'no-store')
        .redirect(`/${video.uid}/dl/default.mp4?${query}`, 302);
    },
  );

  app.get<{
    Params: { id: string };
    Querystring: { p?: string; s?: string; filename?: string };
  }>('/:id/dl/default.mp4', { config: { kind: 'download' } }, async (request, reply) => {
    const { filename, ...signature } = request.query;
    const requester = readRequester(state, request);
    const access = await authorizeMedia(state, request.params.id, DOWNLOAD, signature, requester);
    const body = state.media.read('downloads', 'default.mp4');
    if (!access.video.downloadEnabled || !body) {
      throw new Refusal(404, 'This video has no downloads');
    }
    const name = filename !== undefined && isFileName(filename) ? filename : access.video.uid;
    reply
      .header('cache-control', 'private, no-store')
      .header('content-disposition', `attachment; filename="${name}.mp4"`)
      .type('video/mp4');
    return sendRange(request, reply, body);
  });
}

function isFileName(name: string): boolean {
  return /^[\w-]{1,120}$/.test(name);
}
