/** What the plan knows of the token in hand; times in milliseconds of the server clock. */
export interface PlannedToken {
  readonly obtainedAtMs: number;
  /** `Infinity` where the token never ends. */
  readonly expiresAtMs: number;
  /** Refused by Stream although it had not expired. */
  readonly refused: boolean;
  /** Whether it is the first: its viewer may have come together with many others. */
  readonly first: boolean;
}

/** What the plan knows of the attempts that failed since the last token. */
export interface PlannedFailure {
  /** Failed attempts in a row, from 1. */
  readonly attempt: number;
  readonly atMs: number;
  /** The server's `Retry-After`. */
  readonly retryAfterMs: number | undefined;
  /** Whether the same question may be answered better without anybody changing anything. */
  readonly retryable: boolean;
}

/** All that decides when the next token is asked for. */
export interface RenewalSituation {
  /** The latest that the server's time can be, in milliseconds since the epoch. */
  readonly nowMs: number;
  readonly token: PlannedToken | undefined;
  readonly failure: PlannedFailure | undefined;
  /**
   * For how long from now somebody will send requests with the token: 0 when nobody plays (or all
   * is buffered), the rest of the video, `Infinity` when it does not end.
   */
  readonly neededForMs: number;
  /** A number in [0, 1), drawn anew for each token and each failure. */
  readonly jitter: number;
}

/** The shares and bounds of the plan. */
export interface RenewalPolicy {
  /** The share of a lifetime after which a renewal may first happen. */
  readonly earliestShare: number;
  /** The share of a lifetime by which it happens at the latest. */
  readonly latestShare: number;
  /** Time kept between the latest renewal and the end of the token, where its life is long enough. */
  readonly leadMs: number;
  /** First pause after a failure; doubled with each. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** First pause after a failure that only somebody else can mend; doubled with each. */
  readonly firstRefusedPauseMs: number;
  readonly longestRefusedPauseMs: number;
  /** While the token still lives, the pause is at least this share of what is left of it. */
  readonly pauseShare: number;
}

/**
 * Viewers of a live event all get their first token within a minute. What keeps them from coming
 * back together is the first renewal, see `planFirstRenewal`; after that the shares may be close.
 * For the same reason a pause after a failure is a share of the life that is left.
 */
export const RENEWAL_POLICY: RenewalPolicy = {
  earliestShare: 0.6,
  latestShare: 0.9,
  leadMs: 5000,
  firstPauseMs: 1000,
  longestPauseMs: 30_000,
  firstRefusedPauseMs: 10_000,
  longestRefusedPauseMs: 300_000,
  pauseShare: 0.25,
};

/**
 * When to ask for the next token, in milliseconds of the server clock: a moment that has passed
 * means now, `Infinity` means that there is nothing to ask for.
 */
export function planRenewal(
  situation: RenewalSituation,
  policy: RenewalPolicy = RENEWAL_POLICY,
): number {
  const { nowMs, token, failure, neededForMs } = situation;
  if (neededForMs <= 0) return Infinity;
  const usable = token !== undefined && !token.refused;
  const leftMs = usable ? token.expiresAtMs - nowMs : 0;
  if (leftMs > neededForMs || leftMs === Infinity) return Infinity;
  if (failure !== undefined) return planRetry(failure, situation, policy);
  if (!usable) return nowMs;
  const firstTryMs = leftMs > 0 ? planFirstTry(token, situation.jitter, policy) : nowMs;
  // An endpoint may hand out tokens that are over at once, and would be asked without a pause.
  return Math.max(firstTryMs, token.obtainedAtMs + policy.firstPauseMs);
}

function planFirstTry(token: PlannedToken, jitter: number, policy: RenewalPolicy): number {
  const lifetimeMs = token.expiresAtMs - token.obtainedAtMs;
  const leadMs = Math.min(policy.leadMs, lifetimeMs / 2);
  const latestMs = Math.min(lifetimeMs * policy.latestShare, lifetimeMs - leadMs);
  const earliestMs = Math.min(lifetimeMs * policy.earliestShare, latestMs * SHORT_LIFE_SHARE);
  const ageMs = token.first
    ? Math.max(planFirstRenewal(earliestMs, latestMs, jitter), Math.min(leadMs, earliestMs))
    : earliestMs + (latestMs - earliestMs) * jitter;
  return token.obtainedAtMs + ageMs;
}

/**
 * The age at which a first token is renewed: spread like the time that a passer-by would wait for
 * the next renewal of somebody who renews for ever (the equilibrium distribution of a renewal
 * process with intervals from `earliestMs` to `latestMs`). Whoever starts like that is spread
 * evenly from then on; it costs half a request per viewer, once.
 */
function planFirstRenewal(earliestMs: number, latestMs: number, jitter: number): number {
  const meanMs = (earliestMs + latestMs) / 2;
  if (jitter < earliestMs / meanMs) return jitter * meanMs;
  return latestMs - Math.sqrt(2 * (latestMs - earliestMs) * meanMs * (1 - jitter));
}

function planRetry(
  failure: PlannedFailure,
  { token, nowMs, jitter }: RenewalSituation,
  policy: RenewalPolicy,
): number {
  const [firstMs, longestMs] = failure.retryable
    ? [policy.firstPauseMs, policy.longestPauseMs]
    : [policy.firstRefusedPauseMs, policy.longestRefusedPauseMs];
  const grownMs = Math.min(longestMs, firstMs * 2 ** Math.min(failure.attempt - 1, 20));
  const usable = token !== undefined && !token.refused;
  const leftMs = usable ? Math.max(0, token.expiresAtMs - failure.atMs) : 0;
  const sharedMs = leftMs === Infinity ? 0 : leftMs * policy.pauseShare;
  const askedMs = failure.retryAfterMs ?? 0;
  // Never earlier than asked for; otherwise from half the pause to one and a half of it.
  const pauseMs = Math.max(
    askedMs * (1 + jitter / 4),
    Math.max(grownMs, sharedMs) * (0.5 + jitter),
  );
  const retryAtMs = failure.atMs + pauseMs;
  if (!usable || askedMs > 0 || token.expiresAtMs <= nowMs) return retryAtMs;
  // One more try is due while the token still lives, unless the server asked for silence.
  const lastChanceMs = token.expiresAtMs - Math.min(policy.leadMs, leftMs / 2);
  return Math.min(retryAtMs, Math.max(lastChanceMs, failure.atMs + policy.firstPauseMs));
}

/** Where the lead decides, the window in which a renewal may happen begins at this share of it. */
const SHORT_LIFE_SHARE = 0.8;
