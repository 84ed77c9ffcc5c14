import type { LocalStream } from '../../../demo/stream/start.js';
import type { ExchangeRow } from './exchange-goals.js';
import { readExchanges, readSight, type FrameLog, type Sight } from './frame-watch.js';
import type { PlayerMethod } from './player-method.js';

/** What one play showed a viewer, however its token was renewed. */
export interface PlayRow extends ExchangeRow, Sight {
  readonly video: string;
  readonly method: PlayerMethod | 'signed-stream';
  /** Answers of 4xx and 5xx. */
  readonly refused: number;
}

/**
 * @param endMs when the play was over
 * @param seen the media events that reached the page after the start
 */
export function readPlay(
  log: FrameLog,
  endMs: number,
  seen: readonly string[],
  stream: LocalStream,
): Omit<PlayRow, 'video' | 'method'> {
  const exchanges = readExchanges(log);
  return {
    exchanges: exchanges.length,
    darkMs: Math.max(0, ...exchanges.map(({ darkMs }) => darkMs)),
    offMs: Math.max(0, ...exchanges.map(({ offMs }) => offMs)),
    ...readSight(log, endMs),
    events: seen.length,
    refused: stream.requests.list().filter(({ status }) => status >= 400).length,
  };
}
