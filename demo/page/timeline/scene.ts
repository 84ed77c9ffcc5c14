/** What a mark or a line looks like; the legend shows the same. */
export const LOOKS = [
  'playhead',
  'buffer',
  'stall',
  'token',
  'spare',
  'renewal',
  'playlist',
  'media',
  'player',
  'failed',
  'deed',
] as const;
export type Look = (typeof LOOKS)[number];

/** Something that can be pointed at. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly look: Look;
  readonly shape: 'bar' | 'frame' | 'diamond';
  readonly atMs: number;
  /** The row it is in, from the top. */
  readonly row: number;
  /** What it is, in words. */
  readonly text: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line, or an area between two. */
export interface Curve {
  readonly look: Look;
  readonly points: readonly Point[];
  readonly isFilled: boolean;
}

export interface Label extends Point {
  readonly text: string;
  readonly isStrong: boolean;
  readonly align: 'start' | 'center';
}

/** A vertical line through all rows. */
export interface Upright {
  readonly x: number;
  readonly kind: 'grid' | 'now' | 'deed';
}

/** A picture of the timeline in px, to be painted, pointed at or saved. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly plotLeft: number;
  readonly plotBottom: number;
  readonly uprights: readonly Upright[];
  readonly curves: readonly Curve[];
  readonly marks: readonly Mark[];
  readonly labels: readonly Label[];
}

/** Which time is shown, and where on the picture. */
export class TimeScale {
  readonly fromMs: number;
  readonly toMs: number;
  readonly left: number;
  readonly right: number;

  constructor(fromMs: number, toMs: number, left: number, right: number) {
    this.fromMs = fromMs;
    this.toMs = toMs;
    this.left = left;
    this.right = right;
  }

  x(atMs: number): number {
    const share = (atMs - this.fromMs) / (this.toMs - this.fromMs);
    return this.left + share * (this.right - this.left);
  }

  /** Where a span of time is, cut to what is shown; `undefined` where nothing of it is. */
  cut(fromMs: number, toMs: number): { readonly x: number; readonly width: number } | undefined {
    if (toMs <= this.fromMs || fromMs > this.toMs) return undefined;
    const x = Math.max(this.left, this.x(fromMs));
    return { x, width: Math.min(this.right, this.x(toMs)) - x };
  }
}
