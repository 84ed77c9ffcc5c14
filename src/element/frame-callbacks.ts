/** Requests for the next frame, made before or after there is a `<video>` that has any. */
export class FrameCallbacks {
  readonly #waiting = new Map<number, Waiting>();
  #lastHandle = 0;

  request(callback: VideoFrameRequestCallback, video: HTMLVideoElement | undefined): number {
    const handle = (this.#lastHandle += 1);
    this.#waiting.set(handle, { callback, stop: undefined });
    if (video !== undefined) this.#ask(handle, callback, video);
    return handle;
  }

  cancel(handle: number): void {
    this.#waiting.get(handle)?.stop?.();
    this.#waiting.delete(handle);
  }

  /** Asks another video for what is still to come. */
  move(video: HTMLVideoElement): void {
    for (const [handle, { callback }] of this.#waiting) this.#ask(handle, callback, video);
  }

  #ask(handle: number, callback: VideoFrameRequestCallback, video: HTMLVideoElement): void {
    const inner = video.requestVideoFrameCallback((now, metadata) => {
      this.#waiting.delete(handle);
      callback(now, metadata);
    });
    const stop = (): void => video.cancelVideoFrameCallback(inner);
    this.#waiting.set(handle, { callback, stop });
  }
}

interface Waiting {
  readonly callback: VideoFrameRequestCallback;
  readonly stop: (() => void) | undefined;
}
