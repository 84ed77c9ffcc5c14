import type { CliContext } from '../cli-context.js';
import { ask, describeNetworkError, type ClockReading, type HttpAnswer } from './ask-endpoint.js';
import { fail, pass, warn, type Step, type StepName } from './step.js';

/** What was fetched, and the answer that was no good, for somebody to explain. */
export interface MediaResult {
  readonly steps: readonly Step[];
  readonly refused?: { readonly step: StepName; readonly answer: HttpAnswer } | undefined;
  /** Stream's time, as it says with the manifest. */
  readonly clock: ClockReading | undefined;
}

/** Fetches the manifest with the token, then a rendition's playlist and its first segment. */
export async function fetchMedia(
  manifestUrl: string,
  origin: string | undefined,
  context: CliContext,
): Promise<MediaResult> {
  const headers = origin === undefined ? {} : { Origin: origin };
  const steps: Step[] = [];
  let clock: ClockReading | undefined;
  let step: StepName = 'manifest';
  try {
    const manifest = await ask(context, manifestUrl, { headers });
    clock = manifest.clock;
    if (isRefused(manifest)) return { steps, refused: { step, answer: manifest }, clock };
    const bad = findFault(step, manifest) ?? findNoPlaylist(step, manifest);
    if (bad) return { steps: [bad], clock };
    steps.push(checkReadable(step, manifest, origin) ?? pass(step, describeManifest(manifest)));

    step = 'segment';
    const playlist = await fetchRendition(manifest, headers, context);
    if (isRefused(playlist)) return { steps, refused: { step, answer: playlist }, clock };
    const badPlaylist = findFault(step, playlist) ?? findNoPlaylist(step, playlist);
    if (badPlaylist) return { steps: [...steps, badPlaylist], clock };
    const segmentUrl = findFirstUri(playlist);
    if (segmentUrl === undefined) {
      const message = 'The playlist has no segment: has the broadcast begun?';
      return { steps: [...steps, fail(step, 'stream', message)], clock };
    }
    const segment = await ask(context, segmentUrl, { headers });
    if (isRefused(segment)) return { steps, refused: { step, answer: segment }, clock };
    steps.push(
      findFault(step, segment) ??
        checkReadable(step, segment, origin) ??
        pass(step, 'The first segment can be fetched.'),
    );
  } catch (error) {
    const message = `Stream cannot be reached: ${describeNetworkError(error)}.`;
    steps.push(fail(step, 'network', message, 'Is --delivery-origin or --customer-code right?'));
  }
  return { steps, clock };
}

/** A multivariant playlist names others; one that has segments is the rendition's own. */
async function fetchRendition(
  manifest: HttpAnswer,
  headers: Readonly<Record<string, string>>,
  context: CliContext,
): Promise<HttpAnswer> {
  const uri = manifest.body.includes('#EXT-X-STREAM-INF') ? findFirstUri(manifest) : undefined;
  return uri === undefined ? manifest : ask(context, uri, { headers });
}

function findFirstUri({ body, url }: HttpAnswer): string | undefined {
  const line = body.split('\n').find((text) => text.trim() !== '' && !text.startsWith('#'));
  return line === undefined ? undefined : new URL(line.trim(), url).href;
}

function isRefused({ status }: HttpAnswer): boolean {
  return status === 401 || status === 403;
}

/** Everything but a refusal, which needs more than the answer to be explained. */
function findFault(step: StepName, { status }: HttpAnswer): Step | undefined {
  switch (status) {
    case 204:
      return fail(step, 'stream', 'Nobody broadcasts to this live input (204).');
    case 404: {
      const message = 'Stream has no such video here (404).';
      return fail(step, 'id', message, 'Is the uid right, of this account, and ready to stream?');
    }
    case 424:
      return fail(step, 'stream', 'Stream could not process this video (424).');
    case 429:
      return fail(step, 'stream', 'Stream answers 429: too many requests.');
    default:
      if (status >= 200 && status <= 299) return undefined;
      return fail(step, 'stream', `Stream answers ${status}.`);
  }
}

function findNoPlaylist(step: StepName, { body }: HttpAnswer): Step | undefined {
  if (body.trimStart().startsWith('#EXTM3U')) return undefined;
  const message = 'What is answered is no HLS playlist.';
  return fail(step, 'stream', message, 'Is --delivery-origin a host of Stream?');
}

/** hls.js reads the media by script, so a browser must let it. */
function checkReadable(step: StepName, { headers }: HttpAnswer, origin?: string): Step | undefined {
  const allowed = headers.get('Access-Control-Allow-Origin');
  if (origin === undefined || allowed === '*' || allowed === origin) return undefined;
  const message = `It is there, but a page at ${origin} may not read it (CORS).`;
  return warn(step, 'cors', message, 'player="iframe" plays it all the same');
}

function describeManifest({ body }: HttpAnswer): string {
  const count = body.match(/#EXT-X-STREAM-INF/g)?.length ?? 0;
  const kinds = count === 0 ? '' : `, with ${count} rendition${count === 1 ? '' : 's'}`;
  return `The manifest can be fetched${kinds}.`;
}
