import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PATIENCE_MS } from '../../../src/element/patience.js';
import {
  planRenewal,
  RENEWAL_POLICY,
  type PlannedFailure,
  type PlannedToken,
  type RenewalSituation,
} from '../../../src/token/renewal-plan.js';
import { EPOCH_MS as NOW_MS } from '../../support/fake-time.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LONGEST_LIFE_MS = DAY_MS;

const jitters = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const lifetimes = fc.oneof(
  fc.integer({ min: 3000, max: 60_000 }),
  fc.integer({ min: 3000, max: LONGEST_LIFE_MS }),
);

function token(overrides: Partial<PlannedToken> = {}): PlannedToken {
  return {
    obtainedAtMs: NOW_MS,
    expiresAtMs: NOW_MS + HOUR_MS,
    refused: false,
    first: false,
    ...overrides,
  };
}

function failure(overrides: Partial<PlannedFailure> = {}): PlannedFailure {
  return { attempt: 1, atMs: NOW_MS, retryAfterMs: undefined, retryable: true, ...overrides };
}

/** When to ask next, counted from now. */
function plan(overrides: Partial<RenewalSituation>): number {
  const situation: RenewalSituation = {
    nowMs: NOW_MS,
    token: token(),
    failure: undefined,
    neededForMs: Infinity,
    jitter: 0.5,
    ...overrides,
  };
  return planRenewal(situation) - situation.nowMs;
}

describe('planRenewal', () => {
  it('asks for a first token now', () => {
    expect(plan({ token: undefined, neededForMs: 1 })).toBe(0);
  });

  it.each([0, -1])('asks for nothing when tokens are needed for %i ms', (neededForMs) => {
    expect(plan({ token: undefined, neededForMs })).toBe(Infinity);
    expect(plan({ token: token({ refused: true }), neededForMs })).toBe(Infinity);
    expect(plan({ failure: failure(), neededForMs })).toBe(Infinity);
  });

  it('asks for nothing when the token outlives the video', () => {
    expect(plan({ neededForMs: HOUR_MS - 1 })).toBe(Infinity);
  });

  it('renews a token that ends with the video', () => {
    expect(plan({ neededForMs: HOUR_MS })).toBeLessThan(HOUR_MS);
  });

  it.each([HOUR_MS, Infinity])('never renews a token without an end, needed for %d ms', (ms) => {
    const endless = token({ expiresAtMs: Infinity });
    expect(plan({ token: endless, neededForMs: ms })).toBe(Infinity);
    expect(plan({ token: endless, neededForMs: ms, failure: failure() })).toBe(Infinity);
    expect(plan({ token: { ...endless, first: true }, neededForMs: ms })).toBe(Infinity);
  });

  it('replaces a token without an end that was refused', () => {
    expect(plan({ token: token({ expiresAtMs: Infinity, refused: true }) })).toBe(0);
  });

  it('replaces a token that was refused at once', () => {
    expect(plan({ token: token({ refused: true }), neededForMs: 1 })).toBe(0);
  });

  it('replaces a token that is over at once', () => {
    const over = token({ obtainedAtMs: NOW_MS - HOUR_MS, expiresAtMs: NOW_MS });
    expect(plan({ token: over, neededForMs: 1 })).toBe(0);
  });

  it('gives an endpoint a second even where its tokens are over on arrival', () => {
    expect(plan({ token: token({ expiresAtMs: NOW_MS }) })).toBe(1000);
    expect(plan({ token: token({ expiresAtMs: NOW_MS + 20 }) })).toBe(1000);
  });

  it('renews within the last 40 and before the last 10 per cent of a life', () => {
    const property = fc.property(lifetimes, jitters, (lifetimeMs, jitter) => {
      const planned = plan({ token: token({ expiresAtMs: NOW_MS + lifetimeMs }), jitter });
      expect(planned).toBeGreaterThanOrEqual(lifetimeMs * 0.39);
      expect(planned).toBeLessThanOrEqual(lifetimeMs * RENEWAL_POLICY.latestShare + 0.001);
    });
    fc.assert(property, { numRuns: 1000 });
  });

  it('keeps 5 s before the end, or half of a shorter life', () => {
    const property = fc.property(lifetimes, jitters, fc.boolean(), (lifetimeMs, jitter, first) => {
      const fresh = token({ expiresAtMs: NOW_MS + lifetimeMs, first });
      const leadMs = Math.min(5000, lifetimeMs / 2);
      expect(plan({ token: fresh, jitter })).toBeLessThanOrEqual(lifetimeMs - leadMs + 0.001);
    });
    fc.assert(property, { numRuns: 1000 });
  });

  it('never renews a first token within its first second', () => {
    const property = fc.property(lifetimes, jitters, (lifetimeMs, jitter) => {
      const first = token({ expiresAtMs: NOW_MS + lifetimeMs, first: true });
      expect(plan({ token: first, jitter })).toBeGreaterThanOrEqual(1000);
    });
    fc.assert(property, { numRuns: 1000 });
  });

  it('spreads the first renewals over most of a life', () => {
    const ages = [0, 0.25, 0.5, 0.75, 0.999].map((jitter) =>
      plan({ token: token({ first: true }), jitter }),
    );
    expect(ages).toEqual(ages.toSorted((a, b) => a - b));
    expect([(ages[0] ?? 0) < 0.01 * HOUR_MS, (ages[4] ?? 0) > 0.85 * HOUR_MS]).toEqual([
      true,
      true,
    ]);
  });

  describe('after a failure', () => {
    it.each([
      [1, 1000],
      [2, 2000],
      [3, 4000],
      [5, 16_000],
      [6, 30_000],
      [60, 30_000],
      [5000, 30_000],
    ])('pauses longer each time without a token: attempt %i, %i ms', (attempt, pauseMs) => {
      expect(plan({ token: undefined, failure: failure({ attempt }) })).toBe(pauseMs);
    });

    it.each([
      [1, 10_000],
      [2, 20_000],
      [6, 300_000],
      [60, 300_000],
    ])('pauses longer where time mends nothing: attempt %i, %i ms', (attempt, pauseMs) => {
      const refusal = failure({ attempt, retryable: false });
      expect(plan({ token: undefined, failure: refusal })).toBe(pauseMs);
    });

    it('leaves time for the next question before a viewer is told of the first failure', () => {
      const pauseMs = plan({ token: undefined, failure: failure(), jitter: 0.999_999 });
      expect(pauseMs).toBeLessThanOrEqual(PATIENCE_MS - 1000);
    });

    it('pauses the same after a refused token as without one', () => {
      expect(plan({ token: token({ refused: true }), failure: failure() })).toBe(1000);
    });

    it.each([
      [0, 500],
      [0.999, 1499],
    ])('spreads pauses: jitter %d, %i ms', (jitter, pauseMs) => {
      expect(plan({ token: undefined, failure: failure(), jitter })).toBe(pauseMs);
    });

    it('has patience while the token still lives long', () => {
      expect(plan({ failure: failure() })).toBe(HOUR_MS / 4);
    });

    it('asks once more before a living token ends', () => {
      const ending = token({ obtainedAtMs: NOW_MS - HOUR_MS, expiresAtMs: NOW_MS + 60_000 });
      expect(plan({ token: ending, failure: failure({ attempt: 6 }), jitter: 0.99 })).toBe(
        40_000 + 4700,
      );
      expect(plan({ token: ending, failure: failure({ attempt: 9, retryable: false }) })).toBe(
        55_000,
      );
    });

    it('is left alone for as long as the endpoint asked, even beyond the end of the token', () => {
      const property = fc.property(
        jitters,
        fc.integer({ min: 1, max: DAY_MS }),
        fc.integer({ min: 1, max: 100 }),
        fc.boolean(),
        fc.option(lifetimes, { nil: undefined }),
        (jitter, retryAfterMs, attempt, retryable, leftMs) => {
          const asked = failure({ attempt, retryable, retryAfterMs });
          const held = leftMs === undefined ? undefined : token({ expiresAtMs: NOW_MS + leftMs });
          const planned = plan({ token: held, failure: asked, jitter });
          expect(planned).toBeGreaterThanOrEqual(retryAfterMs);
        },
      );
      fc.assert(property, { numRuns: 1000 });
    });

    it('never asks again within half a second, nor in more than five minutes of need', () => {
      const property = fc.property(
        jitters,
        fc.integer({ min: 1, max: 10_000 }),
        fc.boolean(),
        fc.boolean(),
        fc.option(fc.integer({ min: -HOUR_MS, max: 10_000 }), { nil: undefined }),
        (jitter, attempt, retryable, refused, leftMs) => {
          const held =
            leftMs === undefined
              ? undefined
              : token({ obtainedAtMs: NOW_MS - HOUR_MS, expiresAtMs: NOW_MS + leftMs, refused });
          const planned = plan({ token: held, failure: failure({ attempt, retryable }), jitter });
          expect(planned).toBeGreaterThanOrEqual(500);
          expect(planned).toBeLessThanOrEqual(450_000);
        },
      );
      fc.assert(property, { numRuns: 1000 });
    });

    it.each([10_000, HOUR_MS, DAY_MS])(
      'asks a failing endpoint a few times while a token of %i ms lives',
      (lifetimeMs) => {
        const held = token({ expiresAtMs: NOW_MS + lifetimeMs });
        let afterMs = plan({ token: held });
        let attempt = 0;
        while (afterMs < lifetimeMs) {
          attempt += 1;
          const nowMs = NOW_MS + afterMs;
          afterMs += plan({ nowMs, token: held, failure: failure({ attempt, atMs: nowMs }) });
        }
        expect(attempt).toBeGreaterThanOrEqual(4);
        expect(attempt).toBeLessThanOrEqual(30);
      },
    );
  });

  it('is always a time, or never', () => {
    const times = fc.oneof(
      fc.double({ min: -DAY_MS, max: DAY_MS, noNaN: true }),
      fc.constantFrom(0, Infinity),
    );
    const property = fc.property(
      fc.option(fc.record({ age: times, left: times, refused: fc.boolean(), first: fc.boolean() })),
      fc.option(fc.record({ ago: times, attempt: fc.nat(), asked: fc.option(times) })),
      times,
      jitters,
      (held, failed, neededForMs, jitter) => {
        const planned = plan({
          token:
            held === null
              ? undefined
              : token({
                  obtainedAtMs: NOW_MS - (Number.isFinite(held.age) ? held.age : 0),
                  expiresAtMs: NOW_MS + held.left,
                  refused: held.refused,
                  first: held.first,
                }),
          failure:
            failed === null
              ? undefined
              : failure({
                  atMs: NOW_MS - (Number.isFinite(failed.ago) ? failed.ago : 0),
                  attempt: failed.attempt,
                  retryAfterMs: failed.asked ?? undefined,
                }),
          neededForMs,
          jitter,
        });
        expect(planned).not.toBeNaN();
        expect(planned).toBeGreaterThan(-Infinity);
      },
    );
    fc.assert(property, { numRuns: 2000 });
  });
});
