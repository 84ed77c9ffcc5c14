import { buildThumbnailUrl } from '../delivery/thumbnail-url.js';
import type { EngineOptions, PlayerSettings } from './engine.js';

/** Whether a picture of the video's own is worth showing: something else would not be there at once. */
export function wantsThumbnail({ poster, autoplay, preload }: PlayerSettings): boolean {
  return poster === '' && !autoplay && preload !== 'none';
}

/** As much of `EngineOptions` as is used. */
type Options = Pick<EngineOptions, 'delivery' | 'startSeconds'>;

/** Where the picture is that a video with these settings begins with. */
export function toThumbnailUrl(
  { delivery, startSeconds }: Options,
  token: string,
  { posterTime }: PlayerSettings,
  height: number,
): string {
  const time = posterTime || (startSeconds > 0 ? String(startSeconds) : '');
  return buildThumbnailUrl(delivery, token, time, height);
}

/**
 * Has a `<video>` show a picture of the video's own until it plays. It is fetched here, and shown
 * from memory: its address has the token in it, which no attribute may have.
 */
export function showThumbnail(
  video: HTMLVideoElement,
  options: Options,
  token: string,
  settings: PlayerSettings,
  signal: AbortSignal,
): void {
  if (!wantsThumbnail(settings)) return;
  const end = new AbortController();
  const stop = (): void => end.abort();
  signal.addEventListener('abort', stop, { once: true });
  video.addEventListener('playing', stop, { once: true, signal: end.signal });
  // In this task it is put into the page, and told to play where somebody waits for that.
  queueMicrotask(() => {
    if (!video.paused) return;
    const height = pickHeight(video.clientHeight * devicePixelRatio);
    load(toThumbnailUrl(options, token, settings, height), end.signal)
      .then((picture) => show(video, picture, end.signal))
      // It is a nicety: without it there is the first frame.
      .catch(() => {});
  });
}

/** Asks for a picture; media goes before it. */
export function askForPicture(url: string, signal: AbortSignal): Promise<Response> {
  return fetch(url, { signal, credentials: 'omit', priority: 'low' });
}

async function load(url: string, signal: AbortSignal): Promise<Blob> {
  const response = await askForPicture(url, signal);
  if (!response.ok) throw new TypeError('There is no such picture.');
  return response.blob();
}

function show(video: HTMLVideoElement, picture: Blob, signal: AbortSignal): void {
  if (signal.aborted || video.poster !== '') return;
  const url = URL.createObjectURL(picture);
  video.poster = url;
  signal.addEventListener('abort', () => {
    if (video.poster === url) video.removeAttribute('poster');
    URL.revokeObjectURL(url);
  });
}

/** Few sizes are asked for, so that they are in a cache. */
function pickHeight(pixels: number): number {
  return HEIGHTS.find((height) => height >= pixels) ?? LARGEST_HEIGHT;
}

const HEIGHTS = [180, 360, 720];
const LARGEST_HEIGHT = 1080;
