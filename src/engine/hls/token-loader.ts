import type {
  HlsConfig,
  Loader,
  LoaderCallbacks,
  LoaderConfiguration,
  LoaderContext,
  LoaderStats,
} from 'hls.js';
import type { Grant } from './grant.js';
import type { RequestGate, TryResult } from './request-gate.js';
import { createWaitingStats } from './waiting-stats.js';

/** A class of loaders as hls.js takes it. */
export type LoaderClass = new (config: HlsConfig) => Loader<LoaderContext>;

/**
 * Makes the loader class of one player: hls.js's own loader, behind the gate.
 *
 * hls.js keeps seeing the URL that it asked for, as the URL of the context, because it compares it
 * to tell overlapping requests apart; the URL that was sent is the response's, against which it
 * resolves what the playlist names.
 */
export function createTokenLoader(
  gate: RequestGate,
  Inner: LoaderClass,
  nowMs: () => number,
): LoaderClass {
  return class TokenLoader implements Loader<LoaderContext> {
    context: LoaderContext | null = null;
    stats: LoaderStats;
    readonly #waiting = createWaitingStats(nowMs);
    readonly #config: HlsConfig;
    readonly #end = new AbortController();
    #callbacks: LoaderCallbacks<LoaderContext> | undefined;
    #inner: Loader<LoaderContext> | undefined;

    constructor(config: HlsConfig) {
      this.#config = config;
      this.stats = this.#waiting;
    }

    load(
      context: LoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<LoaderContext>,
    ): void {
      this.context = context;
      this.#callbacks = callbacks;
      void this.#run(context, config);
    }

    abort(): void {
      const callbacks = this.#callbacks;
      this.#stop();
      this.stats.aborted = true;
      if (this.context !== null) callbacks?.onAbort?.(this.stats, this.context, null);
    }

    destroy(): void {
      this.#stop();
      this.context = null;
    }

    getCacheAge(): number | null {
      return this.#inner?.getCacheAge?.() ?? null;
    }

    getResponseHeader(name: string): string | null {
      return this.#inner?.getResponseHeader?.(name) ?? null;
    }

    async #run(context: LoaderContext, config: LoaderConfiguration): Promise<void> {
      try {
        const found = await gate.pass(context.url, this.#end.signal, (grant, mayLookUp) =>
          this.#send(grant, mayLookUp, context, config),
        );
        if (!found) this.#fail(context, 410, 'Gone');
      } catch {
        this.#fail(context, 0, 'Not available');
      }
    }

    #send(
      grant: Grant,
      mayLookUp: boolean,
      context: LoaderContext,
      config: LoaderConfiguration,
    ): Promise<TryResult> {
      this.#inner?.destroy();
      const inner = new Inner(this.#config);
      this.#inner = inner;
      this.#waiting.begin();
      inner.stats = this.stats;
      return new Promise((resolve) => {
        const finish = (
          deliver: (callbacks: LoaderCallbacks<LoaderContext>) => void,
          taken = false,
        ): void => {
          resolve({ kind: 'done', taken });
          if (this.#callbacks !== undefined) deliver(this.#callbacks);
        };
        inner.load({ ...context, url: grant.url }, config, {
          onSuccess: (response, stats, _sent, details) => {
            const url = response.url || grant.url;
            if (typeof response.data === 'string') {
              response.data = gate.ledger.note(context.url, grant, url, response.data);
            }
            finish(
              (callbacks) => callbacks.onSuccess({ ...response, url }, stats, context, details),
              true,
            );
          },
          onError: (error, _sent, details, stats) => {
            if (error.code === 401 || error.code === 403) {
              resolve({ kind: 'refused', status: error.code });
            } else if (error.code === 404 && mayLookUp) {
              resolve({ kind: 'missing' });
            } else {
              finish((callbacks) => callbacks.onError(error, context, details, stats));
            }
          },
          onTimeout: (stats, _sent, details) =>
            finish((callbacks) => callbacks.onTimeout(stats, context, details)),
          ...(this.#callbacks?.onProgress && {
            onProgress: (stats, _sent, data, details) =>
              this.#callbacks?.onProgress?.(stats, context, data, details),
          }),
        });
      });
    }

    #fail(context: LoaderContext, code: number, text: string): void {
      const callbacks = this.#callbacks;
      this.#stop();
      callbacks?.onError({ code, text }, context, null, this.stats);
    }

    #stop(): void {
      this.#callbacks = undefined;
      this.#end.abort();
      this.#inner?.destroy();
    }
  };
}
