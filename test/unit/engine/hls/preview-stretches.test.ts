import { describe, expect, it } from 'vitest';
import { divideIntoStretches } from '../../../../src/engine/hls/preview-stretches.js';

describe('divideIntoStretches', () => {
  it.each([
    ['a clip', 1.2, 1, 1.2],
    ['a short video', 128.02, 64, 2],
    ['a talk', 1234, 95, 13],
    ['a film', 7200, 100, 72],
  ])('divides %s', (_name, durationSeconds, count, lengthSeconds) => {
    const stretches = divideIntoStretches(durationSeconds);
    expect(stretches).toHaveLength(count);
    expect(stretches[0]).toMatchObject({ startSeconds: 0, endSeconds: lengthSeconds });
    expect(stretches.at(-1)?.endSeconds).toBe(durationSeconds);
  });

  it('leaves no gap, and takes each picture from within', () => {
    for (const durationSeconds of [0.4, 3, 59.9, 128.02, 3601.5, 86_400]) {
      let endSeconds = 0;
      for (const stretch of divideIntoStretches(durationSeconds)) {
        expect(stretch.startSeconds).toBe(endSeconds);
        ({ endSeconds } = stretch);
        expect(Number.isInteger(stretch.pictureSeconds)).toBe(true);
        expect(stretch.pictureSeconds).toBeGreaterThanOrEqual(stretch.startSeconds);
        expect(stretch.pictureSeconds).toBeLessThan(endSeconds);
      }
      expect(endSeconds).toBe(durationSeconds);
    }
  });
});
