/**
 * Tracks to choose from, as a media element has them (`textTracks`, `audioTracks`,
 * `videoRenditions`): one object for as long as the element lives, whatever player fills it.
 *
 * @fires {Event} addtrack - There is one more, in `track` (`addrendition` and `rendition` for renditions).
 * @fires {Event} removetrack - One is gone (`removerendition` for renditions).
 * @fires {Event} change - Another one is chosen.
 */
export class TrackList<T extends { readonly id?: string | undefined }>
  extends EventTarget
  implements Iterable<T>
{
  readonly [index: number]: T;
  readonly #noun: string;
  #tracks: readonly T[] = [];

  constructor(noun: 'track' | 'rendition') {
    super();
    this.#noun = noun;
  }

  get length(): number {
    return this.#tracks.length;
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.#tracks.values();
  }

  getTrackById(id: string): T | null {
    return this.#tracks.find((track) => track.id === id) ?? null;
  }

  /** Holds other tracks from now on, and tells which; or, where they are the same, that one is chosen. */
  replace(tracks: readonly T[]): void {
    const before = this.#tracks;
    this.#tracks = tracks;
    for (const index of before.keys()) Reflect.deleteProperty(this, index);
    for (const [index, track] of tracks.entries()) Reflect.set(this, index, track);
    const removed = before.filter((track) => !tracks.includes(track));
    const added = tracks.filter((track) => !before.includes(track));
    for (const track of removed) this.#tell(`remove${this.#noun}`, track);
    for (const track of added) this.#tell(`add${this.#noun}`, track);
    if (tracks.length > 0 && removed.length + added.length === 0)
      this.dispatchEvent(new Event('change'));
  }

  #tell(type: string, track: T): void {
    this.dispatchEvent(Object.assign(new Event(type), { [this.#noun]: track }));
  }
}
