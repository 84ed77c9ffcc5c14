import type { EngineTracks, Rendition } from '../engine/engine.js';
import { TrackList } from './track-list.js';

/** The sizes of picture a viewer may choose from. */
export class RenditionList extends TrackList<Rendition> {
  readonly #tracks: () => EngineTracks | undefined;

  constructor(tracks: () => EngineTracks | undefined) {
    super('rendition');
    this.#tracks = tracks;
  }

  /** Index of the one that is chosen; -1, which is the default, leaves it to the player. */
  get selectedIndex(): number {
    return this.#tracks()?.selectedRendition ?? -1;
  }
  set selectedIndex(index: number) {
    const tracks = this.#tracks();
    if (tracks !== undefined) tracks.selectedRendition = index;
  }
}
