import type { LoaderCallbacks, LoaderConfiguration, LoaderContext } from 'hls.js';
import type { EarlyAnswer, EarlyRequest, EarlyRequests } from './fetch-ahead.js';
import { PlaylistError } from './fetch-playlist.js';
import type { LoaderClass } from './token-loader.js';

/** Makes a loader class that has hls.js's own one ask only for what was not asked for before. */
export function createEarlyLoader(early: EarlyRequests, Inner: LoaderClass): LoaderClass {
  return class EarlyLoader extends Inner {
    #isGone = false;

    override load(
      context: LoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<LoaderContext>,
    ): void {
      const request = early.take(context.url);
      if (request === undefined) super.load(context, config, callbacks);
      else void this.#await(request, context, config, callbacks);
    }

    async #await(
      { startMs, answer }: EarlyRequest,
      context: LoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<LoaderContext>,
    ): Promise<void> {
      const { stats } = this;
      // hls.js measures the link by it.
      stats.loading.start = startMs;
      const found: EarlyAnswer | Error = await answer.catch(toError);
      if (this.#isGone) return;
      if ('data' in found) {
        const { data, url, firstMs, endMs } = found;
        Object.assign(stats.loading, { first: firstMs, end: endMs });
        stats.loaded = stats.total = typeof data === 'string' ? data.length : data.byteLength;
        callbacks.onSuccess({ url, data, code: 200 }, stats, context, null);
      } else if (found instanceof PlaylistError && found.isRefusal) {
        callbacks.onError({ code: found.status, text: '' }, context, null, stats);
      } else {
        stats.loading.start = 0;
        super.load(context, config, callbacks);
      }
    }

    override abort(): void {
      this.#isGone = true;
      super.abort();
    }

    override destroy(): void {
      this.#isGone = true;
      super.destroy();
    }
  };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error('not available');
}
