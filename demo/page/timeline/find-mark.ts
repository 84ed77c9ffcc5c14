import type { Mark, Point } from './scene.js';

/** The mark at a point, or near it: a finger and a thin bar need some tolerance. */
export function findMarkAt(marks: readonly Mark[], point: Point): Mark | undefined {
  let nearest: Mark | undefined;
  let nearestPx = TOLERANCE_PX;
  // What was drawn last lies on top.
  for (const mark of marks.toReversed()) {
    const distance = measureDistance(mark, point);
    if (distance >= nearestPx) continue;
    nearest = mark;
    nearestPx = distance;
  }
  return nearest;
}

export type Step = 'back' | 'on' | 'up' | 'down' | 'first' | 'last';

/** Where a key leads from a mark: along its row, or to the nearest in the rows beside. */
export function stepFrom(
  marks: readonly Mark[],
  from: Mark | undefined,
  step: Step,
): Mark | undefined {
  const inTime = marks.toSorted((a, b) => a.atMs - b.atMs);
  if (!from) return inTime.findLast(({ look }) => look === 'renewal') ?? inTime.at(-1);
  const row = inTime.filter((mark) => mark.row === from.row);
  switch (step) {
    case 'first':
      return row[0];
    case 'last':
      return row.at(-1);
    case 'back':
      return row[findIndex(row, from) - 1] ?? row[0];
    case 'on':
      return row[findIndex(row, from) + 1] ?? row.at(-1);
    case 'up':
    case 'down': {
      const rows = [...new Set(inTime.map((mark) => mark.row))].toSorted((a, b) => a - b);
      const next = rows[rows.indexOf(from.row) + (step === 'up' ? -1 : 1)];
      const others = inTime.filter((mark) => mark.row === next);
      return findNearest(others, from.atMs) ?? from;
    }
  }
}

/** The same mark after everything was drawn anew. */
export function findAgain(marks: readonly Mark[], wanted: Mark): Mark | undefined {
  return marks.find((mark) => isSame(mark, wanted));
}

function findIndex(row: readonly Mark[], wanted: Mark): number {
  return row.findIndex((mark) => isSame(mark, wanted));
}

function isSame(a: Mark, b: Mark): boolean {
  return a.row === b.row && a.atMs === b.atMs && a.look === b.look && a.shape === b.shape;
}

function findNearest(marks: readonly Mark[], atMs: number): Mark | undefined {
  const distance = (mark: Mark): number => Math.abs(mark.atMs - atMs);
  return marks.toSorted((a, b) => distance(a) - distance(b))[0];
}

function measureDistance({ x, y, width, height }: Mark, point: Point): number {
  const sideways = Math.max(x - point.x, 0, point.x - x - width);
  const upright = Math.max(y - point.y, 0, point.y - y - height);
  return Math.hypot(sideways, upright);
}

const TOLERANCE_PX = 7;
