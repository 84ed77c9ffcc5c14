import type { LocalStream } from '../../../demo/stream/start.js';
import type { ExchangeRow } from './exchange-goals.js';
import type { FrameLog } from './frame-log.js';
import type { Play } from './plays.js';
import { readExchanges, readSight, type Sight } from './sight.js';

/** What one play showed a viewer, however its token was renewed. */
export interface PlayRow extends Play, ExchangeRow, Sight {
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
): Omit<PlayRow, keyof Play> {
  const exchanges = readExchanges(log, endMs);
  return {
    exchanges: exchanges.length,
    darkMs: Math.max(0, ...exchanges.map(({ darkMs }) => darkMs)),
    offMs: Math.max(0, ...exchanges.map(({ offMs }) => offMs)),
    ...readSight(log, endMs),
    events: seen.length,
    refused: stream.requests.list().filter(({ status }) => status >= 400).length,
  };
}
