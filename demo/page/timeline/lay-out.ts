import type { Lane, LaneId, Recording } from '../recording/recording.js';
import { drawRequests, drawTokens, drawVideo, type RowPlace } from './rows.js';
import { TimeScale, type Curve, type Label, type Mark, type Scene, type Upright } from './scene.js';

export interface View {
  readonly width: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
}

const LANE_NAMES: Readonly<Record<LaneId, string>> = {
  page: 'Token endpoint',
  iframe: 'Stream’s player',
  hls: 'hls.js',
  reload: 'Source set again',
};

/** Places all that is recorded of a span of time: rows from the top, time from the left. */
export function layOut(recording: Recording, view: View): Scene {
  const { width, fromMs, toMs, nowMs } = view;
  const scale = new TimeScale(fromMs, toMs, GUTTER, width - 1);
  const marks: Mark[] = [];
  const curves: Curve[] = [];
  const labels: Label[] = [];
  let row = 0;
  let y = DEEDS_HEIGHT;
  const place = (name: string, height: number): RowPlace => {
    labels.push({ x: 0, y: y + height / 2, text: name, isStrong: false, align: 'start' });
    const placed = { row, y, height, scale, nowMs };
    row += 1;
    y += height + ROW_GAP;
    return placed;
  };
  for (const [id, lane] of recording.lanes) {
    if (!isShown(id, lane, fromMs)) continue;
    labels.push({ x: 0, y: y + 8, text: LANE_NAMES[id], isStrong: true, align: 'start' });
    y += TITLE_HEIGHT;
    if (id !== 'page') {
      const video = drawVideo(lane, place('Video', VIDEO_HEIGHT));
      marks.push(...video.marks);
      curves.push(...video.curves);
      marks.push(...drawTokens(lane, place('Tokens', TOKENS_HEIGHT)));
    }
    const height = id === 'page' ? ENDPOINT_HEIGHT : REQUESTS_HEIGHT;
    marks.push(...drawRequests(lane, place('Requests', height)));
    y += LANE_GAP;
  }
  const plotBottom = y - LANE_GAP;
  const uprights: Upright[] = [];
  for (const second of listSeconds(fromMs, toMs, (width - GUTTER) / MIN_GRID_PX)) {
    const x = scale.x(second * 1000);
    uprights.push({ x, kind: 'grid' });
    labels.push({ x, y: plotBottom + 12, text: `${second} s`, isStrong: false, align: 'center' });
  }
  if (nowMs <= toMs) uprights.push({ x: scale.x(nowMs), kind: 'now' });
  for (const { atMs, name } of recording.deeds) {
    if (atMs < fromMs || atMs > toMs) continue;
    const x = scale.x(atMs);
    uprights.push({ x, kind: 'deed' });
    marks.push({
      x: x - 4,
      y: 1,
      width: 8,
      height: DEEDS_HEIGHT - 4,
      look: 'deed',
      shape: 'bar',
      atMs,
      row: -1,
      text: `Done here: ${name}`,
    });
  }
  const height = plotBottom + AXIS_HEIGHT;
  return { width, height, plotLeft: GUTTER, plotBottom, uprights, curves, marks, labels };
}

/**
 * One that is there has its place from the beginning: what is below does not move under a pointer. A
 * player that has gone is shown for as long as there is something of it to see.
 */
function isShown(id: LaneId, { samples, requests, isOpen }: Lane, fromMs: number): boolean {
  if (isOpen) return true;
  if (id === 'page') return requests.length > 0;
  return (samples.at(-1)?.atMs ?? -Infinity) >= fromMs;
}

/** Round seconds for the axis, not more than there is room for. */
function listSeconds(fromMs: number, toMs: number, most: number): number[] {
  const seconds = (toMs - fromMs) / 1000;
  const step = STEPS.find((each) => seconds / each <= most) ?? 600;
  const first = Math.ceil(Math.max(0, fromMs) / 1000 / step) * step;
  const count = Math.max(0, Math.floor((toMs / 1000 - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => first + index * step);
}

const STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300];
const MIN_GRID_PX = 64;
const GUTTER = 66;
const DEEDS_HEIGHT = 14;
const TITLE_HEIGHT = 20;
const VIDEO_HEIGHT = 58;
const TOKENS_HEIGHT = 22;
const ENDPOINT_HEIGHT = 15;
const REQUESTS_HEIGHT = 34;
const ROW_GAP = 5;
const LANE_GAP = 12;
const AXIS_HEIGHT = 22;
