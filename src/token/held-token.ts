import { SignedStreamError } from '../errors.js';
import type { SignedToken } from './claims.js';
import type { ServerClock } from './server-clock.js';

/** A token in hand, its times translated into those of our server clock. */
export interface HeldToken extends SignedToken {
  /** When it came, in milliseconds of the server clock. */
  readonly obtainedAtMs: number;
  /** When it ends; `Infinity` where the token has no `exp`. */
  readonly expiresAtMs: number;
  /** When it surely has begun; 0 where it has no `nbf` or already holds. */
  readonly startsAtMs: number;
  /** Whether its times are an assumption, because the only clock at hand is plainly wrong. */
  readonly guessed: boolean;
}

/**
 * Takes a token into hand, or says why it is of no use.
 *
 * Without a server's date, a token whose times make no sense on arrival (over already, or running
 * for longer than Stream allows) means that the viewer's clock is wrong, not the token; its
 * lifetime is then what refusals have taught, else an assumption, and its `nbf` is for Stream to
 * judge.
 *
 * @throws SignedStreamError `token-expired` or `token-wrong-video`
 */
export function holdToken(
  token: SignedToken,
  videoId: string,
  clock: ServerClock,
  learnedLifetimeMs: number | undefined,
): HeldToken {
  const { expSeconds, nbfSeconds, sub } = token.claims;
  if (sub !== undefined && sub !== videoId) {
    throw new SignedStreamError('token-wrong-video', 'The token is for another video.');
  }
  const nowMs = clock.nowMs();
  const expMs = expSeconds === undefined ? Infinity : expSeconds * 1000;
  const nbfMs = nbfSeconds === undefined ? 0 : nbfSeconds * 1000;
  if (clock.synchronized && expMs <= nowMs) {
    throw new SignedStreamError('token-expired', 'The token had expired when it arrived.', {
      retryable: true,
    });
  }
  const held = { ...token, obtainedAtMs: nowMs };
  if (clock.synchronized || expMs === Infinity) {
    const waits = clock.synchronized && nbfMs > nowMs + CLOCK_TOLERANCE_MS;
    const startsAtMs = waits ? nbfMs + clock.uncertaintyMs : 0;
    return { ...held, expiresAtMs: expMs, startsAtMs, guessed: false };
  }
  const sane = expMs > nowMs && expMs <= nowMs + LONGEST_LIFETIME_MS;
  if (sane && learnedLifetimeMs === undefined) {
    return { ...held, expiresAtMs: expMs, startsAtMs: 0, guessed: false };
  }
  const saidMs = nbfSeconds === undefined ? Infinity : Math.max(expMs - nbfMs, SHORTEST_GUESS_MS);
  const lifetimeMs = Math.min(
    learnedLifetimeMs ?? ASSUMED_LIFETIME_MS,
    expMs > nbfMs ? saidMs : Infinity,
    sane ? expMs - nowMs : Infinity,
  );
  return { ...held, expiresAtMs: nowMs + lifetimeMs, startsAtMs: 0, guessed: true };
}

/** Assumed where the viewer's clock is wrong and no server tells the time. */
const ASSUMED_LIFETIME_MS = 300_000;

/** Claims that make no sense are not taken at their word: a guess of nothing would never be used. */
const SHORTEST_GUESS_MS = 3000;

/** Stream takes no `exp` more than 24 hours ahead; a minute is left for the clocks. */
const LONGEST_LIFETIME_MS = 24 * 3_600_000 + 60_000;

/** An `nbf` this close ahead is the issuer's clock, not a wish to wait. */
const CLOCK_TOLERANCE_MS = 1500;
