import type { AudioTrackChoice, Engine, TrackKind } from '../engine/engine.js';
import { FrameCallbacks } from './frame-callbacks.js';
import { MediaHost } from './media-host.js';
import { RenditionList } from './rendition-list.js';
import { SteadyRemote } from './steady-remote.js';
import { takeEarlyProperties } from './take-early-properties.js';
import { TrackList } from './track-list.js';

/** Whether it is a broadcast; `unknown` until its length is. */
export type StreamType = 'live' | 'on-demand' | 'unknown';

/**
 * The rest of an `HTMLVideoElement`: what only a `<video>` in the page can do. With hls.js there is
 * one. Where there is none, lists are empty and methods fail with `NotSupportedError`, as the
 * platform has it.
 *
 * @fires {Event} streamtypechange - `streamType` is another one.
 * @fires {Event} targetlivewindowchange - `targetLiveWindow` is another one.
 */
export abstract class VideoHost extends MediaHost {
  /**
   * Captions and subtitles; their `mode` says which are shown. Of a video that is not live there is
   * also one of kind `metadata`, labelled `thumbnails`: pictures for a time bar. Empty in the Stream
   * player.
   */
  readonly textTracks = new TrackList<TextTrack>('track');
  /** Languages of the sound; set `enabled` of one to hear it. Empty in the Stream player. */
  readonly audioTracks = new TrackList<AudioTrackChoice>('track');
  /** Sizes of the picture; `selectedIndex` chooses one. Empty in the Stream player. */
  readonly videoRenditions = new RenditionList(() => this.engineOrUndefined?.tracks);
  readonly #remote = new SteadyRemote(() => {
    if (!this.#has('serveRemote')) throw notSupported('remote');
  });
  /** Other screens, as on a `<video>`. Its methods fail with `NotSupportedError` in the Stream player. */
  readonly remote: RemotePlayback = this.#remote;
  /** A `networkState`: nothing to load. */
  readonly NETWORK_EMPTY = 0;
  /** A `networkState`: enough is loaded for now. */
  readonly NETWORK_IDLE = 1;
  /** A `networkState`: media is being loaded. */
  readonly NETWORK_LOADING = 2;
  /** A `networkState`: nothing can be loaded. */
  readonly NETWORK_NO_SOURCE = 3;
  /** A `readyState`: nothing is known of the video. */
  readonly HAVE_NOTHING = 0;
  /** A `readyState`: duration and size are known. */
  readonly HAVE_METADATA = 1;
  /** A `readyState`: there is a picture, and nothing after it. */
  readonly HAVE_CURRENT_DATA = 2;
  /** A `readyState`: it can play on for a moment. */
  readonly HAVE_FUTURE_DATA = 3;
  /** A `readyState`: it can play on. */
  readonly HAVE_ENOUGH_DATA = 4;
  readonly #frames = new FrameCallbacks();
  #streamType: StreamType = 'unknown';
  /** Answers for the player's video while there is none. */
  #empty: HTMLVideoElement | undefined;

  abstract player: string;
  /** Whether a live stream can be rewound. */
  abstract dvr: boolean;

  constructor() {
    super();
    takeEarlyProperties(this, [
      'preservesPitch',
      'disablePictureInPicture',
      'disableRemotePlayback',
      'streamType',
    ]);
    this.addEventListener('durationchange', () => this.#noteStreamType());
  }

  /**
   * `live` or `on-demand`; until that is known, what the page says in the attribute `stream-type`,
   * or `unknown`.
   */
  get streamType(): StreamType {
    const { duration } = this;
    if (duration > 0) return duration === Infinity ? 'live' : 'on-demand';
    const told = this.getAttribute('stream-type');
    return told === 'live' || told === 'on-demand' ? told : 'unknown';
  }
  set streamType(streamType: StreamType) {
    this.setAttribute('stream-type', streamType);
    this.#noteStreamType();
  }

  /** How far a live stream goes back, in seconds: 0, `Infinity` with `dvr`; `NaN` if it is not live. */
  get targetLiveWindow(): number {
    if (this.streamType !== 'live') return NaN;
    return this.dvr ? Infinity : 0;
  }

  /** From where on a position counts as live, in seconds; `NaN` where that is not known. */
  get liveEdgeStart(): number {
    return this.engineOrUndefined?.liveEdgeStart?.() ?? NaN;
  }

  /** Address of what is loaded: that of a MediaSource; empty in the Stream player. */
  get currentSrc(): string {
    return this.#video?.currentSrc ?? '';
  }

  /** Whether voices keep their pitch at another speed. Default `true`. */
  get preservesPitch(): boolean {
    return this.#any.preservesPitch;
  }
  set preservesPitch(preserves: boolean) {
    for (const video of this.#all) video.preservesPitch = preserves;
  }

  /** Whether no picture-in-picture is offered: default `false`, `true` in the Stream player. */
  get disablePictureInPicture(): boolean {
    return !this.#has('video') || this.#any.disablePictureInPicture;
  }
  set disablePictureInPicture(disable: boolean) {
    for (const video of this.#all) video.disablePictureInPicture = disable;
  }

  /** Whether no other screen is offered: default `false`, `true` in the Stream player. */
  get disableRemotePlayback(): boolean {
    return !this.#has('serveRemote') || this.#remote.disabled;
  }
  set disableRemotePlayback(disable: boolean) {
    this.#remote.disabled = disable;
    this.engineOrUndefined?.serveRemote?.(this.#remote);
  }

  /** Whether a type could be played, as `canPlayType()` of a `<video>` answers. */
  canPlayType(type: string): CanPlayTypeResult {
    return this.#any.canPlayType(type);
  }

  /** Seeks; as exactly as `currentTime` does. */
  fastSeek(seconds: number): void {
    this.currentTime = seconds;
  }

  /** Gives it a window of its own. Rejects as a `<video>` would, with `NotSupportedError` in the Stream player. */
  async requestPictureInPicture(): Promise<PictureInPictureWindow> {
    return this.#need('requestPictureInPicture').requestPictureInPicture();
  }

  /** Calls back with the next frame that is shown. Throws `NotSupportedError` in the Stream player. */
  requestVideoFrameCallback(callback: VideoFrameRequestCallback): number {
    if (!this.#has('video')) throw notSupported('requestVideoFrameCallback');
    return this.#frames.request(callback, this.#video);
  }

  /** Takes such a request back. */
  cancelVideoFrameCallback(handle: number): void {
    this.#frames.cancel(handle);
  }

  /** Frames shown and dropped. Throws `NotSupportedError` in the Stream player. */
  getVideoPlaybackQuality(): VideoPlaybackQuality {
    return this.#need('getVideoPlaybackQuality').getVideoPlaybackQuality();
  }

  /** What is seen and heard, as a `MediaStream`. Throws `NotSupportedError` where a browser or the Stream player cannot. */
  captureStream(): MediaStream {
    const video = this.#need('captureStream');
    const stream: unknown = Reflect.apply(Reflect.get(video, 'captureStream'), video, []);
    if (stream instanceof MediaStream) return stream;
    throw notSupported('captureStream');
  }

  protected override attachEngine(engine: Engine): void {
    const { video, tracks } = engine;
    if (video !== undefined) {
      if (this.#empty !== undefined) {
        video.preservesPitch = this.#empty.preservesPitch;
        video.disablePictureInPicture = this.#empty.disablePictureInPicture;
      }
      this.#frames.move(video);
    }
    super.attachEngine(engine);
    engine.serveRemote?.(this.#remote);
    tracks?.watch((kind) => {
      if (engine === this.engineOrUndefined) this.#fill(kind);
    });
  }

  protected override detachEngine(): boolean {
    const wasLoaded = super.detachEngine();
    for (const kind of ['text', 'audio', 'video'] as const) this.#fill(kind);
    this.#noteStreamType();
    return wasLoaded;
  }

  #fill(kind: TrackKind): void {
    const tracks = this.engineOrUndefined?.tracks;
    if (kind === 'text') this.textTracks.replace(tracks?.text ?? []);
    else if (kind === 'audio') this.audioTracks.replace(tracks?.audio ?? []);
    else this.videoRenditions.replace(tracks?.video ?? []);
  }

  #noteStreamType(): void {
    const { streamType } = this;
    if (streamType === this.#streamType) return;
    this.#streamType = streamType;
    this.dispatchEvent(new Event('streamtypechange'));
    this.dispatchEvent(new Event('targetlivewindowchange'));
  }

  get #video(): HTMLVideoElement | undefined {
    return this.engineOrUndefined?.video;
  }

  /** Whether the player has it, or is going to. */
  #has(what: 'video' | 'serveRemote'): boolean {
    const engine = this.engineOrUndefined;
    return engine === undefined ? this.player === 'hls' : engine[what] !== undefined;
  }

  get #any(): HTMLVideoElement {
    return this.#video ?? (this.#empty ??= document.createElement('video'));
  }

  /** A setting outlives the player. */
  get #all(): readonly HTMLVideoElement[] {
    this.#empty ??= document.createElement('video');
    return this.#video === undefined ? [this.#empty] : [this.#empty, this.#video];
  }

  #need(method: string): HTMLVideoElement {
    const video = this.#video;
    if (video === undefined || !(method in video)) throw notSupported(method);
    return video;
  }
}

function notSupported(name: string): DOMException {
  return new DOMException(`This player has no ${name}.`, 'NotSupportedError');
}
