import type { Delivery } from './origin.js';

/**
 * A picture of a video, at least so high where there is one.
 *
 * @param time as Stream has it, `90s` or `1m30s`; empty for the picture that is set at Stream
 */
export function buildThumbnailUrl(
  delivery: Delivery,
  id: string,
  time: string,
  height: number,
): string {
  const at = /^\d+(\.\d+)?$/.test(time) ? `${time}s` : time;
  const query = at === '' ? '' : `time=${encodeURIComponent(at)}&`;
  return `${delivery.origin}/${encodeURIComponent(id)}/thumbnails/thumbnail.jpg?${query}height=${height}`;
}
