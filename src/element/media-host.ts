import { ReactiveElement } from '@lit/reactive-element';
import type { Engine, EngineMedia } from '../engine/engine.js';
import { takeEarlyProperties } from './take-early-properties.js';

/** What a page may set before there is a player to take it. */
interface Pending {
  currentTime?: number;
  volume?: number;
  muted?: boolean;
  playbackRate?: number;
}

/**
 * The media element half of `<signed-stream>`: the properties and methods of an
 * `HTMLVideoElement`, answered by whatever engine plays, and its events, sent on from here.
 *
 * Before there is an engine, properties answer as those of an empty `<video>`, and what is set is
 * kept for it.
 *
 * @fires {Event} abort - Loading was given up before the end.
 * @fires {Event} canplay - It can play, if perhaps not to the end without a pause.
 * @fires {Event} canplaythrough - It can play to the end without a pause.
 * @fires {Event} durationchange - `duration` is another one.
 * @fires {Event} emptied - What was loaded is gone; something else may follow.
 * @fires {Event} ended - It played to the end.
 * @fires {Event} enterpictureinpicture - It has a window of its own now.
 * @fires {Event} leavepictureinpicture - It is back in the page.
 * @fires {Event} loadeddata - The first frame is there.
 * @fires {Event} loadedmetadata - Duration and size are known.
 * @fires {Event} loadstart - Loading begins.
 * @fires {Event} pause - It was paused.
 * @fires {Event} play - It was asked to play.
 * @fires {Event} playing - It plays, for the first time or again.
 * @fires {Event} progress - More media has come.
 * @fires {Event} ratechange - `playbackRate` is another one.
 * @fires {Event} resize - `videoWidth` or `videoHeight` is another one.
 * @fires {Event} seeked - It is where it was sent to.
 * @fires {Event} seeking - It is on its way to another position.
 * @fires {Event} stalled - Media is expected and does not come.
 * @fires {Event} suspend - It loads no more for now.
 * @fires {Event} timeupdate - `currentTime` has moved on.
 * @fires {Event} volumechange - `volume` or `muted` is another one.
 * @fires {Event} waiting - It waits for media to go on with.
 */
export abstract class MediaHost extends ReactiveElement {
  #engine: Engine | undefined;
  #unlisten: AbortController | undefined;
  #pending: Pending = {};
  #isPauseAsked = false;
  /** Where the last player stood, for the next one of the same video to go on from. */
  #lastSeconds = 0;
  #wantsPlay: { readonly promise: Promise<void>; settle(play: Promise<void>): void } | undefined;

  constructor() {
    super();
    takeEarlyProperties(this, ['currentTime', 'volume', 'muted', 'playbackRate']);
  }

  /** Whether there is no sound at first, from the attribute `muted`. Default off. */
  abstract defaultMuted: boolean;

  /** Has changes of attributes that were made in this task count from now on. */
  protected abstract applyChanges(): void;
  /** Called before the first playback, so that a player is made now if it was not worth it yet. */
  protected abstract playbackWanted(): void;
  /** Called after any event of the player. */
  protected abstract mediaChanged(type: string): void;

  protected get engineOrUndefined(): Engine | undefined {
    return this.#engine;
  }

  /** Whether somebody has asked to play and there is no player yet. */
  protected get isPlaybackWanted(): boolean {
    return this.#wantsPlay !== undefined;
  }

  /** Whether the page has said that it is not to play. */
  protected get isPauseAsked(): boolean {
    return this.#isPauseAsked;
  }

  /**
   * The hls.js instance, the Stream player object, or the `<video>` of native HLS; `null` while there is
   * none. The last two are other ones after each renewal.
   */
  get engine(): unknown {
    return this.#engine?.native ?? null;
  }

  /** Where playback stands, in seconds; to set it is to seek. Default 0. */
  get currentTime(): number {
    return this.#media?.currentTime ?? this.#pending.currentTime ?? this.#lastSeconds;
  }
  set currentTime(seconds: number) {
    if (isNothing(seconds)) return;
    this.applyChanges();
    if (this.#media === undefined) this.#pending.currentTime = seconds;
    else this.#media.currentTime = seconds;
  }

  /** How loud it is, from 0 to 1. Default 1. */
  get volume(): number {
    return this.#media?.volume ?? this.#pending.volume ?? 1;
  }
  set volume(volume: number) {
    if (isNothing(volume)) return;
    if (!Number.isFinite(volume)) throw new TypeError('The volume is not a number.');
    if (volume < 0 || volume > 1) {
      throw new DOMException('The volume is not in the range from 0 to 1.', 'IndexSizeError');
    }
    if (this.#media === undefined) this.#setPending('volume', volume, 'volumechange');
    else this.#media.volume = volume;
  }

  /** Whether there is no sound now. Starts as `defaultMuted`, and does not reflect. */
  get muted(): boolean {
    return this.#media?.muted ?? this.#pending.muted ?? this.defaultMuted;
  }
  set muted(muted: boolean) {
    if (isNothing(muted)) return;
    if (this.#media === undefined) this.#setPending('muted', muted, 'volumechange');
    else this.#media.muted = muted;
  }

  /** How fast it plays; 1 is the normal speed. Default 1. */
  get playbackRate(): number {
    return this.#media?.playbackRate ?? this.#pending.playbackRate ?? 1;
  }
  set playbackRate(rate: number) {
    if (isNothing(rate)) return;
    // What a browser's own does not take, it throws for here, and not when there is a player.
    this.ownerDocument.createElement('video').playbackRate = rate;
    if (this.#media === undefined) this.#setPending('playbackRate', rate, 'ratechange');
    else this.#media.playbackRate = rate;
  }

  /** How long the video is, in seconds; `NaN` until that is known, `Infinity` if it is live. */
  get duration(): number {
    return this.#media?.duration ?? NaN;
  }
  /** Whether it is not to play now. Default `true`. */
  get paused(): boolean {
    return this.#media?.paused ?? this.#wantsPlay === undefined;
  }
  /** Whether it has played to the end. Default `false`. */
  get ended(): boolean {
    return this.#media?.ended ?? false;
  }
  /** Whether it is on its way to another position. Default `false`. */
  get seeking(): boolean {
    return this.#media?.seeking ?? false;
  }
  /** What could play without more media, in seconds. */
  get buffered(): TimeRanges {
    return this.#media?.buffered ?? emptyRanges();
  }
  /** Where playback could be sent to, in seconds. */
  get seekable(): TimeRanges {
    return this.#media?.seekable ?? emptyRanges();
  }
  /** What has been played, in seconds. */
  get played(): TimeRanges {
    return this.#media?.played ?? emptyRanges();
  }
  /** How much there is to play, from 0 (nothing) to 4 (enough), as on a `<video>`. */
  get readyState(): number {
    return this.#media?.readyState ?? 0;
  }
  /** Whether media is being loaded, from 0 (empty) to 3 (no source), as on a `<video>`. */
  get networkState(): number {
    return this.#media?.networkState ?? 0;
  }
  /** Width of the picture in pixels; 0 until that is known. */
  get videoWidth(): number {
    return this.#media?.videoWidth ?? 0;
  }
  /** Height of the picture in pixels; 0 until that is known. */
  get videoHeight(): number {
    return this.#media?.videoHeight ?? 0;
  }

  /** Starts playback as soon as there is a token and a player. Rejects as a `<video>` would. */
  play(): Promise<void> {
    this.applyChanges();
    this.#isPauseAsked = false;
    if (this.#engine !== undefined) return this.#playIn(this.#engine);
    this.#wantsPlay ??= createIntent();
    const { promise } = this.#wantsPlay;
    this.playbackWanted();
    return promise;
  }

  /** Stops playback where it stands, and drops the wish to play where there is no player yet. */
  pause(): void {
    this.applyChanges();
    this.#isPauseAsked = true;
    this.#dropIntent();
    this.#media?.pause();
  }

  /** Hands over to a new engine what was set while there was none, and listens to it. */
  protected attachEngine(engine: Engine): void {
    this.#engine = engine;
    const { media } = engine;
    const unlisten = new AbortController();
    this.#unlisten = unlisten;
    for (const type of engine.events) {
      media.addEventListener(
        type,
        () => {
          this.dispatchEvent(new Event(type));
          this.mediaChanged(type);
        },
        { signal: unlisten.signal },
      );
    }
    const { volume, muted, playbackRate } = this.#pending;
    this.#pending = {};
    if (volume !== undefined) media.volume = volume;
    if (muted !== undefined) media.muted = muted;
    if (playbackRate !== undefined) media.playbackRate = playbackRate;
    this.#wantsPlay?.settle(this.#playIn(engine));
    this.#wantsPlay = undefined;
  }

  /** Lets go of the engine, and says whether there was one. */
  protected detachEngine(): boolean {
    const media = this.#media;
    if (media === undefined) return false;
    // A broadcast is gone on with where it is now, and before there is media nothing has moved.
    if (media.duration === Infinity) this.#lastSeconds = 0;
    else if (media.readyState > 0 || media.currentTime > 0) {
      // One that has died has no media any more, but knows where it was.
      this.#lastSeconds = media.ended ? 0 : media.currentTime;
    }
    // The next player goes on with what the viewer has set in this one.
    const { volume, muted, playbackRate } = media;
    this.#pending = { volume, muted, playbackRate, ...this.#pending };
    this.#unlisten?.abort();
    this.#engine = undefined;
    return true;
  }

  /** Where a player that is made now is to begin: 0 where nobody has said anything of it. */
  protected get start(): number {
    return this.#pending.currentTime ?? this.#lastSeconds;
  }

  /** The same, for the player that is made now. */
  protected takeStart(): number {
    this.#lastSeconds = this.start;
    delete this.#pending.currentTime;
    return this.#lastSeconds;
  }

  /** Has the next engine play, as the one before it did. */
  protected playOn(): void {
    this.#wantsPlay ??= createIntent();
    this.#wantsPlay.promise.catch(() => {});
  }

  /** Forgets what was meant for an engine that will not come: the source is another one. */
  protected reset(): void {
    this.#lastSeconds = 0;
    this.#isPauseAsked = false;
    delete this.#pending.currentTime;
    this.#dropIntent();
  }

  get #media(): EngineMedia | undefined {
    return this.#engine?.media;
  }

  /** Plays, for as long as it is this engine that is to. */
  #playIn({ media }: Engine): Promise<void> {
    const signal = this.#unlisten?.signal;
    return new Promise((resolve, reject) => {
      const end = (): void => reject(interrupted());
      signal?.addEventListener('abort', end, { once: true });
      const settled = media.play().finally(() => signal?.removeEventListener('abort', end));
      settled.then(resolve, reject);
    });
  }

  #setPending<K extends keyof Pending>(key: K, value: Required<Pending>[K], type: string): void {
    if (Object.is(this[key], value)) return;
    this.#pending[key] = value;
    this.dispatchEvent(new Event(type));
  }

  #dropIntent(): void {
    this.#wantsPlay?.settle(Promise.reject(interrupted()));
    this.#wantsPlay = undefined;
  }
}

/** A framework that takes a property away sets it to `undefined` or `null`; the viewer keeps what is. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** A wish to play, and the promise that `play()` gave for it. */
function createIntent(): { promise: Promise<void>; settle(play: Promise<void>): void } {
  let settle: (play: Promise<void>) => void = () => {};
  const promise = new Promise<void>((resolve) => (settle = resolve));
  return { promise, settle };
}

function interrupted(): DOMException {
  return new DOMException('The play() request was interrupted.', 'AbortError');
}

function emptyRanges(): TimeRanges {
  const fail = (): never => {
    throw new DOMException('There is no such range.', 'IndexSizeError');
  };
  return { length: 0, start: fail, end: fail };
}

export type { MediaEventName } from '../engine/media-events.js';
