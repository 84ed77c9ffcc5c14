import { describe, expect, it } from 'vitest';
import {
  findLoadedAfter,
  findNearestLoaded,
  listLoaded,
} from '../../../../src/engine/exchange/loaded-ranges.js';

const RANGES: TimeRanges = {
  length: 2,
  start: (index) => [0, 8][index] ?? NaN,
  end: (index) => [4, 20][index] ?? NaN,
};

describe('what a player has loaded', () => {
  it('is listed, by another clock where need be', () => {
    expect(listLoaded(RANGES)).toEqual([
      [0, 4],
      [8, 20],
    ]);
    expect(listLoaded(RANGES, 100)).toEqual([
      [100, 104],
      [108, 120],
    ]);
  });

  it.each([[undefined], [null], [{}], [{ length: 2 }], [[[0, 4]]]])(
    'is nothing where the player tells of %j',
    (told) => {
      expect(listLoaded(told as unknown as TimeRanges)).toEqual([]);
    },
  );

  it.each([
    [3, 1],
    [8, 12],
    [20, 0],
    [6, undefined],
    [21, undefined],
  ])('from %d on lasts for %s s', (seconds, expected) => {
    expect(findLoadedAfter(listLoaded(RANGES), seconds)).toBe(expected);
  });

  it.each([
    ['where it is loaded', 9, 9],
    ['the beginning of what is loaded, just before it', 7.96, 8.01],
    ['where it is, too far before it', 7.8, 7.8],
    ['where it is, behind all of it', 25, 25],
  ])('is nearest %s', (_, seconds, expected) => {
    expect(findNearestLoaded(listLoaded(RANGES), seconds)).toBeCloseTo(expected, 6);
  });
});
