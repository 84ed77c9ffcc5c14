import type { PlayerSettings } from '../engine.js';
import { listenToPlayer, type Deck, type DeckListener, type DeckStart } from '../exchange/deck.js';
import { createVideo } from '../video-element.js';
import { readShownTracks, showTrack, type ShownTracks } from './shown-tracks.js';

/** A `<video>` that plays HLS by itself. */
export class VideoDeck implements Deck {
  readonly node: HTMLVideoElement;
  readonly #end = new AbortController();
  readonly #buildUrl: (token: string) => string;
  readonly #unlisten: () => void;
  #token: string;
  /** Captions as they were chosen before this video, or the next source in it, was loaded. */
  #tracks: ShownTracks = new Map();
  /** Where it is to start, until it can be sought there. */
  #startSeconds: number | undefined;
  /** Where it was last; one that has died may stand at its start. */
  #lastSeconds = 0;

  constructor(
    parent: HTMLElement,
    settings: PlayerSettings,
    start: DeckStart,
    buildUrl: (token: string) => string,
    listener: DeckListener,
  ) {
    this.#buildUrl = buildUrl;
    this.#token = start.token;
    this.#startSeconds = start.atSeconds > 0 ? start.atSeconds : undefined;
    this.node = createVideo({ ...settings, autoplay: start.autoplay, muted: start.muted });
    // The page's `muted` attribute is the first deck's default; the next one is silent for itself.
    this.node.defaultMuted = settings.muted;
    if (start.isNext) this.node.preload = 'auto';
    this.#unlisten = listenToPlayer(this.node, (type) => {
      if (type === 'loadedmetadata') this.#seekToStart();
      // One that dies may tell of its start before it tells that it has died.
      const isPlace = type === 'seeking' || (type === 'timeupdate' && this.readyState >= 2);
      if (isPlace) this.#lastSeconds = this.currentTime;
      listener(type, this);
    });
    this.node.textTracks.addEventListener('addtrack', ({ track }) => {
      if (track !== null) showTrack(track, this.#tracks);
    });
    parent.append(this.node);
    this.node.src = buildUrl(start.token);
  }

  get player(): HTMLVideoElement {
    return this.node;
  }

  /** Aborted with the deck. */
  get end(): AbortSignal {
    return this.#end.signal;
  }

  get token(): string {
    return this.#token;
  }

  get readyState(): number {
    return this.#startSeconds === undefined && !this.#isDead ? this.node.readyState : 0;
  }

  get currentTime(): number {
    return this.#startSeconds ?? (this.#isDead ? this.#lastSeconds : this.node.currentTime);
  }

  get edgeSeconds(): number | undefined {
    // Asked too early, WebKitGTK takes the position for the length, and seeks no further than that.
    if (!(this.node.duration > 0)) return undefined;
    const { seekable } = this.node;
    return seekable.length > 0 ? seekable.end(seekable.length - 1) : undefined;
  }

  /** The captions that a viewer sees, or has seen as long as it told of any. */
  get tracks(): ShownTracks {
    return this.node.textTracks.length > 0 ? readShownTracks(this.node) : this.#tracks;
  }
  set tracks(tracks: ShownTracks) {
    this.#tracks = tracks;
    for (const track of this.node.textTracks) showTrack(track, tracks);
  }

  label(title: string): void {
    this.node.ariaLabel = title;
  }

  seek(seconds: number): void {
    this.#lastSeconds = seconds;
    if (this.node.readyState === 0) this.#startSeconds = seconds;
    else this.node.currentTime = seconds;
  }

  reload(token: string): void {
    this.#token = token;
    this.#tracks = this.tracks;
    // It has to load, to be brought back to where it stood.
    this.node.preload = 'auto';
    this.node.src = this.#buildUrl(token);
  }

  destroy(): void {
    this.#tracks = this.tracks;
    this.#end.abort();
    this.#unlisten();
    this.node.removeAttribute('src');
    this.node.load();
    this.node.remove();
  }

  /** WebKitGTK says of a dead one that it has all to play; there and in Chromium it stands at its start. */
  get #isDead(): boolean {
    return this.node.error !== null;
  }

  #seekToStart(): void {
    if (this.#startSeconds === undefined) return;
    this.node.currentTime = this.#startSeconds;
    this.#startSeconds = undefined;
  }
}
