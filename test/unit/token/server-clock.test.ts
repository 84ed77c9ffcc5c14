import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServerClock } from '../../../src/token/server-clock.js';
import { FakeTime } from '../../support/fake-time.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Asks a server whose clock is right; it writes its `Date` after `thereMs`. */
async function sample(clock: ServerClock, time: FakeTime, thereMs = 0, backMs = 0): Promise<void> {
  const sentAtMs = time.monotonicMs();
  await time.advance(thereMs);
  const serverDateMs = Math.floor(time.realMs / 1000) * 1000;
  await time.advance(backMs);
  clock.observe({ serverDateMs, sentAtMs, receivedAtMs: time.monotonicMs() });
}

const errorMs = (clock: ServerClock, time: FakeTime): number => clock.nowMs() - time.realMs;

describe('ServerClock', () => {
  it.each([-DAY_MS, 0, DAY_MS])("begins with the device's clock, %i ms off", (wallErrorMs) => {
    const time = new FakeTime(wallErrorMs);
    const clock = new ServerClock(time);
    expect([clock.synchronized, errorMs(clock, time)]).toEqual([false, wallErrorMs]);
  });

  it.each([-DAY_MS, DAY_MS])(
    'knows the time from one Date on a device that is %i ms off',
    async (wallErrorMs) => {
      const time = new FakeTime(wallErrorMs);
      const clock = new ServerClock(time);
      await sample(clock, time, 40, 40);
      expect(clock.synchronized).toBe(true);
      expect(Math.abs(errorMs(clock, time))).toBeLessThanOrEqual(540);
    },
  );

  it('goes on with the monotonic clock', async () => {
    const time = new FakeTime();
    const clock = new ServerClock(time);
    await sample(clock, time);
    const before = errorMs(clock, time);
    await time.advance(HOUR_MS);
    expect(errorMs(clock, time)).toBe(before);
  });

  it('is never further off than half of the round trip and half a second', async () => {
    const trip = fc.record({
      pauseMs: fc.integer({ min: 0, max: 100_000 }),
      thereMs: fc.integer({ min: 0, max: 3000 }),
      backMs: fc.integer({ min: 0, max: 3000 }),
    });
    const property = fc.asyncProperty(
      fc.integer({ min: -DAY_MS, max: DAY_MS }),
      fc.array(trip, { minLength: 1, maxLength: 6 }),
      async (wallErrorMs, trips) => {
        const time = new FakeTime(wallErrorMs);
        const clock = new ServerClock(time);
        let boundMs = Infinity;
        for (const { pauseMs, thereMs, backMs } of trips) {
          await time.advance(pauseMs);
          await sample(clock, time, thereMs, backMs);
          boundMs = Math.min(boundMs, (thereMs + backMs + 1000) / 2);
          expect(Math.abs(errorMs(clock, time))).toBeLessThanOrEqual(clock.uncertaintyMs);
          expect(clock.uncertaintyMs).toBeLessThanOrEqual(boundMs);
        }
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  it('narrows the bounds that agree', async () => {
    const time = new FakeTime();
    const clock = new ServerClock(time);
    for (let i = 0; i < 20; i += 1) {
      await sample(clock, time, 10, 10);
      await time.advance(1050);
    }
    expect(Math.abs(errorMs(clock, time))).toBeLessThanOrEqual(50);
  });

  it("follows a server whose clock is set, because only that server's time counts", () => {
    const time = new FakeTime();
    const clock = new ServerClock(time);
    const atMs = time.monotonicMs();
    clock.observe({ serverDateMs: time.realMs, sentAtMs: atMs, receivedAtMs: atMs });
    clock.observe({ serverDateMs: time.realMs + HOUR_MS, sentAtMs: atMs, receivedAtMs: atMs });
    expect(errorMs(clock, time)).toBe(HOUR_MS + 500);
  });

  describe("when the device's clock runs ahead of the monotonic one", () => {
    it('offers both readings, because time may have been slept away', async () => {
      const time = new FakeTime();
      const clock = new ServerClock(time);
      await sample(clock, time);
      time.sleep(8 * HOUR_MS);
      expect(clock.doubtful).toBe(true);
      expect(clock.latestMs() - clock.nowMs()).toBe(8 * HOUR_MS);
      expect(Math.abs(clock.latestMs() - time.realMs)).toBeLessThanOrEqual(500);
    });

    it('has its doubt settled by the next Date after a sleep', async () => {
      const time = new FakeTime();
      const clock = new ServerClock(time);
      await sample(clock, time);
      time.sleep(8 * HOUR_MS);
      await sample(clock, time);
      expect(clock.doubtful).toBe(false);
      expect(Math.abs(errorMs(clock, time))).toBeLessThanOrEqual(500);
      expect(clock.latestMs()).toBe(clock.nowMs());
    });

    it('has its doubt settled by the next Date after the clock was set', async () => {
      const time = new FakeTime();
      const clock = new ServerClock(time);
      await sample(clock, time);
      time.wallErrorMs = DAY_MS;
      expect(clock.doubtful).toBe(true);
      await sample(clock, time);
      expect([clock.doubtful, Math.abs(errorMs(clock, time)) <= 500]).toEqual([false, true]);
    });

    it('believes the device where no Date can be read', async () => {
      const time = new FakeTime();
      const clock = new ServerClock(time);
      await sample(clock, time);
      time.sleep(8 * HOUR_MS);
      clock.trustDevice();
      expect([clock.doubtful, Math.abs(errorMs(clock, time)) <= 500]).toEqual([false, true]);
    });

    it('adds up what is slept in several naps', async () => {
      const time = new FakeTime();
      const clock = new ServerClock(time);
      time.sleep(1500);
      await time.advance(1000);
      time.sleep(1500);
      expect([clock.doubtful, clock.latestMs() - time.realMs]).toEqual([true, 0]);
    });
  });

  it('calls a small correction of the device no sleep', () => {
    const time = new FakeTime();
    const clock = new ServerClock(time);
    time.wallErrorMs = 1900;
    expect([clock.doubtful, clock.latestMs()]).toEqual([false, clock.nowMs()]);
  });

  it("does not mind the device's clock being set back", async () => {
    const time = new FakeTime();
    const clock = new ServerClock(time);
    await sample(clock, time);
    const before = errorMs(clock, time);
    time.wallErrorMs = -DAY_MS;
    expect([clock.doubtful, errorMs(clock, time)]).toEqual([false, before]);
  });

  it('knows of a sleep after the clock was set back', async () => {
    const time = new FakeTime();
    const clock = new ServerClock(time);
    await sample(clock, time);
    time.wallErrorMs = -DAY_MS;
    expect(clock.doubtful).toBe(false);
    time.sleep(HOUR_MS);
    expect([clock.doubtful, clock.latestMs() - clock.nowMs()]).toEqual([true, HOUR_MS]);
  });

  it('loses its doubt when the clock that was set ahead is set right again', async () => {
    const time = new FakeTime();
    const clock = new ServerClock(time);
    await sample(clock, time);
    time.wallErrorMs = DAY_MS;
    expect(clock.doubtful).toBe(true);
    time.wallErrorMs = 0;
    expect([clock.doubtful, clock.latestMs()]).toEqual([false, clock.nowMs()]);
  });

  it("takes the device's clock as it is now where no server ever told the time", () => {
    const time = new FakeTime(DAY_MS);
    const clock = new ServerClock(time);
    time.wallErrorMs = 0;
    clock.trustDevice();
    expect([clock.synchronized, errorMs(clock, time)]).toEqual([false, 0]);
  });
});
