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

function latest(
  pictures: readonly Picture[],
  frame: number,
  beforeMs: number,
): Picture | undefined {
  return pictures.findLast((picture) => picture.frame === frame && picture.atMs <= beforeMs);
}
