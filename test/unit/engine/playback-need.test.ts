import { describe, expect, it } from 'vitest';
import type { EngineMedia } from '../../../src/engine/engine.js';
import { playbackNeedMs } from '../../../src/engine/playback-need.js';

type Ranges = readonly (readonly [number, number])[];

function media(overrides: Partial<EngineMedia> = {}, ranges: Ranges = []): EngineMedia {
  const buffered = {
    length: ranges.length,
    start: (index: number) => ranges[index]?.[0] ?? NaN,
    end: (index: number) => ranges[index]?.[1] ?? NaN,
  };
  const playing = {
    paused: false,
    ended: false,
    loop: false,
    duration: 100,
    currentTime: 40,
    playbackRate: 1,
    buffered,
    ...overrides,
  };
  // The rest of a media element is none of its business.
  return playing as EngineMedia;
}

const need = (overrides: Partial<EngineMedia>, ranges: Ranges = [], starting = false): number =>
  playbackNeedMs(media(overrides, ranges), starting);

describe('playbackNeedMs', () => {
  it('is the rest of the video', () => {
    expect(need({}, [[0, 60]])).toBe(60_000);
  });

  it('has no end while it may be a live stream, however much of its window is buffered', () => {
    expect(playbackNeedMs(media({}, [[0, 100]]), false, true)).toBe(Infinity);
    expect(playbackNeedMs(media({ paused: true }, [[0, 100]]), false, true)).toBe(0);
    expect(playbackNeedMs(media({ ended: true }, [[0, 100]]), false, true)).toBe(0);
  });

  it.each([
    [2, 30_000],
    [0.5, 120_000],
    [0, 600_000],
    [-1, 600_000],
  ])('depends on the speed: %d', (playbackRate, needMs) => {
    expect(need({ playbackRate })).toBe(needMs);
  });

  it.each([{ paused: true }, { ended: true }, { ended: true, loop: true }])(
    'is nothing while nobody plays: %j',
    (overrides) => {
      expect(need(overrides)).toBe(0);
    },
  );

  it('is the whole of a video that is about to start', () => {
    expect(need({ paused: true, currentTime: 0 }, [], true)).toBe(100_000);
  });

  it.each([
    ['all of it', [[0, 100]], 0],
    ['all that is left', [[30, 99.6]], 0],
    [
      'the end, but not what comes before',
      [
        [0, 50],
        [90, 100],
      ],
      60_000,
    ],
    ['all but the end', [[0, 99]], 60_000],
  ] as const)('with %s buffered', (_, ranges, needMs) => {
    expect(need({}, ranges)).toBe(needMs);
  });

  it.each([
    ['all of it', [[0, 100]], 0],
    ['all that is left', [[30, 100]], Infinity],
    [
      'two parts',
      [
        [0, 50],
        [60, 100],
      ],
      Infinity,
    ],
    ['nothing', [], Infinity],
  ] as const)('of a loop, with %s buffered', (_, ranges, needMs) => {
    expect(need({ loop: true }, ranges)).toBe(needMs);
  });

  it.each([NaN, Infinity])('has no end where the video has none: %d', (duration) => {
    expect(need({ duration }, [[0, 60]])).toBe(Infinity);
  });
});
