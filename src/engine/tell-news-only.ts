/**
 * Keeps from the page what is no news to it: a new `<video>` tells of the volume and the speed that
 * the page has set, and been told of, before there was one. To be called before anybody listens.
 */
export function tellNewsOnly(video: HTMLVideoElement): void {
  const readers = {
    volumechange: () => `${video.volume} ${video.muted}`,
    ratechange: () => `${video.playbackRate}`,
  };
  for (const [type, read] of Object.entries(readers)) {
    let told: string | undefined;
    // What was set before is handed over in this task.
    queueMicrotask(() => (told = read()));
    video.addEventListener(type, (event) => {
      const now = read();
      if (now === told) event.stopImmediatePropagation();
      told = now;
    });
  }
}
