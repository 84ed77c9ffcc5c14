import type { PlayerMethod } from './player-method.js';

export interface VideoByHandOptions {
  readonly method: PlayerMethod;
  /** The manifest's address, with `TOKEN` where that goes. */
  readonly manifestUrl: string;
  readonly tokenUrl: string;
  readonly renewEveryMs: number;
}

/**
 * Runs in the page: plays native HLS in a `<video>` as a page without the element does.
 *
 * @returns what holds the `<video>` in its shadow tree, as the element does
 */
export function playVideoByHand(options: VideoByHandOptions): Element {
  const { method, manifestUrl, tokenUrl, renewEveryMs } = options;
  const host = document.createElement('div');
  const video = document.createElement('video');
  const load = async (): Promise<void> => {
    const response = await fetch(tokenUrl);
    const { result } = (await response.json()) as { result: { token: string } };
    const { currentTime } = video;
    video.src = manifestUrl.replace('TOKEN', result.token);
    if (currentTime === 0) return;
    const goBack = (): void => void (video.currentTime = currentTime);
    video.addEventListener('loadedmetadata', goBack, { once: true });
  };
  video.muted = true;
  video.autoplay = true;
  host.attachShadow({ mode: 'open' }).append(video);
  document.body.append(host);
  void load();
  if (method === 'source-reload') setInterval(() => void load(), renewEveryMs);
  return host;
}
