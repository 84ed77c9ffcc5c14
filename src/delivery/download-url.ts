import type { Delivery } from './origin.js';

/** The MP4 of a video whose token is `downloadable`. */
export function buildDownloadUrl(delivery: Delivery, id: string): string {
  return `${delivery.origin}/${encodeURIComponent(id)}/downloads/default.mp4`;
}
