import type { Delivery } from '../../delivery/origin.js';
import { buildManifestUrl, type ManifestOptions } from '../../delivery/urls.js';
import { fetchPlaylist, PlaylistError, type PlaylistAnswer } from './fetch-playlist.js';
import { findFirstMedia, findFirstRenditions } from './first-requests.js';
import type { Grant } from './grant.js';

/** What is known of a video before there is a player. */
export interface AheadOptions {
  readonly delivery: Delivery;
  readonly hlsConfig: Readonly<Record<string, unknown>> | undefined;
  readonly settings: () => ManifestOptions;
  /** Whether it is going to begin at its start. */
  readonly isFromStart: () => boolean;
  /** The first token; rejects where nobody wants to play any more. */
  readonly token: () => Promise<string>;
  /** Ends the requests. */
  readonly signal: AbortSignal;
}

/** An answer to what hls.js has not yet asked. */
export interface EarlyAnswer<T = string | ArrayBuffer> {
  readonly data: T;
  /** The address that answered. */
  readonly url: string;
  /** When the first byte was there, and the last one. */
  readonly firstMs: number;
  readonly endMs: number;
}

/** A request that was sent before hls.js was there to send it. */
export interface EarlyRequest {
  readonly startMs: number;
  readonly answer: Promise<EarlyAnswer>;
}

/**
 * What is fetched before hls.js is there to ask for it: playlists, and the first of the media. It
 * would need three round trips for them after its own arrival, and the link would stand idle then.
 */
export class EarlyRequests {
  readonly #requests = new Map<string, EarlyRequest>();
  #isOver = false;

  /** Asks for what hls.js is going to ask for first. */
  async send({ delivery, settings, isFromStart, token, signal }: AheadOptions): Promise<void> {
    const text = await token();
    const ask = <T extends string | ArrayBuffer>(
      url: string,
      fetchOne: (grant: Grant, signal: AbortSignal) => Promise<EarlyAnswer<T>>,
    ): Promise<EarlyAnswer<T>> => {
      if (this.#isOver) throw new Error('hls.js asks itself');
      const answer = fetchOne({ url, token: text }, signal);
      answer.catch(() => {});
      this.#requests.set(url, { startMs: performance.now(), answer });
      return answer;
    };
    const manifest = await ask(buildManifestUrl(delivery, text, settings()), fetchList);
    const renditions = findFirstRenditions(manifest.data, manifest.url);
    await Promise.all(
      renditions.map(async (rendition) => {
        const { data, url } = await ask(rendition, fetchList);
        if (!isFromStart()) return;
        for (const media of findFirstMedia(data, url)) void ask(media, fetchMedia);
      }),
    );
  }

  /** Gives a request away, once; `undefined` where it was not sent. */
  take(url: string): EarlyRequest | undefined {
    const request = this.#requests.get(url);
    this.#requests.delete(url);
    // From here on hls.js is faster.
    this.#isOver ||= request === undefined;
    return request;
  }
}

/** Fetches ahead, unless hls.js cannot play here, or the page has a say in how it asks or begins. */
export function fetchAhead(options: AheadOptions): EarlyRequests | undefined {
  const canPlay = 'MediaSource' in globalThis || 'ManagedMediaSource' in globalThis;
  const keys = Object.keys(options.hlsConfig ?? {});
  if (!canPlay || keys.some((key) => OWN_WAY.test(key))) return undefined;
  const early = new EarlyRequests();
  // hls.js asks for itself what does not come.
  early.send(options).catch(() => {});
  return early;
}

const OWN_WAY = /loader|setup|start|progressive|estimate|preference|cap/i;

async function fetchList(grant: Grant, signal: AbortSignal): Promise<EarlyAnswer<string>> {
  const { text, url }: PlaylistAnswer = await fetchPlaylist(grant, signal);
  const endMs = performance.now();
  return { data: text, url, firstMs: endMs, endMs };
}

async function fetchMedia(
  { url, token }: Grant,
  signal: AbortSignal,
): Promise<EarlyAnswer<ArrayBuffer>> {
  const limit = new AbortController();
  const abort = (): void => limit.abort();
  const timer = setTimeout(abort, MEDIA_TIMEOUT_MS);
  signal.addEventListener('abort', abort, { once: true });
  try {
    const response = await fetch(url, { signal: limit.signal });
    const firstMs = performance.now();
    if (!response.ok) throw new PlaylistError(response.status, token);
    const data = await response.arrayBuffer();
    return { data, url: response.url || url, firstMs, endMs: performance.now() };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** After that, hls.js may try by itself. */
const MEDIA_TIMEOUT_MS = 20_000;
