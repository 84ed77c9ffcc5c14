import type { Engine, EngineOptions } from '../engine/engine.js';
import type { AheadOptions, EarlyRequests } from '../engine/hls/fetch-ahead.js';
import { importPatiently } from './import-patiently.js';

/** `iframe` is Stream's own player, `hls` is hls.js, or native HLS where that cannot run. */
export type PlayerKind = 'iframe' | 'hls';

/** What an engine will need, as far as it is known before there is one. */
export interface EngineNeeds extends AheadOptions {
  readonly player: PlayerKind;
  readonly sdkUrl: string;
}

export type EngineFactory = (options: EngineOptions) => Engine;

/**
 * Loads the engine that is going to play, and no other, and meanwhile what that will load first.
 *
 * @param onFailure called whenever its code did not come; it is asked for again
 * @throws the reason of `needs.signal`, and nothing else
 */
export async function loadEngine(
  needs: EngineNeeds,
  onFailure: () => void,
): Promise<EngineFactory> {
  const { player, sdkUrl, signal } = needs;
  const load = <T>(module: () => Promise<T>): Promise<T> =>
    importPatiently(module, signal, onFailure);
  if (player === 'iframe') {
    const { createIframeEngine, loadSdk } = await load(
      () => import('../engine/iframe/iframe-engine.js'),
    );
    loadSdk(sdkUrl).catch(() => {});
    return createIframeEngine;
  }
  const loading = load(() => import('../engine/hls/hls-engine.js'));
  let early: EarlyRequests | undefined;
  let isLate = false;
  import('../engine/hls/fetch-ahead.js').then(
    // Of two that come from a cache, this one may be the last: hls.js has asked by then.
    ({ fetchAhead }) => (early = isLate ? undefined : fetchAhead(needs)),
    () => {},
  );
  const hls = await loading;
  if (hls.isHlsSupported()) {
    return (options) => {
      isLate = true;
      return hls.createHlsEngine(options, early);
    };
  }
  return (await load(() => import('../engine/native/native-engine.js'))).createNativeEngine;
}
