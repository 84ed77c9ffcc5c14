import { adoptStyles } from './adopt-styles.js';
import type { EngineMedia } from './engine.js';

/**
 * Gives the element the shape of its video as soon as that is known, unless the page has given it
 * one. The next video, or the next player of this one, finds it in the shape of the last.
 */
export function followShape(media: EngineMedia, node: Node, signal: AbortSignal): void {
  const follow = (): void => {
    const root = node.getRootNode();
    const { videoWidth, videoHeight } = media;
    if (!(videoWidth > 0 && videoHeight > 0)) return;
    const known = shapes.get(root);
    const ratio = videoWidth / videoHeight;
    // Sizes of one video are rounded to whole pixels: nothing in the page is to move for that.
    if (Math.abs(ratio / (known?.ratio ?? DEFAULT_RATIO) - 1) < TOLERANCE) return;
    const sheet = known?.sheet ?? adoptStyles(node);
    sheet?.replaceSync(`:host { aspect-ratio: ${videoWidth} / ${videoHeight} }`);
    if (sheet !== undefined) shapes.set(root, { sheet, ratio });
  };
  for (const type of ['loadedmetadata', 'resize']) {
    media.addEventListener(type, follow, { signal });
  }
}

/** What the element's own styles say. */
const DEFAULT_RATIO = 16 / 9;

const TOLERANCE = 0.01;

const shapes = new WeakMap<Node, { readonly sheet: CSSStyleSheet; readonly ratio: number }>();
