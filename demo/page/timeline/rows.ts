import type { Lane, RequestSpan, RequestType, Sample } from '../recording/recording.js';
import type { Curve, Look, Mark, TimeScale } from './scene.js';

/** Where a row is, and which time it shows. */
export interface RowPlace {
  readonly row: number;
  readonly y: number;
  readonly height: number;
  readonly scale: TimeScale;
  readonly nowMs: number;
}

/** The buffer above the playhead, both in the video's own time, and the stalls across them. */
export function drawVideo(lane: Lane, place: RowPlace): { marks: Mark[]; curves: Curve[] } {
  const { scale, y, height, row, nowMs } = place;
  const shown = lane.samples.filter(({ atMs }) => atMs >= scale.fromMs && atMs <= scale.toMs);
  const low = Math.min(...shown.map(({ positionSeconds }) => positionSeconds));
  const high = Math.max(...shown.map(({ bufferedToSeconds }) => bufferedToSeconds), low + 1);
  const toY = (seconds: number): number =>
    y + height - ((seconds - low) / (high - low)) * (height - 2) - 1;
  const curves = splitAtJumps(shown).flatMap((run): Curve[] => {
    const playhead = run.map((sample) => ({
      x: scale.x(sample.atMs),
      y: toY(sample.positionSeconds),
    }));
    const buffer = run.map((sample) => ({
      x: scale.x(sample.atMs),
      y: toY(sample.bufferedToSeconds),
    }));
    return [
      { look: 'buffer', points: [...playhead, ...buffer.toReversed()], isFilled: true },
      { look: 'playhead', points: playhead, isFilled: false },
    ];
  });
  const positions = thin(shown, scale).map((sample) => toPositionMark(sample, place, toY));
  const stalls = lane.stalls.flatMap(({ fromMs, toMs }): Mark[] => {
    const span = scale.cut(fromMs, toMs ?? nowMs);
    if (!span) return [];
    const lasted = toMs === undefined ? 'and goes on' : `for ${formatMs(toMs - fromMs)}`;
    return [bar(place, 'stall', span, fromMs, `Stalled ${lasted}`)];
  });
  return { curves, marks: [...stalls, ...positions.map((mark) => ({ ...mark, row }))] };
}

/** A bar for each token, on two levels in turn: where they overlap, one was replaced before its end. */
export function drawTokens(lane: Lane, place: RowPlace): Mark[] {
  const { scale, y, height } = place;
  const bars: Mark[] = [];
  const renewals: Mark[] = [];
  for (const [index, token] of lane.tokens.entries()) {
    const next = lane.tokens[index + 1];
    const level = {
      ...place,
      y: y + ((token.number + 1) % 2) * (height / 2),
      height: height / 2 - 1,
    };
    const usedToMs = Math.min(next?.fromMs ?? Infinity, token.endsMs);
    const used = scale.cut(token.fromMs, Math.min(usedToMs, scale.toMs));
    const name = `Token ${token.number}`;
    const life = describeLife(token.endsMs - token.fromMs);
    if (used) bars.push(bar(level, 'token', used, token.fromMs, `${name}, ${life}`));
    const spare = next && scale.cut(usedToMs, Math.min(token.endsMs, scale.toMs));
    if (spare && spare.width > 1) {
      const text = `${name} was replaced ${formatMs(token.endsMs - usedToMs)} before its end`;
      bars.push(bar(level, 'spare', spare, usedToMs, text));
    }
    if (token.number > 1 && token.fromMs >= scale.fromMs && token.fromMs <= scale.toMs) {
      const text = `Renewed: ${token.reason}. ${name}, ${life}`;
      renewals.push(diamond(place, 'renewal', scale.x(token.fromMs), token.fromMs, text));
    }
  }
  const failures = lane.failures
    .filter(({ atMs }) => atMs >= scale.fromMs && atMs <= scale.toMs)
    .map(({ atMs, code, status }) => {
      const answer = status === undefined ? '' : ` (${status})`;
      return diamond(place, 'failed', scale.x(atMs), atMs, `No token: ${code}${answer}`);
    });
  return [...bars, ...renewals, ...failures];
}

/** A bar for each request, as long as it took; each kind at a height of its own. */
export function drawRequests(lane: Lane, place: RowPlace): Mark[] {
  const { scale, y, height } = place;
  const levels = REQUEST_LEVELS.filter((types) =>
    lane.requests.some(({ type }) => types.includes(type)),
  );
  const step = height / Math.max(1, levels.length);
  return lane.requests.flatMap((request): Mark[] => {
    const span = scale.cut(request.fromMs, request.toMs);
    if (!span) return [];
    const level = levels.findIndex((types) => types.includes(request.type));
    const hasFailed = request.isBroken || request.status >= 400;
    return [
      {
        ...span,
        width: Math.max(span.width, MIN_BAR),
        y: y + level * step + 1,
        height: step - 2,
        look: hasFailed ? 'failed' : REQUEST_LOOKS[request.type],
        shape: request.isBroken ? 'frame' : 'bar',
        atMs: request.fromMs,
        row: place.row,
        text: describeRequest(request),
      },
    ];
  });
}

const REQUEST_LEVELS: readonly (readonly RequestType[])[] = [
  ['token'],
  ['playlist'],
  ['media'],
  ['player', 'other'],
];

const REQUEST_LOOKS: Readonly<Record<RequestType, Look>> = {
  token: 'token',
  playlist: 'playlist',
  media: 'media',
  player: 'player',
  other: 'player',
};

function describeRequest({ what, status, isBroken, bytes, fromMs, toMs }: RequestSpan): string {
  const outcome = isBroken ? 'broken off' : String(status);
  const size = bytes === undefined ? '' : `, ${formatBytes(bytes)}`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${outcome}${size}, in ${formatMs(toMs - fromMs)}`;
}

function toPositionMark(
  { atMs, positionSeconds, bufferedToSeconds }: Sample,
  { scale, row, y, height }: RowPlace,
  toY: (seconds: number) => number,
): Mark {
  const top = toY(bufferedToSeconds);
  const ahead = Math.max(0, bufferedToSeconds - positionSeconds).toFixed(1);
  return {
    x: scale.x(atMs) - 1,
    y: Math.max(y, top),
    width: 2,
    height: Math.min(y + height, toY(positionSeconds)) - Math.max(y, top),
    look: 'playhead',
    shape: 'frame',
    atMs,
    row,
    text: `At ${positionSeconds.toFixed(1)} s of the video, ${ahead} s ahead in the buffer`,
  };
}

/** Where the position jumps back (the loop) or ahead (a seek), a line would lie. */
function splitAtJumps(samples: readonly Sample[]): Sample[][] {
  const runs: Sample[][] = [];
  let last: Sample | undefined;
  for (const sample of samples) {
    const passed = last ? (sample.atMs - last.atMs) / 1000 : 0;
    const moved = last ? sample.positionSeconds - last.positionSeconds : 0;
    if (!last || moved < -1 || moved > passed * 2 + 1) runs.push([]);
    runs.at(-1)?.push(sample);
    last = sample;
  }
  return runs;
}

/** One sample a second or so, to be stepped through. */
function thin(samples: readonly Sample[], { fromMs, toMs }: TimeScale): Sample[] {
  const stepMs = (toMs - fromMs) / 60;
  let nextMs = 0;
  return samples.filter(({ atMs }) => {
    if (atMs < nextMs) return false;
    nextMs = atMs + stepMs;
    return true;
  });
}

function bar(
  { y, height, row }: RowPlace,
  look: Look,
  { x, width }: { readonly x: number; readonly width: number },
  atMs: number,
  text: string,
): Mark {
  return { x, y, width: Math.max(width, MIN_BAR), height, look, shape: 'bar', atMs, row, text };
}

function diamond(
  { y, height, row }: RowPlace,
  look: Look,
  x: number,
  atMs: number,
  text: string,
): Mark {
  const size = height * 0.58;
  return {
    x: x - size / 2,
    y: y + (height - size) / 2,
    width: size,
    height: size,
    look,
    shape: 'diamond',
    atMs,
    row,
    text,
  };
}

const MIN_BAR = 2;

function describeLife(ms: number): string {
  return Number.isFinite(ms) ? `good for ${formatMs(ms)}` : 'without an end';
}

function formatMs(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function formatBytes(bytes: number): string {
  return bytes < 1000 ? `${bytes} bytes` : `${Math.round(bytes / 1000)} kB`;
}
