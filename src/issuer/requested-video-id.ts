import { RefusedRequest } from './endpoint-answer.js';
import { isRecord } from './is-record.js';
import { parseJson } from './parse-json.js';

/** Far more than `{ "videoId": … }` needs. */
const MAX_BODY_BYTES = 4_096;

/**
 * The video a request asks for, as the element asks: `?video-id=` with GET, `{ "videoId": … }` as JSON
 * with POST. Not checked yet; `undefined` where it names none.
 */
export async function readRequestedVideoId(request: Request): Promise<unknown> {
  if (request.method !== 'POST') {
    return new URL(request.url).searchParams.get('video-id') ?? undefined;
  }
  const body = parseJson(await readBody(request));
  if (isRecord(body)) return body['videoId'];
  throw new RefusedRequest(400, 'body-malformed', 'The body must be a JSON object with a videoId.');
}

/** Reads no further than the limit, whatever length the request claims to have. */
async function readBody(request: Request): Promise<string> {
  if (!request.body) return '';
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      // Not waited for: a client that sends no more would be left without an answer.
      reader.cancel().catch(() => {});
      const message = `The body is longer than ${MAX_BODY_BYTES} bytes.`;
      throw new RefusedRequest(413, 'body-too-large', message);
    }
    text += decoder.decode(value, { stream: true });
  }
}
