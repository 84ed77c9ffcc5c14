import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { restWhilePaused } from '../../../../src/engine/hls/rest-while-paused.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** As much of a video and of hls.js as it takes. */
class FakeVideo extends EventTarget {
  paused = false;
  duration = Infinity;

  tell(type: string): void {
    if (type === 'pause') this.paused = true;
    if (type === 'play') this.paused = false;
    this.dispatchEvent(new Event(type));
  }
}

function attach() {
  const calls: string[] = [];
  const video = new FakeVideo();
  const hls = { startLoad: () => calls.push('start'), stopLoad: () => calls.push('stop') };
  const stop = restWhilePaused(hls, video as never);
  return { calls, video, stop };
}

describe('restWhilePaused', () => {
  it('stops loading a live stream that stays paused, and starts again with it', () => {
    const { calls, video } = attach();
    video.tell('pause');
    vi.advanceTimersByTime(60_000);
    expect(calls).toEqual(['stop']);
    video.tell('play');
    expect(calls).toEqual(['stop', 'start']);
  });

  it('does nothing for a short pause', () => {
    const { calls, video } = attach();
    video.tell('pause');
    vi.advanceTimersByTime(2000);
    video.tell('play');
    vi.advanceTimersByTime(60_000);
    expect(calls).toEqual([]);
  });

  it('loads what is sought while it is paused, and rests again', () => {
    const { calls, video } = attach();
    video.tell('pause');
    vi.advanceTimersByTime(10_000);
    video.tell('seeking');
    video.tell('seeked');
    vi.advanceTimersByTime(10_000);
    expect(calls).toEqual(['stop', 'start', 'stop']);
  });

  it('leaves alone what has an end: its lists are not asked for again', () => {
    const { calls, video } = attach();
    video.duration = 128;
    video.tell('pause');
    vi.advanceTimersByTime(60_000);
    expect(calls).toEqual([]);
  });

  it('leaves nothing behind', () => {
    const { calls, video, stop } = attach();
    video.tell('pause');
    stop();
    video.tell('pause');
    expect(vi.getTimerCount()).toBe(0);
    expect(calls).toEqual([]);
  });
});
