import { planRenewal, type PlannedFailure } from '../../src/token/renewal-plan.js';
import { createRandom } from './support/create-random.js';
import { readCheck, report } from './support/report.js';

/**
 * A live event: a million viewers start within a minute, with tokens of an hour, and watch for
 * twelve hours. How evenly do they come back to the token endpoint, and how do they come back after
 * it was out for five minutes? The plan function is the real one; everything else is arithmetic.
 */
interface Audience {
  readonly viewers: number;
  readonly lifetimeMs: number;
  readonly startSpreadMs: number;
  readonly durationMs: number;
  /** When the endpoint is out; answers are failures from `fromMs` to `toMs`. */
  readonly outage: { readonly fromMs: number; readonly toMs: number } | undefined;
}

interface Load {
  /** Requests per bucket, renewals that came first, second and so on counted together. */
  readonly buckets: Float64Array;
  /** When the first viewer has had its second renewal. */
  readonly settledAtMs: number;
}

const BUCKET_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function simulate({ viewers, lifetimeMs, startSpreadMs, durationMs, outage }: Audience): Load {
  const random = createRandom(20_261_122);
  const buckets = new Float64Array(Math.ceil(durationMs / BUCKET_MS));
  const count = (atMs: number): void => {
    const bucket = Math.floor(atMs / BUCKET_MS);
    if (bucket < buckets.length) buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  };
  let settledAtMs = Infinity;
  for (let viewer = 0; viewer < viewers; viewer++) {
    let nowMs = random() * startSpreadMs;
    let token = {
      obtainedAtMs: nowMs,
      expiresAtMs: nowMs + lifetimeMs,
      refused: false,
      first: true,
    };
    let failure: PlannedFailure | undefined;
    let jitter = random();
    let renewals = 0;
    count(nowMs);
    for (;;) {
      const atMs = planRenewal({ nowMs, token, failure, neededForMs: Infinity, jitter });
      nowMs = Math.max(nowMs, atMs);
      if (nowMs >= durationMs) break;
      count(nowMs);
      jitter = random();
      if (outage !== undefined && nowMs >= outage.fromMs && nowMs < outage.toMs) {
        const attempt = (failure?.attempt ?? 0) + 1;
        failure = { attempt, atMs: nowMs, retryAfterMs: undefined, retryable: true };
      } else {
        failure = undefined;
        token = {
          obtainedAtMs: nowMs,
          expiresAtMs: nowMs + lifetimeMs,
          refused: false,
          first: false,
        };
        if (++renewals === 2) settledAtMs = Math.min(settledAtMs, nowMs);
      }
    }
  }
  return { buckets, settledAtMs };
}

function perSecond(
  { buckets }: Load,
  fromMs: number,
  toMs: number,
): { mean: number; peak: number } {
  const part = buckets.subarray(Math.ceil(fromMs / BUCKET_MS), Math.floor(toMs / BUCKET_MS));
  const scale = 1000 / BUCKET_MS;
  return {
    mean: (part.reduce((sum, requests) => sum + requests, 0) / part.length) * scale,
    peak: part.reduce((most, requests) => Math.max(most, requests), 0) * scale,
  };
}

const event: Audience = {
  viewers: 1_000_000,
  lifetimeMs: HOUR_MS,
  startSpreadMs: MINUTE_MS,
  durationMs: 12 * HOUR_MS,
  outage: undefined,
};
const steady = simulate(event);
const calm = perSecond(steady, steady.settledAtMs, event.durationMs);
const outage = { fromMs: 6 * HOUR_MS, toMs: 6 * HOUR_MS + 5 * MINUTE_MS };
const disturbed = simulate({ ...event, outage });
const during = perSecond(disturbed, outage.fromMs, outage.toMs);
const after = perSecond(disturbed, outage.toMs, outage.toMs + 2 * HOUR_MS);

report({
  name: 'audience',
  title: 'A million viewers of a live event: token requests per second',
  rows: [
    {
      case: 'from the second renewal on',
      mean: calm.mean,
      peak: calm.peak,
      ratio: calm.peak / calm.mean,
    },
    {
      case: 'while the endpoint is out',
      mean: during.mean,
      peak: during.peak,
      ratio: during.peak / calm.mean,
    },
    {
      case: 'two hours after the outage',
      mean: after.mean,
      peak: after.peak,
      ratio: after.peak / calm.mean,
    },
  ],
  goals: [
    { goal: 'peak at most 1.5 of the mean', value: calm.peak / calm.mean, atMost: 1.5 },
    { goal: 'after an outage at most 3 of the mean', value: after.peak / calm.mean, atMost: 3 },
  ],
  check: readCheck(),
});
