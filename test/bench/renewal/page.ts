import Hls from 'hls.js';
import { SignedStreamElement } from '../../../src/index.js';
import { FrameMeter, type FrameReport } from './frame-meter.js';

/** The ways of keeping a token fresh that are compared. */
export type Method = 'one-long-token' | 'source-reload' | 'url-rewriting' | 'signed-stream';

export interface PlayOptions {
  readonly method: Method;
  readonly videoId: string;
  readonly deliveryOrigin: string;
  /** Gives a token of the short lifetime; `long` is added for one that outlives the play. */
  readonly tokenUrl: string;
  /** How often the hand-made ways renew. */
  readonly renewEveryMs: number;
}

declare global {
  interface Window {
    bench: { play(options: PlayOptions): void; read(): FrameReport };
  }
}

/** The same for all: a buffer short enough that tokens matter within a minute. */
const HLS_CONFIG = { maxBufferLength: 10, maxMaxBufferLength: 10 };

let meter: FrameMeter | undefined;

window.bench = {
  play(options) {
    void start(options);
  },
  read() {
    if (meter === undefined) throw new Error('nothing has been played');
    return meter.report();
  },
};

async function start(options: PlayOptions): Promise<void> {
  const video =
    options.method === 'signed-stream' ? await playElement(options) : await playByHand(options);
  meter = new FrameMeter(video);
}

async function playElement({ videoId, deliveryOrigin, tokenUrl }: PlayOptions) {
  const element = new SignedStreamElement();
  element.videoId = videoId;
  element.deliveryOrigin = deliveryOrigin;
  element.tokenEndpoint = tokenUrl;
  element.player = 'hls';
  element.hlsConfig = HLS_CONFIG;
  element.defaultMuted = true;
  element.autoplay = true;
  const started = new Promise((resolve) => {
    element.addEventListener('loadstart', resolve, { once: true });
  });
  document.body.append(element);
  await started;
  const video = element.shadowRoot?.querySelector('video');
  if (!video) throw new Error('the element has no video');
  return video;
}

async function playByHand(options: PlayOptions): Promise<HTMLVideoElement> {
  const { method, deliveryOrigin, renewEveryMs } = options;
  const manifestOf = (token: string) => `${deliveryOrigin}/${token}/manifest/video.m3u8`;
  const video = document.createElement('video');
  video.muted = video.autoplay = true;
  video.width = 640;
  document.body.append(video);
  const tokens = [await fetchToken(options)];
  const newest = () => tokens.at(-1) ?? '';
  const hls = new Hls({
    ...HLS_CONFIG,
    // The best practice known: whatever token a URL carries, the newest takes its place.
    ...(method === 'url-rewriting' && {
      xhrSetup(xhr: XMLHttpRequest, url: string) {
        const old = tokens.find((token) => url.includes(token));
        xhr.open('GET', old === undefined ? url : url.replace(old, newest()), true);
      },
    }),
  });
  hls.loadSource(manifestOf(newest()));
  hls.attachMedia(video);
  if (method === 'one-long-token') return video;
  setInterval(() => void renew(), renewEveryMs);
  return video;

  async function renew(): Promise<void> {
    tokens.push(await fetchToken(options));
    if (method !== 'source-reload') return;
    const { currentTime } = video;
    hls.loadSource(manifestOf(newest()));
    hls.once(Hls.Events.MANIFEST_PARSED, () => {
      if (!Number.isFinite(video.duration)) return;
      video.currentTime = currentTime;
    });
    hls.config.startPosition = currentTime;
    video.play().catch(() => {});
  }
}

async function fetchToken({ method, tokenUrl, videoId }: PlayOptions): Promise<string> {
  const url = `${tokenUrl}?video-id=${videoId}${method === 'one-long-token' ? '&long' : ''}`;
  const response = await fetch(url);
  const { result } = (await response.json()) as { result: { token: string } };
  return result.token;
}
