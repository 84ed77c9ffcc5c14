import { describe, expect, it } from 'vitest';
import { StallMeter } from '../../../demo/page/recording/stall-meter.js';

const PLAYING = { paused: false, seeking: false, ended: false };

function play(...events: readonly (readonly [type: string, atMs: number, state?: object])[]) {
  const meter = new StallMeter();
  for (const [type, atMs, state] of events) meter.take(type, { ...PLAYING, ...state }, atMs);
  return meter;
}

describe('StallMeter', () => {
  it('measures from waiting to playing', () => {
    const meter = play(['playing', 0], ['waiting', 1000], ['playing', 1250], ['waiting', 2000]);
    expect(meter.count).toBe(2);
    expect(meter.totalMs(2100)).toBe(350);
    expect(meter.stalls).toEqual([
      { fromMs: 1000, toMs: 1250 },
      { fromMs: 2000, toMs: undefined },
    ]);
  });

  it('counts one stall where several events tell of it', () => {
    const meter = play(['playing', 0], ['emptied', 100], ['waiting', 120], ['playing', 400]);
    expect(meter.count).toBe(1);
    expect(meter.totalMs(900)).toBe(300);
  });

  it.each([
    ['the first start', [['waiting', 0]]],
    [
      'a seek',
      [
        ['playing', 0],
        ['seeking', 10, { seeking: true }],
        ['waiting', 11, { seeking: true }],
      ],
    ],
    [
      'a pause',
      [
        ['playing', 0],
        ['waiting', 10, { paused: true }],
      ],
    ],
    [
      'the end',
      [
        ['playing', 0],
        ['ended', 10, { ended: true }],
        ['waiting', 11],
      ],
    ],
  ] as const)('leaves out %s', (_name, events) => {
    expect(play(...events).count).toBe(0);
  });

  it('takes a source that is set again under the playing video for a stall, with its seek', () => {
    const meter = play(
      ['playing', 0],
      ['emptied', 1000],
      ['seeking', 1100, { seeking: true }],
      ['playing', 1600],
    );
    expect(meter.totalMs(2000)).toBe(600);
  });

  it('begins anew with another video', () => {
    const meter = play(['playing', 0], ['waiting', 100]);
    meter.restart();
    meter.take('emptied', PLAYING, 200);
    expect(meter.count).toBe(0);
  });
});
