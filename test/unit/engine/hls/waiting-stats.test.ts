import { describe, expect, it } from 'vitest';
import { createWaitingStats } from '../../../../src/engine/hls/waiting-stats.js';

describe('createWaitingStats', () => {
  it('starts now for as long as the request waits', () => {
    let nowMs = 1000;
    const stats = createWaitingStats(() => nowMs);
    expect(stats.loading.start).toBe(1000);
    nowMs = 9000;
    expect(stats.loading.start).toBe(9000);
  });

  it('is filled in by the loader from when the request is sent', () => {
    let nowMs = 1000;
    const stats = createWaitingStats(() => nowMs);
    stats.begin();
    expect(stats.loading.start).toBe(0);
    stats.loading.start = 1500;
    nowMs = 9000;
    expect(stats.loading.start).toBe(1500);
  });

  it('keeps nothing of a try before', () => {
    const stats = createWaitingStats(() => 1000);
    stats.begin();
    Object.assign(stats, { loaded: 5, total: 7, aborted: true });
    Object.assign(stats.loading, { start: 1, first: 2, end: 3 });
    stats.begin();
    expect(stats).toMatchObject({ loaded: 0, total: 0, aborted: false });
    expect(stats.loading).toEqual({ start: 0, first: 0, end: 0 });
  });

  it('stays the same object, which hls.js holds on to', () => {
    const stats = createWaitingStats(() => 1000);
    const { loading } = stats;
    stats.begin();
    expect(stats.loading).toBe(loading);
  });
});
