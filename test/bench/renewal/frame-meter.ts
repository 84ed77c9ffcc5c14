/** What a viewer saw of a video. */
export interface FrameReport {
  /** Time in which the player waited for media, after it had begun to play. */
  readonly stallMs: number;
  /** Time in which no new picture came, counted where it is long enough to be seen. */
  readonly frozenMs: number;
  readonly longestGapMs: number;
  /** Pictures that do not follow from the one before. */
  readonly jumps: number;
  readonly frames: number;
  readonly playedSeconds: number;
  /** Height of the picture at the end. */
  readonly height: number;
}

/** Watches a video frame by frame. */
export class FrameMeter {
  readonly #video: HTMLVideoElement;
  #stallMs = 0;
  #stalledSinceMs: number | undefined;
  #frozenMs = 0;
  #longestGapMs = 0;
  #jumps = 0;
  #frames = 0;
  #playedSeconds = 0;
  #last: { readonly atMs: number; readonly mediaSeconds: number } | undefined;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    for (const type of ['waiting', 'emptied', 'seeking']) {
      video.addEventListener(type, () => {
        if (this.#frames > 0) this.#stalledSinceMs ??= performance.now();
      });
    }
    for (const type of ['playing', 'seeked']) {
      video.addEventListener(type, () => this.#endStall());
    }
    this.#watch();
  }

  report(): FrameReport {
    const now = performance.now();
    const openStallMs = this.#stalledSinceMs === undefined ? 0 : now - this.#stalledSinceMs;
    const openGapMs = this.#last === undefined ? 0 : now - this.#last.atMs;
    return {
      stallMs: this.#stallMs + openStallMs,
      frozenMs: this.#frozenMs + (openGapMs > VISIBLE_GAP_MS ? openGapMs : 0),
      longestGapMs: Math.max(this.#longestGapMs, openGapMs),
      jumps: this.#jumps,
      frames: this.#frames,
      playedSeconds: this.#playedSeconds,
      height: this.#video.videoHeight,
    };
  }

  #watch(): void {
    this.#video.requestVideoFrameCallback((_now, { presentationTime, mediaTime }) => {
      this.#note(presentationTime, mediaTime);
      this.#watch();
    });
  }

  #note(atMs: number, mediaSeconds: number): void {
    this.#frames += 1;
    if (this.#last !== undefined) {
      const gapMs = atMs - this.#last.atMs;
      const stepSeconds = mediaSeconds - this.#last.mediaSeconds;
      this.#longestGapMs = Math.max(this.#longestGapMs, gapMs);
      if (gapMs > VISIBLE_GAP_MS) this.#frozenMs += gapMs;
      // A picture may be dropped; then time and picture go on together.
      if (stepSeconds < 0 || stepSeconds - gapMs / 1000 > JUMP_SECONDS) this.#jumps += 1;
      if (stepSeconds > 0 && stepSeconds < 1) this.#playedSeconds += stepSeconds;
    }
    this.#last = { atMs, mediaSeconds };
  }

  #endStall(): void {
    if (this.#stalledSinceMs === undefined) return;
    this.#stallMs += performance.now() - this.#stalledSinceMs;
    this.#stalledSinceMs = undefined;
  }
}

/** Six pictures of a film. */
const VISIBLE_GAP_MS = 250;
const JUMP_SECONDS = 0.3;
