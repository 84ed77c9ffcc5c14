import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import { localStream } from './local-stream.js';
import { until } from './until.js';

/**
 * Why this browser's own `<video>` is no good in something; `undefined` where it is good. What it is
 * never good in is found out by trying, with a plain file. WebKitGTK 2.50 is bad at all of it.
 */
export interface EngineLimits {
  /** Once it has played and is sent elsewhere, it plays there, and says for good that it waits. */
  readonly seeking: string | undefined;
  /** Once its speed has been changed, it plays on when it is told to pause. */
  readonly speed: string | undefined;
  /** It may tell the size of what comes from a MediaSource before it is known. Not every time. */
  readonly size: string | undefined;
  /** hls.js in the frame of a player may start late, or a second off. Not every time. */
  readonly frames: string | undefined;
}

export async function findEngineLimits(): Promise<EngineLimits> {
  // A browser that is good at all of it is not excused where it is slow.
  const [seeks, keepsPause] = isWebKit
    ? await Promise.all([tryOut(comesBack), tryOut(pausesAtOtherSpeed)])
    : [true, true];
  return {
    seeking: seeks
      ? undefined
      : 'a <video> of this browser does not say that it plays after a seek',
    speed: keepsPause ? undefined : 'a <video> of this browser does not pause at another speed',
    size: isWebKit ? 'this browser may tell the size of a MediaSource too early' : undefined,
    frames: isWebKit ? 'hls.js in a frame may start late in this browser, or off' : undefined,
  };
}

const isWebKit = navigator.vendor.startsWith('Apple');

/**
 * Why this browser's own HLS cannot be sought to what it is refused then: in WebKitGTK's, GStreamer's
 * `adaptivedemux` waits for a lock of its own for good, and the page with it.
 */
export const refusedSeek = isWebKit
  ? 'the HLS of this browser hangs for good where it is sought and then refused'
  : undefined;

/** Runs a test whose name has the reason where it is left out. */
export function itUnless(limit: string | undefined, name: string, run: () => unknown): void {
  it(limit === undefined ? name : `${name} (${limit})`, function () {
    if (limit !== undefined) this.skip();
    return run();
  });
}

async function comesBack(video: HTMLVideoElement): Promise<void> {
  await video.play();
  await until(() => video.currentTime > 0.3, 'it plays', LONGEST_MS);
  let playing = false;
  video.addEventListener('playing', () => (playing = true));
  video.currentTime = 60;
  await until(() => playing, 'it says that it plays', LONGEST_MS);
}

async function pausesAtOtherSpeed(video: HTMLVideoElement): Promise<void> {
  await video.play();
  video.playbackRate = 2;
  const { currentTime } = video;
  await until(() => video.currentTime > currentTime + 0.5, 'it plays on', LONGEST_MS);
  video.pause();
  await until(() => video.paused, 'it has paused', LONGEST_MS);
}

async function tryOut(trial: (video: HTMLVideoElement) => Promise<void>): Promise<boolean> {
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  video.style.width = '320px';
  video.src = `${localStream.origins.delivery}/${SAMPLE_UIDS.public}/downloads/default.mp4`;
  document.body.append(video);
  try {
    await until(() => video.readyState >= 3, 'it can play');
    await trial(video);
    return true;
  } catch {
    return false;
  } finally {
    video.removeAttribute('src');
    video.load();
    video.remove();
  }
}

const LONGEST_MS = 8000;
