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
    if (list.isDelta) this.#carryOn(list);
    const gone: string[] = [];
    for (const [url, listing] of this.#listings) {
      if (this.#isHeld(listing, list)) continue;
      this.#listings.delete(url);
      gone.push(url);
    }
    return gone;
  }

  /** A delta update that names no init section or key goes on with the ones of the list before. */
  #carryOn(list: MediaPlaylist): void {
    const named = new Set([...list.places.values()].map(({ kind }) => kind));
    for (const kind of ['init', 'key'] as const) {
      if (named.has(kind)) continue;
      let newest: readonly [string, Listing] | undefined;
      for (const entry of this.#listings) {
        const [, { place, last }] = entry;
        if (place.kind === kind && last >= (newest?.[1].last ?? -1)) newest = entry;
      }
      if (newest !== undefined) this.#listings.set(newest[0], { ...newest[1], last: list.last });
    }
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
