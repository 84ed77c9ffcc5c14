import type Hls from 'hls.js';

/** The slice of hls.js that is needed to let it rest. */
type Loading = Pick<Hls, 'startLoad' | 'stopLoad'>;

/**
 * Lets hls.js rest while a live stream is paused: it would go on asking for its playlist, each time
 * with a token, although nobody watches. A short pause makes no difference, nor does a seek in it.
 */
export function restWhilePaused(hls: Loading, video: HTMLVideoElement): () => void {
  const end = new AbortController();
  const { signal } = end;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isResting = false;

  const restSoon = (): void => {
    clearTimeout(timer);
    if (!video.paused || video.duration !== Infinity) return;
    timer = setTimeout(() => {
      isResting = true;
      hls.stopLoad();
    }, REST_AFTER_MS);
  };
  const wake = (): void => {
    clearTimeout(timer);
    if (!isResting) return;
    isResting = false;
    hls.startLoad();
  };
  for (const type of ['pause', 'seeked']) video.addEventListener(type, restSoon, { signal });
  for (const type of ['play', 'seeking']) video.addEventListener(type, wake, { signal });
  return () => {
    end.abort();
    clearTimeout(timer);
  };
}

const REST_AFTER_MS = 5000;
