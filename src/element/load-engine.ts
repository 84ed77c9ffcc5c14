import type { Engine, EngineOptions } from '../engine/engine.js';

/** `iframe` is Stream's own player, `hls` is hls.js, or native HLS where that cannot run. */
export type PlayerKind = 'iframe' | 'hls';

/** Loads the engine that is going to play, and no other. */
export async function loadEngine(player: PlayerKind): Promise<(options: EngineOptions) => Engine> {
  if (player === 'iframe')
    return (await import('../engine/iframe/iframe-engine.js')).createIframeEngine;
  const hls = await import('../engine/hls/hls-engine.js');
  if (hls.isHlsSupported()) return hls.createHlsEngine;
  return (await import('../engine/native/native-engine.js')).createNativeEngine;
}
