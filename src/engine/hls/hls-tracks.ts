import { Events, type default as Hls } from 'hls.js';
import type { AudioTrackChoice, EngineTracks, Rendition, TrackKind } from '../engine.js';
import { choose, findChoices, keepChoices } from './kept-choices.js';

/** What hls.js has to choose from. A choice outlives every renewal, as hls.js hears of none. */
export class HlsTracks implements EngineTracks {
  audio: readonly AudioTrackChoice[] = [];
  video: readonly Rendition[] = [];
  readonly #hls: Hls;
  readonly #video: HTMLVideoElement;

  constructor(hls: Hls, video: HTMLVideoElement) {
    this.#hls = hls;
    this.#video = video;
  }

  get text(): readonly TextTrack[] {
    return [...this.#video.textTracks];
  }

  get selectedRendition(): number {
    return this.#hls.manualLevel;
  }
  set selectedRendition(index: number) {
    if (index === this.selectedRendition) return;
    this.#hls.nextLevel = this.video[index] === undefined ? -1 : index;
    this.#tell('video');
  }

  watch(listener: (kind: TrackKind) => void): void {
    const choices = findChoices(this.#video);
    const tell = (kind: TrackKind): void => {
      // A browser makes a choice of its own of captions while a video loads.
      const isEarly = kind === 'text' && this.#video.readyState < 2;
      if (choices !== undefined && !isEarly) choose(kind, choices, this);
      listener(kind);
    };
    this.#tell = listener;
    const hls = this.#hls;
    const listLevels = (): void => {
      this.video = hls.levels.map((_, index) => this.#toRendition(index));
      tell('video');
    };
    const listAudio = (): void => {
      this.audio = hls.audioTracks.map((_, index) => this.#toChoice(index));
      // hls.js makes its own choice in the same task, when it has told of what there is.
      queueMicrotask(() => tell('audio'));
    };
    hls.on(Events.MANIFEST_PARSED, listLevels);
    hls.on(Events.LEVELS_UPDATED, listLevels);
    hls.on(Events.AUDIO_TRACKS_UPDATED, listAudio);
    hls.on(Events.AUDIO_TRACK_SWITCHED, () => tell('audio'));
    for (const type of ['addtrack', 'removetrack', 'change']) {
      this.#video.textTracks.addEventListener(type, () => tell('text'));
    }
    this.#video.addEventListener('loadeddata', () => tell('text'), { once: true });
    listLevels();
    listAudio();
    tell('text');
  }

  /** What is chosen is chosen in the next player of the same element, too. */
  keep(): void {
    keepChoices(this.#video, this);
  }

  #tell: (kind: TrackKind) => void = () => {};

  #toRendition(index: number): Rendition {
    const level = this.#hls.levels[index];
    const select = (selected: boolean): void => {
      if (selected || this.selectedRendition === index) {
        this.selectedRendition = selected ? index : -1;
      }
    };
    const isSelected = (): boolean => this.selectedRendition === index;
    return {
      id: String(index),
      width: level?.width ?? 0,
      height: level?.height ?? 0,
      bitrate: level?.bitrate ?? 0,
      frameRate: level?.frameRate || undefined,
      codec: level?.videoCodec,
      get selected() {
        return isSelected();
      },
      set selected(selected) {
        select(selected);
      },
    };
  }

  #toChoice(index: number): AudioTrackChoice {
    const hls = this.#hls;
    const track = hls.audioTracks[index];
    return {
      id: String(index),
      kind: track?.default === true ? 'main' : 'alternative',
      label: track?.name ?? '',
      language: track?.lang ?? '',
      get enabled() {
        return hls.audioTrack === index;
      },
      set enabled(enabled) {
        if (enabled) hls.audioTrack = index;
      },
    };
  }
}
