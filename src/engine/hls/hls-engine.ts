import Hls, { Events, type HlsConfig } from 'hls.js';
import { buildManifestUrl } from '../../delivery/urls.js';
import { pickSavingLevel, savesData, toPreload } from '../data-saver.js';
import type { Engine, EngineOptions, PlayerSettings } from '../engine.js';
import { followShape } from '../follow-shape.js';
import { MEDIA_EVENTS } from '../media-events.js';
import { Pauses } from '../pause.js';
import { playbackNeedMs } from '../playback-need.js';
import { serveRemote } from '../serve-remote.js';
import { showThumbnail } from '../show-thumbnail.js';
import { tellNewsOnly } from '../tell-news-only.js';
import { applySettings, createVideo } from '../video-element.js';
import { createEarlyLoader } from './early-loader.js';
import type { EarlyRequests } from './fetch-ahead.js';
import { HlsTracks } from './hls-tracks.js';
import { liftCaptions } from './lift-captions.js';
import { attachRecovery } from './recovery.js';
import { RequestGate } from './request-gate.js';
import { restWhilePaused } from './rest-while-paused.js';
import { addSeekPreviews } from './seek-previews.js';
import { createTokenLoader, type LoaderClass } from './token-loader.js';

/** Whether hls.js can play here; where it cannot, native HLS has to. */
export function isHlsSupported(): boolean {
  return Hls.isSupported();
}

/**
 * Plays with hls.js. Tokens are renewed under it, in its requests; its MediaSource and its buffer
 * are never touched.
 *
 * The full build of hls.js is used: Stream's audio is a separate group, which the light one lacks.
 *
 * @param early what has been asked for already
 */
export function createHlsEngine(options: EngineOptions, early?: EarlyRequests): Engine {
  const { tokens, delivery, report } = options;
  const token = tokens.current() ?? '';
  const manifestUrl = buildManifestUrl(delivery, token, options.settings);
  const pauses = new Pauses();
  const end = new AbortController();
  const { random } = Math;
  const pause = (pauseMs: number, signal: AbortSignal): Promise<void> =>
    pauses.wait(pauseMs, signal);

  const gate = new RequestGate({
    tokens,
    manifest: { url: manifestUrl, token },
    report,
    pause,
    random,
    end: end.signal,
  });
  const config = buildConfig(options);
  const Inner: LoaderClass = config.loader ?? Hls.DefaultConfig.loader;
  const { pLoader: _p, fLoader: _f, ...rest } = config;
  const hls = new Hls({
    ...rest,
    loader: createTokenLoader(gate, early ? createEarlyLoader(early, Inner) : Inner, () =>
      performance.now(),
    ),
  });
  const detachRecovery = attachRecovery(hls, { report, pause, random });

  const video = createVideo(options.settings);
  tellNewsOnly(video);
  followShape(video, video, end.signal);
  liftCaptions(video);
  showThumbnail(video, options, token, options.settings, end.signal);
  addSeekPreviews(video, options, end.signal);
  const tracks = new HlsTracks(hls, video);
  if (savesData()) capQuality(hls);
  const restoreBuffer = loadLittle(hls, video, options.settings);
  const stopResting = restWhilePaused(hls, video);
  const wakeOnline = (): void => pauses.cutShort();
  addEventListener('online', wakeOnline);
  hls.loadSource(manifestUrl);
  hls.attachMedia(video);
  // hls.js disables it for a ManagedMediaSource, which would not open otherwise.
  const mustStay = video.disableRemotePlayback;

  return {
    node: video,
    media: video,
    events: MEDIA_EVENTS,
    native: hls,
    video,
    tracks,
    liveEdgeStart: () => (hls.liveSyncPosition ?? NaN) - LIVE_TOLERANCE_SECONDS,
    serveRemote: (front) => serveRemote(front, video, end.signal, mustStay),
    neededForMs: () => playbackNeedMs(video, video.autoplay && video.readyState === 0),
    tokenChanged() {
      pauses.cutShort();
    },
    update(settings) {
      applySettings(video, settings);
    },
    retry() {
      pauses.cutShort();
    },
    destroy() {
      end.abort();
      tracks.keep();
      removeEventListener('online', wakeOnline);
      restoreBuffer();
      stopResting();
      detachRecovery();
      hls.destroy();
      pauses.cutShort();
      video.removeAttribute('src');
      video.load();
    },
  };
}

/** So far behind where hls.js aims at, it is still live: a segment of Stream's. */
const LIVE_TOLERANCE_SECONDS = 4;

function buildConfig({ hlsConfig, settings, startSeconds }: EngineOptions): Partial<HlsConfig> {
  return {
    backBufferLength: 90,
    // A live stream has no end, and is known by that (`duration` is Infinity, as in a `<video>`).
    liveDurationInfinity: true,
    lowLatencyMode: settings.lowLatency,
    startPosition: startSeconds > 0 ? startSeconds : -1,
    ...hlsConfig,
  };
}

/** What a viewer chooses goes before this. */
function capQuality(hls: Hls): void {
  hls.on(Events.MANIFEST_PARSED, () => {
    hls.autoLevelCapping = pickSavingLevel(hls.levels.map(({ height }) => height));
  });
}

/** `preload="metadata"`: a first frame, and no more until the viewer wants to watch. */
function loadLittle(hls: Hls, video: HTMLVideoElement, settings: PlayerSettings): () => void {
  if (toPreload(settings) !== 'metadata' || settings.autoplay) return () => {};
  const { maxBufferLength, maxMaxBufferLength } = hls.config;
  hls.config.maxBufferLength = hls.config.maxMaxBufferLength = 1;
  const restore = (): void => {
    hls.config.maxBufferLength = maxBufferLength;
    hls.config.maxMaxBufferLength = maxMaxBufferLength;
  };
  video.addEventListener('play', restore, { once: true });
  return () => video.removeEventListener('play', restore);
}
