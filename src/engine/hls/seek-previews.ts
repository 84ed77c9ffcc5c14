import { buildThumbnailUrl } from '../../delivery/thumbnail-url.js';
import { savesData } from '../data-saver.js';
import type { EngineOptions } from '../engine.js';
import { askForPicture } from '../show-thumbnail.js';
import { PreviewPictures, type Picture } from './preview-pictures.js';
import { divideIntoStretches } from './preview-stretches.js';
import { refreshPreview } from './refresh-preview.js';

/** As much of `EngineOptions` as is used. */
type Options = Pick<EngineOptions, 'delivery' | 'tokens'>;

/**
 * Gives a video that is not live a text track of pictures for a time bar, in the form that is usual
 * for that: kind `metadata`, label `thumbnails`, and in each cue the address of a picture.
 *
 * Stream has no such track, and the address of a picture has a token in it. So the text of a cue is
 * the address of one in memory, and to read it is to ask for that: nothing is fetched as long as
 * nobody looks.
 */
export function addSeekPreviews(video: HTMLVideoElement, options: Options, end: AbortSignal): void {
  const add = (): void => {
    if (Number.isFinite(video.duration) && !savesData()) addTrack(video, options, end);
  };
  video.addEventListener('loadedmetadata', add, { once: true, signal: end });
}

function addTrack(video: HTMLVideoElement, options: Options, end: AbortSignal): void {
  const stretches = divideIntoStretches(video.duration);
  const track = video.addTextTrack('metadata', 'thumbnails');
  const cues = stretches.map(({ startSeconds, endSeconds }) => {
    return new VTTCue(startSeconds, endSeconds, '');
  });
  const pictures = new PreviewPictures(
    {
      load: (index, signal) => load(stretches[index]?.pictureSeconds ?? 0, options, signal),
      release: ({ url }) => URL.revokeObjectURL(url),
      changed() {
        // No picture is better than an empty one that stays.
        if (pictures.isVain) clear(track);
        else if (track.cues?.length === 0) for (const cue of cues) track.addCue(cue);
        track.dispatchEvent(new Event('cuechange'));
        refreshPreview(video);
      },
    },
    end,
  );
  let empty: Picture | undefined;
  end.addEventListener('abort', () => URL.revokeObjectURL(empty?.url ?? ''));
  for (const [index, cue] of cues.entries()) {
    Object.defineProperty(cue, 'text', {
      get: () => toText(pictures.want(index) ?? (empty ??= createEmpty(video))),
    });
    track.addCue(cue);
  }
}

function clear(track: TextTrack): void {
  for (const cue of [...(track.cues ?? [])]) track.removeCue(cue);
}

/** With the part of the picture that is meant: all of it. */
function toText({ url, width, height }: Picture): string {
  return `${url}#xywh=0,0,${width},${height}`;
}

/** What is there before the first picture is, in the shape of one: it needs the address of something. */
function createEmpty({ videoWidth, videoHeight }: HTMLVideoElement): Picture {
  const width = Math.round((HEIGHT * videoWidth) / videoHeight) || HEIGHT;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}"/>`;
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  return { url, width, height: HEIGHT };
}

async function load(
  seconds: number,
  { delivery, tokens }: Options,
  signal: AbortSignal,
): Promise<Picture> {
  const ask = (token: string): Promise<Response> =>
    askInTime(buildThumbnailUrl(delivery, token, String(seconds), HEIGHT), signal);
  const token = await tokens.fresh(signal);
  let response = await ask(token);
  if (response.status === 401 || response.status === 403) {
    response = await ask(await tokens.replace(token, signal, false));
  }
  if (!response.ok) throw new TypeError('There is no such picture.');
  const blob = await response.blob();
  const bitmap = await createImageBitmap(blob);
  const { width, height } = bitmap;
  bitmap.close();
  return { url: URL.createObjectURL(blob), width, height };
}

async function askInTime(url: string, signal: AbortSignal): Promise<Response> {
  const limit = new AbortController();
  const abort = (): void => limit.abort();
  const timer = setTimeout(abort, TIMEOUT_MS);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await askForPicture(url, limit.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** One of the few that the video's own picture is asked for in, too. */
const HEIGHT = 180;
const TIMEOUT_MS = 10_000;
