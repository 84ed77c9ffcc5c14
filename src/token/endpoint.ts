import { SignedStreamError } from '../errors.js';
import { parseTokenResponse } from './response.js';
import type { TokenFetcher } from './token-fetcher.js';

/** How the page's token endpoint is asked. */
export interface EndpointOptions {
  /** Absolute URL; `{video-id}` in it is replaced, otherwise `video-id` is added to the query. */
  readonly url: string;
  /** `get` puts the video id into the URL, `post` sends JSON `{ "videoId": … }`. */
  readonly method: 'get' | 'post';
  readonly credentials: RequestCredentials;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Asks a token endpoint over HTTP, past every cache.
 *
 * @returns a fetcher that rejects with `endpoint-unreachable`, `endpoint-refused` (with `status`)
 * or `endpoint-malformed`
 */
export function createEndpointFetcher(
  options: EndpointOptions,
  fetchFn: typeof fetch,
  wallMs: () => number,
): TokenFetcher {
  return async ({ videoId, signal }) => {
    const post = options.method === 'post';
    let response: Response;
    let body: string;
    try {
      response = await fetchFn(buildEndpointUrl(options.url, videoId, !post), {
        method: post ? 'POST' : 'GET',
        headers: buildHeaders(post, options.headers),
        credentials: options.credentials,
        cache: 'no-store',
        signal,
        ...(post ? { body: JSON.stringify({ videoId }) } : {}),
      });
      body = await response.text();
    } catch {
      throw new SignedStreamError(
        'endpoint-unreachable',
        'The token endpoint could not be reached (network, CORS or time-out).',
        { retryable: true },
      );
    }
    if (!response.ok) throw toRefusal(response, wallMs());
    return { text: parseTokenResponse(body), serverDateMs: readDate(response) };
  };
}

/** Puts a video id where the endpoint's URL wants it. */
export function buildEndpointUrl(url: string, videoId: string, inQuery: boolean): string {
  const id = encodeURIComponent(videoId);
  const placed = url.replaceAll(/\{video-id\}|%7Bvideo-id%7D/gi, () => id);
  if (placed !== url || !inQuery) return placed;
  const hash = url.indexOf('#');
  const base = hash < 0 ? url : url.slice(0, hash);
  const joint = !base.includes('?') ? '?' : /[?&]$/.test(base) ? '' : '&';
  return `${base}${joint}video-id=${id}`;
}

/** Milliseconds that a `Retry-After` (seconds or a date) asks for; `undefined` where unreadable. */
export function parseRetryAfter(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/** The page's own headers go before ours, however they are spelled. */
function buildHeaders(post: boolean, own: Readonly<Record<string, string>>): Headers {
  const headers = new Headers({ accept: 'application/json, text/plain;q=0.9' });
  if (post) headers.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(own)) headers.set(name, value);
  return headers;
}

function readDate(response: Response): number | undefined {
  const date = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date;
}

function toRefusal(response: Response, wallMs: number): SignedStreamError {
  const { status } = response;
  return new SignedStreamError('endpoint-refused', `The token endpoint answered ${status}.`, {
    status,
    retryable: status >= 500 || status === 408 || status === 425 || status === 429,
    retryAfterMs: readRetryAfter(response, wallMs),
  });
}

/** A date is reckoned by the server's own clock; where that is not to be read, the device may lie. */
function readRetryAfter(response: Response, wallMs: number): number | undefined {
  const value = response.headers.get('retry-after');
  const dateMs = readDate(response);
  if (dateMs !== undefined) return parseRetryAfter(value, dateMs);
  const delayMs = parseRetryAfter(value, wallMs);
  const isByDevice = delayMs !== undefined && /\D/.test(value?.trim() ?? '');
  return isByDevice ? Math.min(delayMs, LONGEST_BY_DEVICE_MS) : delayMs;
}

const LONGEST_BY_DEVICE_MS = 300_000;
