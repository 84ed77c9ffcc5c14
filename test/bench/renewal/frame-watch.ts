/** A picture that a player behind a frame's border has shown; times since the epoch. */
export interface Picture {
  readonly frame: number;
  readonly atMs: number;
  readonly mediaSeconds: number;
}

/** From `atMs` on, this frame is the one in front. */
export interface Front {
  readonly frame: number;
  readonly atMs: number;
}

export interface FrameLog {
  readonly pictures: readonly Picture[];
  readonly fronts: readonly Front[];
}

/** All that a viewer saw, whatever was in front. */
export interface Sight {
  /** The longest time without a new picture, to the end of the play. */
  readonly longestGapMs: number;
  /** All such times that can be seen. */
  readonly frozenMs: number;
  /** How often the picture did not follow from the one before. */
  readonly jumps: number;
}

/** One exchange of frames, as a viewer saw it. */
export interface Exchange {
  /** From the last picture of the one frame to the first of the next. */
  readonly darkMs: number;
  /** How far the next frame's position was from that of the one before, at the same moment. */
  readonly offMs: number;
}

/**
 * Runs in every frame before anything else: a player tells its page of each picture, the page
 * keeps what it is told and which frame is in front.
 */
export function installFrameWatch(): void {
  if (window.parent !== window) {
    document.addEventListener('DOMContentLoaded', () => {
      const video = document.querySelector('video');
      const watch = (): void => {
        video?.requestVideoFrameCallback((_now, { presentationTime, mediaTime }) => {
          const atMs = performance.timeOrigin + presentationTime;
          window.parent.postMessage({ picture: { atMs, mediaSeconds: mediaTime } }, '*');
          watch();
        });
      };
      watch();
    });
    return;
  }
  const log = { pictures: [] as Picture[], fronts: [] as Front[] };
  const known: (Window | null)[] = [];
  const idOf = (frame: Window | null): number => {
    if (!known.includes(frame)) known.push(frame);
    return known.indexOf(frame);
  };
  Object.assign(window, { frameLog: log });
  addEventListener('message', ({ data, source }: MessageEvent<unknown>) => {
    if (typeof data !== 'object' || data === null || !('picture' in data)) return;
    log.pictures.push({ ...(data.picture as Picture), frame: idOf(source as Window) });
  });
  const note = (root: ShadowRoot): void => {
    const front = root.querySelector<HTMLIFrameElement>('iframe:not(.behind)');
    const frame = front === null ? -1 : idOf(front.contentWindow);
    if (log.fronts.at(-1)?.frame === frame || frame < 0) return;
    log.fronts.push({ frame, atMs: performance.timeOrigin + performance.now() });
  };
  Object.assign(window, {
    watchFrames(element: Element) {
      const root = element.shadowRoot;
      if (root === null) return;
      new MutationObserver(() => note(root)).observe(root, {
        subtree: true,
        childList: true,
        attributes: true,
        attributeFilter: ['class'],
      });
    },
  });
}

/** What the exchanges in a log looked like. */
export function readExchanges({ pictures, fronts }: FrameLog): Exchange[] {
  return fronts.slice(1).flatMap((next, index) => {
    const before = fronts[index];
    if (before === undefined) return [];
    const last = latest(pictures, before.frame, next.atMs);
    const first = pictures.find(({ frame, atMs }) => frame === next.frame && atMs >= next.atMs);
    if (last === undefined || first === undefined) return [];
    const positionAt = (picture: Picture): number =>
      picture.mediaSeconds * 1000 + (next.atMs - picture.atMs);
    return [
      {
        darkMs: first.atMs - last.atMs,
        offMs: Math.abs(positionAt(first) - positionAt(last)),
      },
    ];
  });
}

/** @param endMs when the play was over */
export function readSight({ pictures, fronts }: FrameLog, endMs: number): Sight {
  const seen = pictures.filter(({ frame, atMs }) => {
    const front = fronts.findLast((each) => each.atMs <= atMs);
    return front === undefined ? fronts.length === 0 : front.frame === frame;
  });
  const steps = seen.slice(1).map((picture, index) => {
    const before = seen[index] ?? picture;
    const gapMs = picture.atMs - before.atMs;
    return { gapMs, aheadMs: (picture.mediaSeconds - before.mediaSeconds) * 1000 - gapMs };
  });
  const gaps = [...steps.map(({ gapMs }) => gapMs), endMs - (seen.at(-1)?.atMs ?? endMs)];
  const visible = gaps.filter((gapMs) => gapMs > VISIBLE_GAP_MS);
  return {
    longestGapMs: Math.max(...gaps),
    frozenMs: visible.reduce((sum, gapMs) => sum + gapMs, 0),
    // A picture that comes late is no jump, but one that is from somewhere else is.
    jumps: steps.filter(({ aheadMs, gapMs }) => aheadMs > JUMP_MS || aheadMs + gapMs < -JUMP_MS)
      .length,
  };
}

function latest(
  pictures: readonly Picture[],
  frame: number,
  beforeMs: number,
): Picture | undefined {
  return pictures.findLast((picture) => picture.frame === frame && picture.atMs <= beforeMs);
}

/** A gap between pictures that is longer than this can be seen. */
const VISIBLE_GAP_MS = 250;

/** Longer than an exchange may be off. */
const JUMP_MS = 100;
