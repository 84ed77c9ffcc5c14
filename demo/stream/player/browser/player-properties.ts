import type { PlayerSettings, PlayerState, Ranges } from './protocol.js';

/**
 * The player's properties as a page sees them: read at once from what the frame last said, and read
 * back as they were set though the frame will only do so a moment later.
 */
export abstract class PlayerProperties extends EventTarget {
  #state: PlayerState = INITIAL_STATE;

  get buffered(): TimeRanges {
    return toTimeRanges(this.#state.buffered);
  }
  get duration(): number {
    return this.#state.duration;
  }
  get ended(): boolean {
    return this.#state.ended;
  }
  get paused(): boolean {
    return this.#state.paused;
  }
  get played(): TimeRanges {
    return toTimeRanges(this.#state.played);
  }
  get seeking(): boolean {
    return this.#state.seeking;
  }
  get videoHeight(): number {
    return this.#state.videoHeight;
  }
  get videoWidth(): number {
    return this.#state.videoWidth;
  }

  get adUrl(): string {
    return this.#state.adUrl;
  }
  set adUrl(value: string) {
    this.#set({ adUrl: value });
  }
  get autoplay(): boolean {
    return this.#state.autoplay;
  }
  set autoplay(value: boolean) {
    this.#set({ autoplay: value });
  }
  get controls(): boolean {
    return this.#state.controls;
  }
  set controls(value: boolean) {
    this.#set({ controls: value });
  }
  get currentTime(): number {
    return this.#state.currentTime;
  }
  set currentTime(value: number) {
    this.#set({ currentTime: value });
  }
  get defaultTextTrack(): string {
    return this.#state.defaultTextTrack;
  }
  set defaultTextTrack(value: string) {
    this.#set({ defaultTextTrack: value });
  }
  get letterboxColor(): string {
    return this.#state.letterboxColor;
  }
  set letterboxColor(value: string) {
    this.#set({ letterboxColor: value });
  }
  get loop(): boolean {
    return this.#state.loop;
  }
  set loop(value: boolean) {
    this.#set({ loop: value });
  }
  get muted(): boolean {
    return this.#state.muted;
  }
  set muted(value: boolean) {
    this.#set({ muted: value });
  }
  get playbackRate(): number {
    return this.#state.playbackRate;
  }
  set playbackRate(value: number) {
    this.#set({ playbackRate: value });
  }
  get poster(): string {
    return this.#state.poster;
  }
  set poster(value: string) {
    this.#set({ poster: value });
  }
  get preload(): string {
    return this.#state.preload;
  }
  set preload(value: string) {
    this.#set({ preload: value });
  }
  get primaryColor(): string {
    return this.#state.primaryColor;
  }
  set primaryColor(value: string) {
    this.#set({ primaryColor: value });
  }
  get volume(): number {
    return this.#state.volume;
  }
  set volume(value: number) {
    this.#set({ volume: value });
  }

  /** Hands what a page has set on to the frame. */
  protected abstract sendSettings(settings: Readonly<Partial<PlayerSettings>>): void;

  protected updateState(state: PlayerState): void {
    this.#state = state;
  }

  #set(settings: Readonly<Partial<PlayerSettings>>): void {
    this.#state = { ...this.#state, ...settings };
    this.sendSettings(settings);
  }
}

const INITIAL_STATE: PlayerState = {
  adUrl: '',
  autoplay: false,
  buffered: [],
  controls: true,
  currentTime: 0,
  defaultTextTrack: '',
  duration: Number.NaN,
  ended: false,
  letterboxColor: '',
  loop: false,
  muted: false,
  paused: true,
  playbackRate: 1,
  played: [],
  poster: '',
  preload: 'none',
  primaryColor: '',
  seeking: false,
  videoHeight: 0,
  videoWidth: 0,
  volume: 1,
};

function toTimeRanges(ranges: Ranges): TimeRanges {
  const at = (index: number): readonly [number, number] => {
    const range = ranges[index];
    if (!range) throw new DOMException('There is no such range', 'IndexSizeError');
    return range;
  };
  return {
    length: ranges.length,
    start: (index) => at(index)[0],
    end: (index) => at(index)[1],
  };
}
