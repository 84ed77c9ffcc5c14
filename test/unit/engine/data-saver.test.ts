import { describe, expect, it } from 'vitest';
import { pickSavingLevel } from '../../../src/engine/data-saver.js';

describe('pickSavingLevel', () => {
  it.each([
    [[240, 360, 480, 720, 1080], 2],
    [[360, 720], 0],
    [[720, 1080], 0],
    [[240], 0],
    [[], 0],
  ])('of %j takes the largest that saves data', (heights, index) => {
    expect(pickSavingLevel(heights)).toBe(index);
  });
});
