/** A wait that nobody asked for, in ms of the page's own time; without an end it is still on. */
export interface Stall {
  readonly fromMs: number;
  readonly toMs: number | undefined;
}

type MediaState = Pick<HTMLMediaElement, 'paused' | 'seeking' | 'ended'>;

/** Counts the stalls of any player by its media events, and how long they last. */
export class StallMeter {
  #stalls: Stall[] = [];
  #hasPlayed = false;
  /** Whether the media went away under the playing video: then even a seek is not the viewer's. */
  #isEmptied = false;

  get stalls(): readonly Stall[] {
    return this.#stalls;
  }

  get count(): number {
    return this.#stalls.length;
  }

  totalMs(nowMs: number): number {
    return this.#stalls.reduce((sum, { fromMs, toMs = nowMs }) => sum + toMs - fromMs, 0);
  }

  /** Another video, or the same from its beginning: what follows is no stall until it plays. */
  restart(): void {
    this.#stalls = [];
    this.#hasPlayed = false;
    this.#isEmptied = false;
  }

  /** A stall is a wait that is not the first start, not a seek, not the loop and not a pause. */
  take(type: string, { paused, seeking, ended }: MediaState, nowMs: number): void {
    switch (type) {
      case 'playing':
        this.#end(nowMs);
        this.#hasPlayed = true;
        break;
      case 'waiting':
        if (this.#hasPlayed && !paused && !seeking && !ended) this.#begin(nowMs);
        break;
      case 'emptied':
        this.#isEmptied = this.#hasPlayed;
        if (this.#hasPlayed) this.#begin(nowMs);
        break;
      case 'seeking':
        if (!this.#isEmptied) this.#stop(nowMs);
        break;
      case 'pause':
      case 'ended':
        this.#stop(nowMs);
        break;
    }
  }

  #begin(nowMs: number): void {
    if (this.#isOn()) return;
    this.#stalls.push({ fromMs: nowMs, toMs: undefined });
  }

  #end(nowMs: number): void {
    this.#isEmptied = false;
    const last = this.#stalls.at(-1);
    if (last && this.#isOn()) this.#stalls[this.#stalls.length - 1] = { ...last, toMs: nowMs };
  }

  #stop(nowMs: number): void {
    this.#end(nowMs);
    this.#hasPlayed = false;
  }

  #isOn(): boolean {
    const last = this.#stalls.at(-1);
    return last !== undefined && last.toMs === undefined;
  }
}
