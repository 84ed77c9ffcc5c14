import { describe, expect, it } from 'vitest';
import { EdgeWatch } from '../../../../src/engine/exchange/edge-watch.js';

type Told = readonly (readonly [atMs: number, durationSeconds: number])[];

/** A player that has told these lengths, each at its time. */
function watch(...told: Told): EdgeWatch {
  return watchAfter(undefined, ...told);
}

function watchAfter(before: EdgeWatch | undefined, ...told: Told): EdgeWatch {
  const edge = new EdgeWatch(before);
  for (const [atMs, durationSeconds] of told) edge.note(durationSeconds, atMs);
  return edge;
}

describe('EdgeWatch', () => {
  it('tells how long it is until the player fetches its list again, and until before that', () => {
    const edge = watch([1000, 24], [5000, 28]);
    expect(edge.untilBeforeNextMs(0, 6000)).toBe(3000);
    expect(edge.untilBeforeNextMs(200, 6000)).toBe(2800);
  });

  it('tells of the time after the next one where it is too late for that', () => {
    const edge = watch([1000, 24], [5000, 28]);
    expect(edge.untilBeforeNextMs(200, 8900)).toBe(3900);
    expect(edge.untilBeforeNextMs(200, 8800)).toBe(4000);
    expect(edge.untilBeforeNextMs(5000, 8000)).toBe(4000 - 3000 - 1000 + 4000);
  });

  it('goes by the last time, and takes no longer buffer for a segment', () => {
    const edge = watch([1000, 24], [5000, 28], [5400, 28.02], [8000, 31]);
    expect(edge.untilBeforeNextMs(0, 8000)).toBe(3000);
  });

  it.each([
    ['has told nothing', []],
    ['has told one length', [[1000, 24]]],
    ['tells no length', [[1000, NaN] as const, [5000, Infinity] as const]],
  ] as const)('knows nothing of a player that %s', (_, told) => {
    expect(watch(...told).untilBeforeNextMs(0, 4_000_000)).toBeUndefined();
  });

  it.each([
    ['that was loaded anew', watch([1000, 24], [5000, 28], [7000, 24])],
    ['that was asleep', watch([1000, 24], [5000, 28], [3_607_000, 60])],
    ['that takes over from another one', watchAfter(watch([1000, 24], [5000, 28]), [7000, 24])],
  ])('keeps the rhythm of a player %s', (_, edge) => {
    expect((edge.untilBeforeNextMs(0, 3_608_000) ?? 0) % 4000).toBe(3000);
  });

  it('does not know when a player goes on that has told nothing, whatever the one before it did', () => {
    expect(watchAfter(watch([1000, 24], [5000, 28])).untilBeforeNextMs(0, 6000)).toBeUndefined();
  });

  it.each([
    [9000, 0],
    [9150, 150],
    [8900, 100],
    [11_000, 2000],
    [12_999, 1],
  ])('tells how far from the nearest of those times it is at %d ms', (atMs, awayMs) => {
    expect(watch([1000, 24], [5000, 28]).awayMs(atMs)).toBe(awayMs);
  });

  it('takes no time for far away where the rhythm is not known', () => {
    expect(watch([1000, 24]).awayMs(2000)).toBe(0);
    expect(watch().awayMs(2000)).toBe(0);
  });
});
