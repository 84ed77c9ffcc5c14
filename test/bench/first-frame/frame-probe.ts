declare global {
  interface Window {
    /** Given by the benchmark: epoch milliseconds at which a video showed its first picture. */
    tellFirstFrame(atMs: number): void;
  }
}

/**
 * Tells of the first picture of any video in a page, its shadow roots and its frames, whoever made
 * it: whatever plays through MediaSource is given a `src` from a script. Runs before any of theirs.
 */
export function installFrameProbe(): void {
  const watched = new WeakSet<object>();
  const own = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'src') ?? {};
  Object.defineProperty(HTMLMediaElement.prototype, 'src', {
    ...own,
    set(this: HTMLMediaElement, value: string) {
      if (this instanceof HTMLVideoElement && !watched.has(this)) {
        watched.add(this);
        this.requestVideoFrameCallback((nowMs) => {
          window.tellFirstFrame(performance.timeOrigin + nowMs);
        });
      }
      own.set?.call(this, value);
    },
  });
}
