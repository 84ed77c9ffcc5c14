import type { HeldToken } from './held-token.js';

/** How good a token is for a request that is about to be sent. */
export type Standing = 'none' | 'good' | 'doubtful' | 'early' | 'dead';

/** What is known when a token is judged; times in milliseconds of the server clock. */
export interface StandingInput {
  readonly token: HeldToken | undefined;
  readonly nowMs: number;
  /** Refused by Stream although it had not expired. */
  readonly refused: boolean;
  /** Whether time may have passed that `nowMs` does not know of. */
  readonly clockDoubtful: boolean;
  /** Whether another token can be asked for. */
  readonly renewable: boolean;
}

/** `doubtful` is worth a try where nothing better is to be had. */
export function judgeToken(input: StandingInput): Standing {
  const { token, nowMs, refused, clockDoubtful, renewable } = input;
  if (token === undefined) return 'none';
  if (refused) return 'dead';
  if (token.startsAtMs > nowMs) return 'early';
  if (token.expiresAtMs === Infinity) return 'good';
  const leftMs = token.expiresAtMs - nowMs;
  if (leftMs <= 0 && !token.guessed) return 'dead';
  const lifetimeMs = token.expiresAtMs - token.obtainedAtMs;
  const ending = leftMs <= Math.min(SEND_MARGIN_MS, lifetimeMs / 4);
  return (ending || clockDoubtful) && renewable ? 'doubtful' : 'good';
}

/** A request takes time to arrive, and the server's clock is known to half a second. */
const SEND_MARGIN_MS = 1500;
