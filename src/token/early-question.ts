import type { TokenOrigin } from './lease-registry.js';
import type { TokenAnswer } from './token-fetcher.js';

/** A first question for a token that left before there was a lease to ask it. */
export interface EarlyQuestion {
  /** Where tokens come from; the first of its answers is that to this question. */
  readonly origin: TokenOrigin;
  readonly answer: Promise<TokenAnswer>;
  /** A lease will take the answer, from `origin`. */
  handOver(): void;
  /** The answer is not wanted here any more; where it is wanted nowhere else, it is given up. */
  leave(): void;
}

interface Asked {
  readonly key: string | object;
  readonly videoId: string;
  readonly answer: Promise<TokenAnswer>;
  readonly abort: AbortController;
  users: number;
  isTaken: boolean;
}

/**
 * Asks for the first token of a video, once for all who ask for the same before a lease does.
 *
 * @param monotonicMs the clock of the leases
 * @returns nothing where there is nobody to ask
 */
export function askEarly(
  origin: TokenOrigin,
  videoId: string,
  monotonicMs: () => number,
): EarlyQuestion | undefined {
  const { key, fetchToken } = origin;
  if (fetchToken === undefined) return undefined;
  let asked = open.find((other) => other.key === key && other.videoId === videoId);
  if (asked === undefined) {
    const abort = new AbortController();
    const sentAtMs = monotonicMs();
    const answer = fetchToken({ videoId, reason: 'initial', signal: abort.signal }).then(
      (found) => ({ ...found, exchange: { sentAtMs, receivedAtMs: monotonicMs() } }),
    );
    answer.catch(() => {});
    asked = { key, videoId, answer, abort, users: 0, isTaken: false };
    open = [...open, asked];
  }
  const mine = asked;
  mine.users += 1;
  const close = (): void => void (open = open.filter((other) => other !== mine));
  return {
    origin: {
      key,
      fetchToken(request) {
        if (mine.isTaken) return fetchToken(request);
        mine.isTaken = true;
        request.signal.addEventListener('abort', () => mine.abort.abort(), { once: true });
        return mine.answer;
      },
    },
    answer: mine.answer,
    handOver: close,
    leave() {
      mine.users -= 1;
      if (mine.users > 0) return;
      mine.abort.abort();
      close();
    },
  };
}

/** Those that no lease has taken over. */
let open: readonly Asked[] = [];
