/** A picture in memory. */
export interface Picture {
  readonly url: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Where pictures come from and go to. */
export interface PictureSource {
  load(index: number, signal: AbortSignal): Promise<Picture>;
  /** One that is not to be shown any more. */
  release(picture: Picture): void;
  /** Told when there is one more, and when none can be had for a while, or again. */
  changed(): void;
}

/**
 * Pictures of a video, by their place in it. Each is fetched when somebody wants to see it, the last
 * wish first; so many are kept as a viewer may come back to.
 */
export class PreviewPictures {
  readonly #source: PictureSource;
  readonly #end: AbortSignal;
  /** The one that was not wanted for the longest time is the first. */
  readonly #pictures = new Map<number, Picture>();
  readonly #loading = new Set<number>();
  /** The newest is the first. */
  #wishes: readonly number[] = [];
  #failures = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** @param end lets all pictures go */
  constructor(source: PictureSource, end: AbortSignal) {
    this.#source = source;
    this.#end = end;
    end.addEventListener('abort', () => {
      clearTimeout(this.#rest);
      for (const picture of this.#pictures.values()) source.release(picture);
      this.#pictures.clear();
    });
  }

  /** Whether there is none, and none to be had for a while. */
  get isVain(): boolean {
    return this.#rest !== undefined && this.#pictures.size === 0;
  }

  /** The picture of a place, or as long as that is on its way the nearest that is there. */
  want(index: number): Picture | undefined {
    const picture = this.#pictures.get(index);
    if (picture !== undefined) {
      this.#pictures.delete(index);
      this.#pictures.set(index, picture);
      return picture;
    }
    if (!this.#loading.has(index)) {
      const others = this.#wishes.filter((wish) => wish !== index);
      this.#wishes = [index, ...others].slice(0, KEPT_WISHES);
      this.#loadNext();
    }
    return this.#findNearest(index);
  }

  #findNearest(index: number): Picture | undefined {
    let nearest: readonly [distance: number, picture: Picture] | undefined;
    for (const [other, picture] of this.#pictures) {
      const distance = Math.abs(other - index);
      if (distance < (nearest?.[0] ?? Infinity)) nearest = [distance, picture];
    }
    return nearest?.[1];
  }

  #loadNext(): void {
    while (this.#loading.size < MOST_AT_ONCE && this.#rest === undefined && !this.#end.aborted) {
      const [index, ...others] = this.#wishes;
      if (index === undefined) return;
      this.#wishes = others;
      void this.#load(index);
    }
  }

  async #load(index: number): Promise<void> {
    this.#loading.add(index);
    const picture = await this.#source.load(index, this.#end).catch(() => undefined);
    this.#loading.delete(index);
    if (picture === undefined) this.#restAWhile();
    else this.#keep(index, picture);
    if (this.#end.aborted) return;
    this.#source.changed();
    this.#loadNext();
  }

  #keep(index: number, picture: Picture): void {
    if (this.#end.aborted) {
      this.#source.release(picture);
      return;
    }
    this.#failures = 0;
    this.#pictures.set(index, picture);
    for (const [other, old] of this.#pictures) {
      if (this.#pictures.size <= KEPT_PICTURES) break;
      this.#pictures.delete(other);
      this.#source.release(old);
    }
  }

  /** Pictures are a nicety: where they do not come, they are not asked for at every move. */
  #restAWhile(): void {
    if (this.#end.aborted) return;
    clearTimeout(this.#rest);
    const restMs = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#wishes = [];
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      this.#source.changed();
    }, restMs);
  }
}

const KEPT_PICTURES = 60;
const KEPT_WISHES = 2;
const MOST_AT_ONCE = 2;
const FIRST_REST_MS = 10_000;
const LONGEST_REST_MS = 600_000;
