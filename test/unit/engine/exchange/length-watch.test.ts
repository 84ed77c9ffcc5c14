import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LengthWatch } from '../../../../src/engine/exchange/length-watch.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('LengthWatch', () => {
  it.each([
    ['whose length grows by a segment', [24, 28], true],
    ['that says so itself', [Infinity], true],
    ['whose length is corrected a little', [128, 128.3], false],
    ['that gets shorter', [128, 120], false],
    ['that tells no length yet', [NaN, 0], false],
  ])('takes what is played in a player %s for live: %s, %s', (_, told, isLive) => {
    const length = new LengthWatch();
    for (const seconds of told) length.note(seconds);
    expect(length.isLive).toBe(isLive);
  });

  it('does not take another player with a longer window for growth', () => {
    const length = new LengthWatch();
    length.note(24);
    length.restart();
    length.note(28);
    expect(length.isLive).toBe(false);
  });

  it('knows for good what was live once', () => {
    const length = new LengthWatch();
    length.note(Infinity);
    length.restart();
    length.note(24);
    vi.advanceTimersByTime(60_000);
    expect([length.isLive, length.mayBeLive]).toEqual([true, true]);
  });

  it('takes a video for one when its length has not grown for longer than any segment', () => {
    const length = new LengthWatch();
    vi.advanceTimersByTime(60_000);
    expect(length.mayBeLive).toBe(true);
    length.note(128);
    vi.advanceTimersByTime(14_900);
    expect(length.mayBeLive).toBe(true);
    vi.advanceTimersByTime(200);
    expect(length.mayBeLive).toBe(false);
    length.restart();
    expect(length.mayBeLive).toBe(true);
  });
});
