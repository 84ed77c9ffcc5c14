import type { FrameLog, Front, Picture } from './frame-log.js';

/**
 * Runs in the page: keeps the pictures of all videos of an element that plays by native HLS, and
 * which of them is in front. The log has the form of the one for frames.
 */
export function watchVideos(element: Element): FrameLog {
  const log = { pictures: [] as Picture[], fronts: [] as Front[] };
  const known: HTMLVideoElement[] = [];
  const now = (): number => performance.timeOrigin + performance.now();
  const watch = (video: HTMLVideoElement, frame: number): void => {
    video.requestVideoFrameCallback((_now, { mediaTime }) => {
      log.pictures.push({ frame, atMs: now(), mediaSeconds: mediaTime });
      watch(video, frame);
    });
  };
  const note = (root: ShadowRoot): void => {
    for (const video of root.querySelectorAll('video')) {
      if (known.includes(video)) continue;
      known.push(video);
      watch(video, known.length - 1);
    }
    const front = root.querySelector<HTMLVideoElement>('video:not(.behind)');
    const frame = front === null ? -1 : known.indexOf(front);
    if (frame >= 0 && log.fronts.at(-1)?.frame !== frame) log.fronts.push({ frame, atMs: now() });
  };
  const { shadowRoot } = element;
  if (shadowRoot !== null) {
    note(shadowRoot);
    new MutationObserver(() => note(shadowRoot)).observe(shadowRoot, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['class'],
    });
  }
  return log;
}
