import type { Engine, EngineOptions } from '../engine/engine.js';
import { importAgain } from './import-again.js';

/** `iframe` is Stream's own player, `hls` is hls.js, or native HLS where that cannot run. */
export type PlayerKind = 'iframe' | 'hls';

/**
 * Loads the engine that is going to play, and no other.
 *
 * @param attempt which one this is, from 0
 */
export async function loadEngine(
  player: PlayerKind,
  attempt: number,
): Promise<(options: EngineOptions) => Engine> {
  const load = <T>(importIt: () => Promise<T>): Promise<T> => importAgain(importIt, attempt);
  if (player === 'iframe') {
    return (await load(() => import('../engine/iframe/iframe-engine.js'))).createIframeEngine;
  }
  const hls = await load(() => import('../engine/hls/hls-engine.js'));
  if (hls.isHlsSupported()) return hls.createHlsEngine;
  return (await load(() => import('../engine/native/native-engine.js'))).createNativeEngine;
}
