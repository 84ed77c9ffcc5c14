import type { Engine, EngineOptions } from '../engine/engine.js';
import { importPatiently } from './import-patiently.js';

/** `iframe` is Stream's own player, `hls` is hls.js, or native HLS where that cannot run. */
export type PlayerKind = 'iframe' | 'hls';

/**
 * Loads the engine that is going to play, and no other.
 *
 * @throws the signal's reason, and nothing else
 */
export async function loadEngine(
  player: PlayerKind,
  signal: AbortSignal,
  onFailure: () => void,
): Promise<(options: EngineOptions) => Engine> {
  const load = <T>(module: () => Promise<T>): Promise<T> =>
    importPatiently(module, signal, onFailure);
  if (player === 'iframe') {
    return (await load(() => import('../engine/iframe/iframe-engine.js'))).createIframeEngine;
  }
  const hls = await load(() => import('../engine/hls/hls-engine.js'));
  if (hls.isHlsSupported()) return hls.createHlsEngine;
  return (await load(() => import('../engine/native/native-engine.js'))).createNativeEngine;
}
