import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseToken } from '../../../src/token/claims.js';
import { holdToken } from '../../../src/token/held-token.js';
import { ServerClock } from '../../../src/token/server-clock.js';
import { EPOCH_MS, FakeTime } from '../../support/fake-time.js';
import { fakeToken, VIDEO_ID } from '../../support/fake-token.js';
import { anyClaims, anyToken, brokenToken, check, checkTold } from '../../support/fuzz.js';

const DAY_MS = 86_400_000;
const PATIENCE_MS = 180_000;

describe('any token', () => {
  it(
    'is read, or refused in a way that is told: 60,000 tokens',
    () => {
      let read = 0;
      const property = fc.property(fc.oneof(anyToken, brokenToken, fc.string()), (text) => {
        try {
          const { expSeconds = 0, nbfSeconds = 0 } = parseToken(text).claims;
          read += 1;
          check(Number.isFinite(expSeconds) && expSeconds >= 0, `no time: ${expSeconds}`);
          check(Number.isFinite(nbfSeconds) && nbfSeconds >= 0, `no time: ${nbfSeconds}`);
        } catch (error) {
          checkTold(error);
        }
      });
      fc.assert(property, { numRuns: 60_000 });
      expect(read).toBeGreaterThan(10_000);
    },
    PATIENCE_MS,
  );

  it(
    'is held with times that make sense, on any device: 40,000 claims and clocks',
    () => {
      const property = fc.property(
        anyClaims,
        fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS }),
        fc.boolean(),
        fc.option(fc.integer({ min: 3000, max: 100_000 }), { nil: undefined }),
        (claims, wallErrorMs, isKnown, learnedMs) => {
          const time = new FakeTime(wallErrorMs);
          const clock = new ServerClock(time);
          const atMs = time.monotonicMs();
          if (isKnown) {
            clock.observe({ serverDateMs: EPOCH_MS, sentAtMs: atMs, receivedAtMs: atMs });
          }
          try {
            const held = holdToken(parseToken(fakeToken(claims)), VIDEO_ID, clock, learnedMs);
            check(held.expiresAtMs >= held.obtainedAtMs, 'a life is not less than nothing');
            check(held.startsAtMs >= 0, 'a beginning is a time');
            check(!(isKnown && held.guessed), 'nothing is guessed where a server tells the time');
          } catch (error) {
            checkTold(error);
          }
        },
      );
      fc.assert(property, { numRuns: 40_000 });
    },
    PATIENCE_MS,
  );
});
