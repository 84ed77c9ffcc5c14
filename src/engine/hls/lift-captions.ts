import { adoptStyles } from '../adopt-styles.js';

/**
 * Lets a page lift the captions above controls of its own, which would be drawn over them: by
 * `--signed-stream-captions-lift`. Firefox has no styles for where captions are.
 */
export function liftCaptions(video: HTMLVideoElement): void {
  const adopt = (): void => {
    const root = video.getRootNode();
    if (lifted.has(root)) return;
    adoptStyles(video)?.replaceSync(STYLES);
    lifted.add(root);
  };
  video.addEventListener('loadedmetadata', adopt, { once: true });
}

const STYLES = `video::-webkit-media-text-track-container {
  transform: translateY(calc(-1 * var(--signed-stream-captions-lift, 0px)));
}`;

const lifted = new WeakSet<Node>();
