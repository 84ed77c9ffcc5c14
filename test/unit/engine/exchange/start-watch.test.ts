import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StartWatch } from '../../../../src/engine/exchange/start-watch.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('StartWatch', () => {
  it('tells for how long a player has moved, from when it says so', () => {
    const start = new StartWatch();
    start.start(0);
    vi.advanceTimersByTime(300);
    start.look(4);
    expect(start.movingForMs).toBeUndefined();
    start.noteMotion();
    vi.advanceTimersByTime(200);
    start.noteMotion();
    expect(start.movingForMs).toBe(200);
  });

  it('takes one that says nothing to move after a second', () => {
    const start = new StartWatch();
    start.start(0);
    vi.advanceTimersByTime(1001);
    start.look(4);
    expect(start.movingForMs).toBe(0);
  });

  it('counts the time to play from the first start, and motion from the last', () => {
    const start = new StartWatch();
    expect(start.playingForMs).toBe(0);
    start.start(0);
    start.noteMotion();
    vi.advanceTimersByTime(400);
    start.stop();
    expect(start.isStarted).toBe(false);
    start.start(0);
    expect([start.isStarted, start.playingForMs, start.movingForMs]).toEqual([
      true,
      400,
      undefined,
    ]);
  });

  it('tells how long a start took by how far the player fell behind, once', () => {
    const start = new StartWatch();
    start.start(-0.2);
    expect(start.measure(0.1)).toBeCloseTo(0.3);
    expect(start.measure(0.2)).toBeUndefined();
    start.stop();
    start.start(0);
    expect(start.measure(0.08)).toBeCloseTo(0.08);
  });

  it.each<[string, (start: StartWatch) => void]>([
    ['it has sought since', (start) => start.noteSeek()],
    [
      'it has stopped for its network',
      (start) => {
        start.noteMotion();
        start.look(2);
      },
    ],
    ['it was stopped', (start) => start.stop()],
  ])('tells nothing of a start where %s', (_, happen) => {
    const start = new StartWatch();
    start.start(0);
    happen(start);
    expect(start.measure(1)).toBeUndefined();
  });

  it('measures a start that comes after a seek', () => {
    const start = new StartWatch();
    start.noteSeek();
    start.start(0);
    expect(start.measure(0.1)).toBeCloseTo(0.1);
  });
});
