import type HlsClass from 'hls.js';

declare global {
  /** Loaded by a script of its own before this one. */
  const Hls: typeof HlsClass;
}

interface PlaybackOptions {
  readonly isDvr: boolean;
  readonly defaultTextTrack: () => string;
  /** Nothing is left to play and nothing more will come. */
  readonly onFailed: (message: string) => void;
}

/** Small, so that a token's death is felt soon: 10 to 14 s with segments of 4 s. */
const BUFFER_SECONDS = 10;
/** Enough for the first frame and the video's data, before anybody plays. */
const IDLE_BUFFER_SECONDS = 1;
/** With less than this ahead a video cannot be said to have something left to play. */
const DRY_SECONDS = 0.25;

/**
 * Plays one video after the other with hls.js. It uses the id it was given in every request and
 * does nothing about a refusal: what is in the buffer is played, then it fails.
 */
export class Playback {
  readonly #video: HTMLVideoElement;
  readonly #options: PlaybackOptions;
  #hls: HlsClass | undefined;
  #lastError: string | undefined;
  #hasFailed = false;

  constructor(video: HTMLVideoElement, options: PlaybackOptions) {
    this.#video = video;
    this.#options = options;
    for (const type of ['waiting', 'seeking', 'timeupdate', 'play']) {
      video.addEventListener(type, () => this.#failWhenDry());
    }
    video.addEventListener('play', () => this.#buffer(BUFFER_SECONDS));
    video.addEventListener('error', () => {
      if (video.error) this.#fail('This video cannot be played.');
    });
  }

  /** Starts over with a uid or a token; position and play state of the last one are gone. */
  load(id: string, startSeconds?: number): void {
    this.#hls?.destroy();
    this.#lastError = undefined;
    this.#hasFailed = false;
    const language = this.#options.defaultTextTrack();
    const isEager = this.#video.autoplay || this.#video.preload === 'auto';
    const hls = new Hls({
      startPosition: startSeconds ?? -1,
      backBufferLength: 30,
      maxBufferLength: isEager ? BUFFER_SECONDS : IDLE_BUFFER_SECONDS,
      maxMaxBufferLength: BUFFER_SECONDS,
      ...(language === '' ? {} : { subtitlePreference: { lang: language } }),
    });
    hls.on(Hls.Events.ERROR, (_event, data) => {
      if (!data.fatal) return;
      this.#lastError = toWords(data.response?.code);
      this.#failWhenDry();
    });
    hls.loadSource(`/${id}/manifest/video.m3u8${this.#options.isDvr ? '?dvrEnabled=true' : ''}`);
    hls.attachMedia(this.#video);
    this.#hls = hls;
  }

  #buffer(seconds: number): void {
    if (this.#hls) this.#hls.config.maxBufferLength = seconds;
  }

  #failWhenDry(): void {
    if (this.#lastError === undefined || this.#video.ended) return;
    if (secondsAhead(this.#video) < DRY_SECONDS) this.#fail(this.#lastError);
  }

  #fail(message: string): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#options.onFailed(message);
  }
}

function secondsAhead({ buffered, currentTime }: HTMLVideoElement): number {
  for (let index = 0; index < buffered.length; index++) {
    const end = buffered.end(index);
    if (buffered.start(index) <= currentTime + DRY_SECONDS && end >= currentTime) {
      return end - currentTime;
    }
  }
  return 0;
}

function toWords(status: number | undefined): string {
  if (status === 401 || status === 403) return 'You do not have permission to view this video.';
  if (status === 404) return 'This video could not be found.';
  return 'This video could not be loaded.';
}
