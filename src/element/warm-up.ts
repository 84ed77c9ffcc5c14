import { addHint } from './add-hint.js';
import type { SessionSource } from './session.js';

/** Has on its way what the player is going to load, and nothing else. */
export function warmUp({ player, delivery, sdkUrl }: SessionSource): void {
  // The largest part first: it may get the connection that is open already.
  if (player === 'hls') {
    fetchCode(() => import('../engine/hls/hls-engine.js'));
    addHint(delivery.origin, { rel: 'preconnect', crossOrigin: '' });
    fetchCode(() => import('../engine/hls/fetch-ahead.js'));
  } else {
    if (!('Stream' in globalThis)) addHint(sdkUrl, { rel: 'preload', as: 'script' });
    fetchCode(() => import('../engine/iframe/iframe-engine.js'));
  }
}

/** What does not come is asked for again by those who wait for it; browsers remember a failure. */
function fetchCode(load: () => Promise<unknown>): void {
  if (navigator.onLine) load().catch(() => {});
}
