import Hls, { Events } from 'hls.js';
import { SignedStreamError } from '../../../src/index.js';
import type { SignedToken } from '../../../src/token/claims.js';
import { buildManifestUrl } from '../../../src/delivery/urls.js';
import { resolveDelivery } from '../../../src/delivery/origin.js';
import type { Source } from '../source.js';
import { fetchToken } from './fetch-token.js';

export interface ReloadPlayerOptions {
  /** A token has come; what follows is that the source is set. */
  readonly onToken: (endsInMs: number, isFirst: boolean) => void;
  readonly onFailure: (code: string, status: number | undefined) => void;
}

/**
 * What is done by hand where nothing renews tokens: hls.js, and a timer that fetches the next token a
 * while before this one ends by the viewer's clock, then sets the source again and seeks back.
 */
export class ReloadPlayer {
  readonly #video: HTMLVideoElement;
  readonly #source: Source;
  readonly #options: ReloadPlayerOptions;
  readonly #hls = new Hls({ maxMaxBufferLength: 20 });
  readonly #stopping = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(video: HTMLVideoElement, source: Source, options: ReloadPlayerOptions) {
    this.#video = video;
    this.#source = source;
    this.#options = options;
    this.#hls.attachMedia(video);
    this.#hls.on(Events.ERROR, (_event, { fatal, details, response }) => {
      if (fatal) options.onFailure(details, response?.code);
    });
    void this.#load(true);
  }

  destroy(): void {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    this.#hls.destroy();
  }

  async #load(isFirst: boolean): Promise<void> {
    const token = await this.#fetchToken();
    if (this.#stopping.signal.aborted) return;
    if (!token) {
      this.#timer = setTimeout(() => void this.#load(isFirst), RETRY_MS);
      return;
    }
    const leftMs = (token.claims.expSeconds ?? Infinity) * 1000 - Date.now();
    this.#options.onToken(leftMs, isFirst);
    this.#setSource(token, isFirst);
    if (Number.isFinite(leftMs)) {
      const delayMs = Math.max(RETRY_MS, leftMs * (1 - LEAD));
      this.#timer = setTimeout(() => void this.#load(false), Math.min(delayMs, LONGEST_TIMER_MS));
    }
  }

  #setSource({ text }: SignedToken, isFirst: boolean): void {
    const { secondOrigin, deliveryOrigin, customerCode, live } = this.#source;
    const delivery = resolveDelivery({
      deliveryOrigin: secondOrigin ?? deliveryOrigin,
      customerCode,
    });
    this.#hls.config.startPosition = isFirst || live ? -1 : this.#video.currentTime;
    this.#hls.loadSource(buildManifestUrl(delivery, text));
    this.#hls.once(Events.MANIFEST_PARSED, () => {
      // Where the browser does not let it start, the viewer does.
      this.#video.play().catch(() => undefined);
    });
  }

  async #fetchToken(): Promise<SignedToken | undefined> {
    const { signal } = this.#stopping;
    try {
      return await fetchToken(
        this.#source,
        AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      );
    } catch (error) {
      if (signal.aborted) return undefined;
      const { code, status } =
        error instanceof SignedStreamError ? error : { code: 'no-token', status: undefined };
      this.#options.onFailure(code, status);
      return undefined;
    }
  }
}

/** The share of a token's life that is left when the next one is fetched. */
const LEAD = 0.2;
const RETRY_MS = 2000;
const TIMEOUT_MS = 10_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
