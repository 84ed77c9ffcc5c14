import type { SignedStreamElement } from '../../../src/index.js';
import { until } from './until.js';

/**
 * What a page must not hear of a renewal. `stalled` is none of it: Chromium's own HLS says so of
 * every download that rests because enough is buffered.
 */
const INTERRUPTIONS = [
  ...['emptied', 'ended', 'error', 'loadstart', 'pause', 'play', 'ratechange'],
  ...['seeking', 'seeked', 'volumechange', 'waiting'],
];

/** Follows what plays from now on. */
export class PlaybackWatch {
  readonly #element: SignedStreamElement;
  readonly interruptions: string[] = [];
  #renewals = 0;
  readonly #started: Promise<unknown>;

  constructor(element: SignedStreamElement) {
    this.#element = element;
    for (const type of INTERRUPTIONS) {
      element.addEventListener(type, () => this.interruptions.push(type));
    }
    this.#started = new Promise((resolve) => {
      element.addEventListener('playing', resolve, { once: true });
    });
    element.addEventListener('tokenchange', () => (this.#renewals += 1));
  }

  /** Waits until it plays; from then on counts what is heard of it. */
  async begins(): Promise<void> {
    await this.#started;
    await this.playsOn(1);
    this.interruptions.length = 0;
  }

  /** Waits until the token has been renewed so often, and what plays goes on after it. */
  async outlasts(renewals: number, timeoutMs = 60_000): Promise<void> {
    const reached = this.#renewals + renewals;
    await until(() => this.#renewals >= reached, `renewal ${renewals} came`, timeoutMs);
    await this.playsOn(2);
  }

  /** Waits until so many seconds more have been played. */
  async playsOn(seconds: number): Promise<void> {
    const beganAt = this.#element.currentTime;
    await until(
      () => this.#element.currentTime > beganAt + seconds,
      `it played on from ${beganAt}`,
      30_000,
    );
  }
}
