export const SEGMENT_AUTHS = [
  'path-token',
  'own-signature',
  'token-bound-names',
  'token-bound-media',
] as const;

/**
 * How a segment request proves that it may have its bytes.
 *
 * - `path-token`: the token is in the segment's path and verified there.
 * - `own-signature`: the path has the bare uid; the query's signature dies with the token that
 *   fetched the playlist.
 * - `token-bound-names`: as `path-token`, but a rendition's name may be used only with the token it
 *   was handed to.
 * - `token-bound-media`: as `token-bound-names`, and the segments' signatures belong to that token
 *   as well, although the path carries one.
 */
export type SegmentAuth = (typeof SEGMENT_AUTHS)[number];

/** What an owner can set about a video; changes take effect at the next request. */
export interface VideoSettings {
  readonly uid: string;
  readonly kind: 'vod' | 'live';
  name: string;
  requireSignedURLs: boolean;
  /** Hosts that may show the video, see `isOriginAllowed`; empty means all. */
  allowedOrigins: string[];
  segmentAuth: SegmentAuth;
  downloadEnabled: boolean;
  /** Whether it has sound in more than one language. */
  readonly dubbed: boolean;
  /** `queued`: a video still in the making, or a live input without a broadcast. */
  state: 'ready' | 'error' | 'queued';
}

/** The videos by uid. */
export class Videos {
  readonly #byUid: ReadonlyMap<string, VideoSettings>;

  constructor(videos: readonly VideoSettings[]) {
    this.#byUid = new Map(videos.map((video) => [video.uid, video]));
  }

  list(): VideoSettings[] {
    return [...this.#byUid.values()];
  }

  find(uid: string): VideoSettings | undefined {
    return this.#byUid.get(uid);
  }
}
