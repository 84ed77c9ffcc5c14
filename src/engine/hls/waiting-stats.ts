import type { LoaderStats } from 'hls.js';

/** A request's statistics before it is sent; hls.js keeps the object and reads it all along. */
export interface WaitingStats extends LoaderStats {
  /** The request is about to be sent: its time begins now. */
  begin(): void;
}

/**
 * Statistics of a request that may have to wait for its token.
 *
 * hls.js watches how long a fragment takes and drops the quality when it takes too long. Waiting
 * is no sign of a slow link, so until the request is sent, it starts now.
 */
export function createWaitingStats(nowMs: () => number): WaitingStats {
  const loading = { start: 0, first: 0, end: 0 };
  const wait = (): void => {
    Object.defineProperty(loading, 'start', { get: nowMs, configurable: true, enumerable: true });
  };
  wait();
  const stats: WaitingStats = {
    aborted: false,
    loaded: 0,
    retry: 0,
    total: 0,
    chunkCount: 0,
    bwEstimate: 0,
    loading,
    parsing: { start: 0, end: 0 },
    buffering: { start: 0, first: 0, end: 0 },
    begin() {
      Object.defineProperty(loading, 'start', {
        value: 0,
        writable: true,
        configurable: true,
        enumerable: true,
      });
      stats.loaded = stats.total = loading.first = loading.end = 0;
      stats.aborted = false;
    },
  };
  return stats;
}
