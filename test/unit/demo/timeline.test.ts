import { beforeEach, describe, expect, it } from 'vitest';
import { Recording } from '../../../demo/page/recording/recording.js';
import { toJson } from '../../../demo/page/timeline/export.js';
import { findMarkAt, stepFrom } from '../../../demo/page/timeline/find-mark.js';
import { layOut } from '../../../demo/page/timeline/lay-out.js';
import type { Look, Mark } from '../../../demo/page/timeline/scene.js';

let recording: Recording;

beforeEach(() => {
  recording = new Recording();
  const lane = recording.lane('hls');
  for (let atMs = 0; atMs <= 20_000; atMs += 250) {
    const positionSeconds = atMs / 1000;
    lane.sample({ atMs, positionSeconds, bufferedToSeconds: positionSeconds + 5 });
  }
  lane.addToken({ fromMs: 0, endsMs: 10_000, reason: 'initial' });
  lane.addToken({ fromMs: 8000, endsMs: 18_000, reason: 'scheduled' });
  lane.addToken({ fromMs: 15_000, endsMs: Infinity, reason: 'rejected' });
  lane.failures.push({ atMs: 14_000, code: 'endpoint-refused', status: 500 });
  lane.stalls = [{ fromMs: 12_000, toMs: 12_400 }];
  const request = { isBroken: false, bytes: 2500 };
  lane.requests.push(
    { ...request, fromMs: 1000, toMs: 1500, type: 'media', what: 'segment 1', status: 200 },
    { ...request, fromMs: 2000, toMs: 2100, type: 'playlist', what: 'playlist', status: 403 },
  );
});

function draw(fromMs = 0, toMs = 30_000) {
  return layOut(recording, { width: 1066, fromMs, toMs, nowMs: 20_000 });
}

function listMarks(look: Look, marks: readonly Mark[] = draw().marks): Mark[] {
  return marks.filter((mark) => mark.look === look);
}

describe('layOut', () => {
  it('draws tokens one after another, and what was left of each', () => {
    const used = listMarks('token');
    expect(used.map(({ text }) => text)).toEqual([
      'Token 1, good for 10.0 s',
      'Token 2, good for 10.0 s',
      'Token 3, without an end',
    ]);
    for (const [index, mark] of used.slice(1).entries()) {
      const before = used[index];
      expect(mark.x).toBeCloseTo((before?.x ?? 0) + (before?.width ?? 0), 3);
      expect(mark.y).not.toBe(before?.y);
    }
    expect(listMarks('spare').map(({ text }) => text)).toEqual([
      'Token 1 was replaced 2.0 s before its end',
      'Token 2 was replaced 3.0 s before its end',
    ]);
  });

  it('marks renewals with their reason, and attempts that failed', () => {
    expect(listMarks('renewal').map(({ text }) => text)).toEqual([
      'Renewed: scheduled. Token 2, good for 10.0 s',
      'Renewed: rejected. Token 3, without an end',
    ]);
    expect(listMarks('failed').map(({ text }) => text)).toContain(
      'No token: endpoint-refused (500)',
    );
  });

  it('draws requests as long as they took, and those refused as such', () => {
    const [segment] = listMarks('media');
    expect(segment?.text).toBe('Segment 1: 200, 3 kB, in 500 ms');
    expect(segment?.width).toBeCloseTo((1000 * 500) / 30_000, 0);
    expect(listMarks('failed').map(({ text }) => text)).toContain('Playlist: 403, 3 kB, in 100 ms');
  });

  it('draws stalls across the video', () => {
    expect(listMarks('stall').map(({ text }) => text)).toEqual(['Stalled for 400 ms']);
  });

  it('shows a deed where it was done', () => {
    recording.deeds.push({ atMs: 15_000, name: 'revoke the key' });
    const { marks, uprights } = draw();
    expect(marks.map(({ text }) => text)).toContain('Done here: revoke the key');
    expect(uprights.filter(({ kind }) => kind === 'deed')).toHaveLength(1);
  });

  it('draws nothing outside of the time that is shown', () => {
    const { marks, plotLeft, width } = draw(10_000, 13_000);
    expect(listMarks('renewal', marks)).toEqual([]);
    for (const { x, width: wide, shape } of marks) {
      if (shape === 'frame') continue;
      expect(x).toBeGreaterThanOrEqual(plotLeft);
      expect(x + wide).toBeLessThanOrEqual(width + 2);
    }
  });

  it('forgets what is long past, and goes on counting', () => {
    const lane = recording.lane('hls');
    const atMs = 3_600_000;
    lane.addToken({ fromMs: atMs, endsMs: atMs + 10_000, reason: 'scheduled' });
    lane.sample({ atMs, positionSeconds: 0, bufferedToSeconds: 5 });
    expect(lane.samples).toHaveLength(1);
    expect(lane.requests).toEqual([]);
    const { marks } = layOut(recording, { width: 1066, fromMs: atMs, toMs: atMs + 1, nowMs: atMs });
    expect(listMarks('token', marks).map(({ text }) => text)).toEqual(['Token 4, good for 10.0 s']);
  });

  it('leaves out players of which there is nothing to see', () => {
    const names = draw().labels.filter(({ isStrong }) => isStrong);
    expect(names.map(({ text }) => text)).toEqual(['hls.js']);
  });
});

describe('findMarkAt', () => {
  it('finds a thin mark also from beside it', () => {
    const { marks } = draw();
    const [stall] = listMarks('stall', marks);
    const x = (stall?.x ?? 0) + (stall?.width ?? 0) + 5;
    const [token] = listMarks('token', marks);
    expect(findMarkAt(marks, { x: 80, y: (token?.y ?? 0) + 2 })).toBe(token);
    expect(
      findMarkAt(
        [stall].filter((mark) => mark !== undefined),
        { x, y: stall?.y ?? 0 },
      ),
    ).toBe(stall);
    expect(findMarkAt(marks, { x: -100, y: -100 })).toBeUndefined();
  });
});

describe('stepFrom', () => {
  it('begins at the last renewal, and goes along its row and to those beside', () => {
    const { marks } = draw();
    const first = stepFrom(marks, undefined, 'on');
    expect(first?.text).toMatch(/^Renewed: rejected/);
    expect(stepFrom(marks, first, 'back')?.atMs).toBeLessThanOrEqual(15_000);
    expect(stepFrom(marks, first, 'first')?.text).toMatch(/^Token 1,/);
    expect(stepFrom(marks, first, 'up')?.text).toMatch(/^At 15/);
    expect(stepFrom(marks, first, 'down')?.text).toMatch(/^Playlist: 403/);
  });

  it('goes through every mark of a row, and stays at its ends', () => {
    const { marks } = draw();
    const row = marks.filter(({ row: each }) => each === 1);
    const seen = new Set<string>();
    let mark = stepFrom(marks, listMarks('token', marks)[0], 'first');
    for (let step = 0; step <= row.length; step += 1) {
      if (mark) seen.add(mark.text);
      mark = stepFrom(marks, mark, 'on');
    }
    expect(seen).toEqual(new Set(row.map(({ text }) => text)));
  });
});

describe('toJson', () => {
  it('has all that was recorded, in seconds', () => {
    const link = 'http://a.test/?live';
    const json = toJson(recording, { link, browser: 'Some/1.0', madeAt: new Date(0) });
    const { lanes, ...rest } = JSON.parse(json);
    expect(rest).toEqual({
      version: 1,
      link,
      browser: 'Some/1.0',
      madeAt: '1970-01-01T00:00:00.000Z',
      deeds: [],
    });
    expect(Object.keys(lanes)).toEqual(['hls']);
    expect(lanes.hls.tokens).toEqual([
      { from: 0, ends: 10, reason: 'initial' },
      { from: 8, ends: 18, reason: 'scheduled' },
      { from: 15, ends: null, reason: 'rejected' },
    ]);
    expect(lanes.hls.stalls).toEqual([{ from: 12, to: 12.4 }]);
    expect(lanes.hls.requests[1]).toMatchObject({ type: 'playlist', status: 403, from: 2 });
    expect(lanes.hls.samples.at(-1)).toEqual({ at: 20, position: 20, bufferedTo: 25 });
  });
});
