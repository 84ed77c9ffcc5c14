import { describe, expect, it } from 'vitest';
import { parseToken } from '../../../src/token/claims.js';
import { holdToken, type HeldToken } from '../../../src/token/held-token.js';
import { ServerClock } from '../../../src/token/server-clock.js';
import { EPOCH_MS, FakeTime } from '../../support/fake-time.js';
import {
  fakeToken,
  secondsFromStart,
  VIDEO_ID,
  type FakeClaims,
} from '../../support/fake-token.js';
import { codeOf } from '../../support/thrown.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A clock that a server has set, on a device that may be off. */
function knownClock(wallErrorMs = 0): ServerClock {
  const time = new FakeTime(wallErrorMs);
  const clock = new ServerClock(time);
  const atMs = time.monotonicMs();
  // Two dates that leave no room between them: the time is known to the millisecond.
  clock.observe({ serverDateMs: EPOCH_MS, sentAtMs: atMs, receivedAtMs: atMs });
  clock.observe({ serverDateMs: EPOCH_MS - 1000, sentAtMs: atMs, receivedAtMs: atMs });
  return clock;
}

function deviceClock(wallErrorMs = 0): ServerClock {
  return new ServerClock(new FakeTime(wallErrorMs));
}

function hold(claims: FakeClaims, clock: ServerClock, learnedMs?: number): HeldToken {
  const token = parseToken(fakeToken({ sub: VIDEO_ID, ...claims }));
  return holdToken(token, VIDEO_ID, clock, learnedMs);
}

const lifetimeMs = (held: HeldToken): number => held.expiresAtMs - held.obtainedAtMs;
const EXP_IN_AN_HOUR = secondsFromStart(3600);

describe('holdToken', () => {
  it.each([
    ['a number', EXP_IN_AN_HOUR],
    ['a text', String(EXP_IN_AN_HOUR)],
  ])('takes an exp that is %s', (_, exp) => {
    expect(hold({ exp }, knownClock())).toMatchObject({
      obtainedAtMs: EPOCH_MS,
      expiresAtMs: EPOCH_MS + HOUR_MS,
      startsAtMs: 0,
      guessed: false,
    });
  });

  it('takes a token without exp for one that never ends', () => {
    expect(hold({}, knownClock())).toMatchObject({ expiresAtMs: Infinity, guessed: false });
  });

  it('refuses a token for another video', () => {
    expect(codeOf(() => hold({ sub: 'other', exp: EXP_IN_AN_HOUR }, knownClock()))).toBe(
      'token-wrong-video',
    );
  });

  it('takes a token that says nothing of its video', () => {
    expect(lifetimeMs(hold({ sub: undefined, exp: EXP_IN_AN_HOUR }, knownClock()))).toBe(HOUR_MS);
  });

  it.each([-5, 0])('refuses a token that ended %i s ago by the server', (seconds) => {
    expect(codeOf(() => hold({ exp: secondsFromStart(seconds) }, knownClock()))).toBe(
      'token-expired',
    );
  });

  it("refuses a token that ended by the server, whatever the device's clock says", () => {
    expect(codeOf(() => hold({ exp: secondsFromStart(-5) }, knownClock(-DAY_MS)))).toBe(
      'token-expired',
    );
  });

  it.each([-DAY_MS, DAY_MS])(
    'takes a good token by the server on a device that is %i ms off',
    (wallErrorMs) => {
      expect(lifetimeMs(hold({ exp: EXP_IN_AN_HOUR }, knownClock(wallErrorMs)))).toBe(HOUR_MS);
    },
  );

  it('believes a long life where the server tells the time', () => {
    expect(lifetimeMs(hold({ exp: secondsFromStart(90_000) }, knownClock()))).toBe(90_000_000);
  });

  describe('without a server to tell the time', () => {
    it('believes a device whose clock makes sense', () => {
      const held = hold({ exp: EXP_IN_AN_HOUR }, deviceClock());
      expect([lifetimeMs(held), held.guessed]).toEqual([HOUR_MS, false]);
    });

    it.each([
      ['is over already', DAY_MS],
      ['runs for longer than Stream allows', -DAY_MS],
    ])('takes a token that %s for a clock that is wrong', (_, wallErrorMs) => {
      const held = hold({ exp: EXP_IN_AN_HOUR }, deviceClock(wallErrorMs));
      expect([lifetimeMs(held), held.guessed, held.startsAtMs]).toEqual([300_000, true, 0]);
    });

    it('knows from exp and nbf that a token lives shorter than assumed', () => {
      const claims = { exp: secondsFromStart(60), nbf: secondsFromStart(0) };
      expect(lifetimeMs(hold(claims, deviceClock(DAY_MS)))).toBe(60_000);
    });

    it('does not take the nbf of an hour ago that the API sets for the life of a token', () => {
      const claims = { exp: secondsFromStart(60), nbf: secondsFromStart(-3600) };
      expect(lifetimeMs(hold(claims, deviceClock(DAY_MS)))).toBe(300_000);
    });

    it.each([0, 60])('makes no life of nothing from an nbf %i s after exp', (seconds) => {
      const claims = { exp: secondsFromStart(60), nbf: secondsFromStart(60 + seconds) };
      expect(lifetimeMs(hold(claims, deviceClock(DAY_MS)))).toBe(300_000);
    });

    it.each([
      ['an exp of nearly nothing', { exp: 0.000_001 }, 300_000],
      ['an nbf just before exp', { exp: 1, nbf: 0.999_999 }, 3000],
    ])('guesses no life that could not be used from %s', (_, claims, expectedMs) => {
      expect(lifetimeMs(hold(claims, deviceClock()))).toBe(expectedMs);
    });

    it.each([-DAY_MS, 0, DAY_MS])(
      'goes by what refusals have taught, on a device that is %i ms off',
      (wallErrorMs) => {
        const held = hold({ exp: EXP_IN_AN_HOUR }, deviceClock(wallErrorMs), 9000);
        expect([lifetimeMs(held), held.guessed]).toEqual([9000, true]);
      },
    );

    it('does not stretch what a sensible clock says to what refusals have taught', () => {
      expect(lifetimeMs(hold({ exp: secondsFromStart(5) }, deviceClock(), 9000))).toBe(5000);
    });
  });

  describe('with an nbf', () => {
    it.each([
      ['ahead', 600, EPOCH_MS + 600_000],
      ['that has passed', -600, 0],
      ["of the issuer's clock, a second ahead", 1, 0],
    ])('%s', (_, seconds, startsAtMs) => {
      const claims = { exp: EXP_IN_AN_HOUR, nbf: secondsFromStart(seconds) };
      expect(hold(claims, knownClock()).startsAtMs).toBe(startsAtMs);
    });

    it('ahead only by the clock of the device lets Stream decide', () => {
      const claims = { exp: EXP_IN_AN_HOUR, nbf: secondsFromStart(0) };
      expect(hold(claims, deviceClock(-HOUR_MS)).startsAtMs).toBe(0);
    });
  });
});
