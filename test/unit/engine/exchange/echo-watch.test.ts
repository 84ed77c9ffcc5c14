import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EchoWatch } from '../../../../src/engine/exchange/echo-watch.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('EchoWatch', () => {
  it('catches changes of sound and speed just after a player was shown, and nothing else', () => {
    const echo = new EchoWatch();
    expect(echo.catches('volumechange')).toBe(false);
    echo.begin();
    expect(echo.catches('volumechange')).toBe(true);
    expect(echo.catches('ratechange')).toBe(true);
    expect(echo.catches('playing')).toBe(false);
    vi.advanceTimersByTime(1500);
    expect(echo.catches('volumechange')).toBe(false);
  });

  it('has what was caught judged once, when no echo can come any more', () => {
    const echo = new EchoWatch();
    echo.begin();
    echo.catches('volumechange');
    vi.advanceTimersByTime(1400);
    expect(echo.isOver()).toBe(false);
    vi.advanceTimersByTime(100);
    expect([echo.isOver(), echo.isOver()]).toEqual([true, false]);
  });

  it('has nothing judged where nothing was caught', () => {
    const echo = new EchoWatch();
    echo.begin();
    vi.advanceTimersByTime(2000);
    expect(echo.isOver()).toBe(false);
  });

  it('catches nothing of what the page has changed itself', () => {
    const echo = new EchoWatch();
    echo.begin();
    echo.end();
    expect(echo.catches('volumechange')).toBe(false);
  });
});
