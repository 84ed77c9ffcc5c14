import type { MediaPlaylist, Place } from './playlist.js';

interface Listing {
  readonly place: Place;
  /** Count of the newest list that names the URL. */
  readonly round: number;
  /** Sequence number of the last segment of that list. */
  readonly last: number;
}

/**
 * The URLs of one rendition that hls.js may still ask for, so that the window of a long broadcast
 * does not pile up.
 */
export class HandedUrls {
  readonly #listings = new Map<string, Listing>();
  #round = 0;

  /**
   * Takes note of another list that hls.js has got.
   *
   * @returns the URLs that it has let go
   */
  renew(list: MediaPlaylist): readonly string[] {
    this.#round += 1;
    for (const [url, place] of list.places) {
      this.#listings.set(url, { place, round: this.#round, last: list.last });
    }
    const gone: string[] = [];
    for (const [url, listing] of this.#listings) {
      if (this.#isHeld(listing, list)) continue;
      this.#listings.delete(url);
      gone.push(url);
    }
    return gone;
  }

  #isHeld({ place, round, last }: Listing, list: MediaPlaylist): boolean {
    // A request for a segment of the lists before may be under way.
    if (round > this.#round - KEPT_LISTS) return true;
    // A segment keeps its init section as it was first listed, for as long as it is in the window.
    if (place.kind === 'init' || place.kind === 'key') return last >= list.first;
    // What a delta update skips stays as it was.
    return list.isDelta && place.sequence >= list.first;
  }
}

const KEPT_LISTS = 3;
