/** A picture that a player behind a frame's border has shown; times since the epoch. */
export interface Picture {
  readonly frame: number;
  readonly atMs: number;
  /** Of a live stream, of which each player counts from where it began: when it was recorded. */
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

/** What is read of the hls.js in a frame. */
interface PlayingHls {
  readonly latestLevelDetails: {
    readonly live: boolean;
    readonly fragments: readonly {
      readonly start: number;
      readonly programDateTime: number | null;
    }[];
  } | null;
}

/**
 * Runs in every frame before anything else: a player tells its page of each picture, the page
 * keeps what it is told and which frame is in front.
 */
export function installFrameWatch(): void {
  if (window.parent !== window) {
    let hls: PlayingHls | undefined;
    Object.defineProperty(window, 'Hls', {
      configurable: true,
      // The player makes one of it, and tells nobody.
      set(Hls: new (...options: unknown[]) => PlayingHls) {
        const value = new Proxy(Hls, {
          construct: (made, options) => (hls = new made(...(options as unknown[]))),
        });
        Object.defineProperty(window, 'Hls', { value });
      },
    });
    document.addEventListener('DOMContentLoaded', () => {
      const video = document.querySelector('video');
      const watch = (): void => {
        video?.requestVideoFrameCallback((_now, { presentationTime, mediaTime }) => {
          const atMs = performance.timeOrigin + presentationTime;
          const last = hls?.latestLevelDetails?.live
            ? hls.latestLevelDetails.fragments.at(-1)
            : undefined;
          const beganSeconds = last ? (last.programDateTime ?? NaN) / 1000 - last.start : 0;
          const mediaSeconds = beganSeconds + mediaTime;
          window.parent.postMessage({ picture: { atMs, mediaSeconds } }, '*');
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
