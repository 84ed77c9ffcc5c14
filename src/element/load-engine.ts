import type { Engine, EngineOptions } from '../engine/engine.js';
import { importAgain } from './import-again.js';

/** `iframe` is Stream's own player, `hls` is hls.js, or native HLS where that cannot run. */
export type PlayerKind = 'iframe' | 'hls';

/** Loads the engine that is going to play, and no other. */
export async function loadEngine(player: PlayerKind): Promise<(options: EngineOptions) => Engine> {
  if (player === 'iframe') {
    const { createIframeEngine } = await importAgain(
      () => import('../engine/iframe/iframe-engine.js'),
    );
    return createIframeEngine;
  }
  const hls = await importAgain(() => import('../engine/hls/hls-engine.js'));
  if (hls.isHlsSupported()) return hls.createHlsEngine;
  const native = await importAgain(() => import('../engine/native/native-engine.js'));
  return native.createNativeEngine;
}
