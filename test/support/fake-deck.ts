import type { Deck, DeckPlayer } from '../../src/engine/exchange/deck.js';

/** How quickly a player does what it is told, in milliseconds; `speed` is how true its clock runs. */
export interface DeckManners {
  readonly loadMs: number;
  readonly playMs: number;
  readonly seekMs: number;
  readonly speed: number;
}

const IDEAL: DeckManners = { loadMs: 0, playMs: 0, seekMs: 0, speed: 1 };

/** A player that takes its time. Its clock is `performance.now`, which a test has to fake. */
export class FakeDeck extends EventTarget implements Deck, DeckPlayer {
  // Nothing in a takeover touches the page.
  readonly node = {} as HTMLElement;
  readonly token = 'token';
  readonly player: DeckPlayer = this;
  readonly #manners: DeckManners;
  #atSeconds: number;
  #atMs = performance.now();
  #rate = 1;
  #moves = false;
  #start: ReturnType<typeof setTimeout> | undefined;
  paused = true;
  ended = false;
  seeking = false;
  readyState = 0;
  controls = false;
  loop = false;
  muted = true;
  volume = 1;
  duration = 600;
  /** What it has loaded; a test says so. */
  loaded: [number, number] | undefined;
  get buffered(): TimeRanges | undefined {
    const { loaded } = this;
    if (loaded === undefined) return undefined;
    return { length: 1, start: () => loaded[0], end: () => loaded[1] };
  }
  readonly played = undefined;
  readonly videoWidth = 640;
  readonly videoHeight = 360;
  /** Whether its pictures move. */
  get moves(): boolean {
    return this.#moves;
  }

  /** How often it was told to seek, to play, and to play at another speed. */
  seeks = 0;
  starts = 0;
  speedChanges = 0;
  /** How often it was asked for the live edge. */
  edgeQuestions = 0;

  constructor(atSeconds: number, manners: Partial<DeckManners> = {}) {
    super();
    this.#manners = { ...IDEAL, ...manners };
    this.#atSeconds = atSeconds;
    setTimeout(() => this.#load(), this.#manners.loadMs);
  }

  get currentTime(): number {
    const moved = this.#moves ? (performance.now() - this.#atMs) / 1000 : 0;
    return Math.min(this.duration, this.#atSeconds + moved * this.#rate * this.#manners.speed);
  }

  /** The live edge by its clock; a test sets what it is at the start. */
  edgeAtSeconds: number | undefined;
  get edgeSeconds(): number | undefined {
    this.edgeQuestions += 1;
    return this.edgeAtSeconds;
  }

  get playbackRate(): number {
    return this.#rate;
  }
  set playbackRate(rate: number) {
    this.#settle();
    if (rate !== this.#rate) this.speedChanges += 1;
    this.#rate = rate;
  }

  play(): Promise<void> {
    this.paused = false;
    this.starts += 1;
    clearTimeout(this.#start);
    this.#start = setTimeout(() => this.#run(true), this.#manners.playMs);
    return Promise.resolve();
  }

  pause(): void {
    this.paused = true;
    clearTimeout(this.#start);
    this.#run(false);
  }

  seek(seconds: number): void {
    this.seeks += 1;
    this.seeking = true;
    this.#run(false);
    this.#atSeconds = seconds;
    this.readyState = 1;
    setTimeout(() => this.dispatchEvent(new Event('seeking')));
    setTimeout(() => {
      this.seeking = false;
      this.readyState = 4;
      if (!this.paused) this.#run(true);
      this.dispatchEvent(new Event('seeked'));
    }, this.#manners.seekMs);
  }

  /** Where it goes by itself when it has loaded. */
  begin(atSeconds: number): void {
    this.#atSeconds = atSeconds;
    this.#atMs = performance.now();
  }

  /** Has nothing more to play, until it is told to go on. */
  stall(): void {
    this.#run(false);
    this.readyState = 2;
  }

  end(): void {
    this.ended = true;
    this.pause();
  }

  label(): void {}
  reload(): void {}
  destroy(): void {}

  #load(): void {
    this.readyState = 4;
    if (!this.paused) this.#run(true);
    this.dispatchEvent(new Event('canplay'));
  }

  #run(moves: boolean): void {
    this.#settle();
    this.#moves = moves && this.readyState > 1 && !this.seeking;
    if (this.#moves) this.dispatchEvent(new Event('playing'));
  }

  #settle(): void {
    this.#atSeconds = this.currentTime;
    this.#atMs = performance.now();
  }
}
