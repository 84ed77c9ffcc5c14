import { describe, expect, it } from 'vitest';
import type { FrameLog, Picture } from '../../bench/renewal/frame-log.js';
import { readExchanges, readSight } from '../../bench/renewal/sight.js';

/** A player's pictures, 25 in a second, each shown as many milliseconds after its time as it is late. */
function shown(frame: number, fromMs: number, toMs: number, lateMs = 0): Picture[] {
  const pictures: Picture[] = [];
  for (let ms = fromMs; ms < toMs; ms += 40) {
    pictures.push({ frame, atMs: ms + lateMs, mediaSeconds: ms / 1000 });
  }
  return pictures;
}

function exchange(first: Picture[], second: Picture[], atMs: number): FrameLog {
  return {
    pictures: [...first, ...second].toSorted((one, other) => one.atMs - other.atMs),
    fronts: [
      { frame: 0, atMs: 0 },
      { frame: 1, atMs },
    ],
  };
}

describe('what a viewer sees of an exchange', () => {
  it('is the next picture in its time, where the players are at the same place', () => {
    const log = exchange(shown(0, 0, 2000), shown(1, 1000, 4000), 1501);
    expect(readExchanges(log, 4000)).toEqual([{ darkMs: 40, offMs: 0 }]);
    expect(readSight(log, 4000)).toEqual({ longestGapMs: 40, frozenMs: 0, jumps: 0 });
  });

  it('is dark for as long as the next player is late', () => {
    const log = exchange(shown(0, 0, 2000), shown(1, 1000, 4000, 30), 1501);
    expect(readExchanges(log, 4000)).toEqual([{ darkMs: 70, offMs: 30 }]);
  });

  it('is the picture that the next player shows already, once it is drawn, if that is a newer one', () => {
    const log = exchange(shown(0, 0, 1500), shown(1, 1000, 4000), 1525);
    // The last one was at 1480, the next player's own at 1520; its next one comes at 1560.
    expect(readExchanges(log, 4000)).toEqual([{ darkMs: 62, offMs: 0 }]);
    const frozen = exchange(shown(0, 0, 1500), shown(1, 1000, 1521), 1525);
    expect(readExchanges(frozen, 4000)).toEqual([{ darkMs: 4000 - 1542, offMs: Infinity }]);
  });

  it('is no picture that was seen before', () => {
    const log = exchange(shown(0, 0, 1500), shown(1, 1000, 4000, 45), 1525);
    expect(readExchanges(log, 4000)).toEqual([{ darkMs: 85, offMs: 45 }]);
  });

  it('is dark to the end, where no picture comes any more', () => {
    const log = exchange(shown(0, 0, 2000), shown(1, 1000, 1400), 1501);
    expect(readExchanges(log, 4000)).toEqual([{ darkMs: 4000 - 1480, offMs: Infinity }]);
    expect(readSight(log, 4000)).toMatchObject({ longestGapMs: 4000 - 1480 });
  });

  it('is a jump, where the next player is elsewhere', () => {
    const log = exchange(shown(0, 0, 2000), shown(1, 1000, 4000, -500), 1501);
    expect(readExchanges(log, 4000)[0]?.offMs).toBe(500);
    expect(readSight(log, 4000).jumps).toBe(1);
  });
});
