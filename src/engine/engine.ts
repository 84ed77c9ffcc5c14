import type { Delivery } from '../delivery/origin.js';
import type { SignedStreamError } from '../errors.js';
import type { MediaEventName } from './media-events.js';

/** Where an engine gets its tokens; how they are fetched and renewed is not its business. */
export interface TokenSource {
  /** The newest token, good or not. */
  current(): string | undefined;
  /** A token to send a request with now; waits for one if need be, until the signal is aborted. */
  fresh(signal: AbortSignal): Promise<string>;
  /**
   * Another token in the place of one that Stream refused.
   *
   * @param hasWorked whether Stream took it before, so that it may be its age that it was refused for
   * @throws SignedStreamError why there is no other at this time
   */
  replace(token: string, signal: AbortSignal, hasWorked: boolean): Promise<string>;
  /** Milliseconds for which a token can still be used. */
  remainingMs(token: string): number;
}

/** What a player is to look and behave like; the element's attributes, parsed. */
export interface PlayerSettings {
  readonly title: string;
  readonly autoplay: boolean;
  readonly controls: boolean;
  readonly loop: boolean;
  readonly muted: boolean;
  readonly playsinline: boolean;
  readonly preload: 'none' | 'metadata' | 'auto' | '';
  /** Address of a picture to begin with; empty for the video's own, `none` for none. */
  readonly poster: string;
  /** Where in the video its own is from; empty for the one that is set at Stream. */
  readonly posterTime: string;
  readonly primaryColor: string;
  readonly letterboxColor: string;
  readonly defaultTextTrack: string;
  readonly adUrl: string;
  readonly lowLatency: boolean;
  readonly dvr: boolean;
}

/** All that an engine is made with. */
export interface EngineOptions {
  readonly tokens: TokenSource;
  readonly delivery: Delivery;
  readonly sdkUrl: string;
  readonly settings: PlayerSettings;
  /** Where to begin, in seconds; 0 for the start of a video or the live edge. */
  readonly startSeconds: number;
  /** More options for hls.js, from the page. */
  readonly hlsConfig: Readonly<Record<string, unknown>> | undefined;
  /**
   * Told what keeps the engine from getting media, and `undefined` when it no longer does. While
   * there is something left to play, this is not yet a viewer's concern.
   */
  readonly report: (trouble: SignedStreamError | undefined) => void;
}

/** The part of a video element that every engine has. */
export type EngineMedia = EventTarget &
  Pick<
    HTMLVideoElement,
    | 'play'
    | 'pause'
    | 'currentTime'
    | 'duration'
    | 'paused'
    | 'ended'
    | 'seeking'
    | 'muted'
    | 'volume'
    | 'playbackRate'
    | 'loop'
    | 'buffered'
    | 'seekable'
    | 'played'
    | 'readyState'
    | 'networkState'
    | 'videoWidth'
    | 'videoHeight'
  >;

/** A kind of tracks; the renditions of the picture are those of video. */
export type TrackKind = 'text' | 'audio' | 'video';

/** One of several languages of the sound. */
export interface AudioTrackChoice {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly language: string;
  /** Whether it is the one that is heard; to set it is to choose it. */
  enabled: boolean;
}

/** One of several sizes of the picture. */
export interface Rendition {
  readonly id: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Bits per second. */
  readonly bitrate: number;
  readonly frameRate: number | undefined;
  readonly codec: string | undefined;
  /** Whether it is the only one to be shown; to set it is to choose it, or to leave the choice to the player. */
  selected: boolean;
}

/** What there is to choose from in a player. */
export interface EngineTracks {
  readonly text: readonly TextTrack[];
  readonly audio: readonly AudioTrackChoice[];
  readonly video: readonly Rendition[];
  /** Index of the rendition that was chosen; -1 while the player chooses. */
  selectedRendition: number;
  /** Has somebody told, now and whenever there are other tracks or another one is chosen. */
  watch(listener: (kind: TrackKind) => void): void;
}

/** Answers what a page asks of `remote`. */
export type RemoteServant = Pick<
  RemotePlayback,
  'watchAvailability' | 'cancelWatchAvailability' | 'prompt'
>;

/** What a page has as `remote`, whatever player there is. */
export interface RemoteFront extends RemotePlayback {
  state: RemotePlaybackState;
  /** Whether it is to be played nowhere else. */
  disabled: boolean;
  /** Has somebody answer for it from now on; the first one stays. */
  serve(servant: RemoteServant): void;
}

/** A player behind one small interface. */
export interface Engine {
  /** What goes into the page. */
  readonly node: HTMLElement;
  readonly media: EngineMedia;
  /** What of its events the page is told. */
  readonly events: readonly MediaEventName[];
  /** The player itself, for what the element does not cover. */
  readonly native: unknown;
  /** The `<video>` that plays, where it is one in the page and stays the same. */
  readonly video?: HTMLVideoElement;
  readonly tracks?: EngineTracks;
  /** From where on a position in a live stream counts as live, in seconds. */
  readonly liveEdgeStart?: () => number;
  /** Answers for the page's `remote`, and heeds what is disabled there; absent where it cannot. */
  serveRemote?(front: RemoteFront): void;
  /** For how long from now the player will send requests, in milliseconds; see `LeaseClient`. */
  neededForMs(): number;
  /** A newer token is there. */
  tokenChanged(): void;
  /** Attributes changed that need no new player. */
  update(settings: PlayerSettings): void;
  /** The page has put the node elsewhere; absent where that makes no difference. */
  moved?(): void;
  /** Tries at once whatever it is waiting to try again. */
  retry(): void;
  destroy(): void;
}
