import type { CliContext } from '../cli-context.js';
import {
  listPreflightedHeaders,
  sendsCookies,
  type EndpointQuestion,
} from './endpoint-question.js';

/** What came back, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly url: string;
  readonly redirected: boolean;
  /** The server's time, as its `Date` says, beside this machine's when that came. */
  readonly clock: ClockReading | undefined;
}

/** Two answers come at two moments: their clocks can be compared by a third alone. */
export interface ClockReading {
  readonly serverSeconds: number;
  readonly localSeconds: number;
}

const TIMEOUT_MS = 15_000;

/** Asks for a token as `<signed-stream>` does. */
export async function askEndpoint(
  question: EndpointQuestion,
  context: CliContext,
): Promise<HttpAnswer> {
  const { endpoint, videoId, method, origin, login } = question;
  const { cookie, authorization } = login;
  const isPost = method === 'post';
  return ask(context, buildEndpointUrl(endpoint, videoId, isPost), {
    method: isPost ? 'POST' : 'GET',
    headers: {
      Accept: 'application/json, text/plain;q=0.9',
      ...(isPost && { 'Content-Type': 'application/json' }),
      ...(origin !== undefined && { Origin: origin }),
      ...(cookie !== undefined && sendsCookies(question) && { Cookie: cookie }),
      ...(authorization !== undefined && { Authorization: authorization }),
    },
    ...(isPost && { body: JSON.stringify({ videoId }) }),
  });
}

/** Asks whether a page of another origin may ask so, as a browser does before it does. */
export async function askPreflight(
  question: EndpointQuestion,
  context: CliContext,
): Promise<HttpAnswer> {
  const { endpoint, videoId, method, origin = '' } = question;
  return ask(context, buildEndpointUrl(endpoint, videoId, method === 'post'), {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': method.toUpperCase(),
      'Access-Control-Request-Headers': listPreflightedHeaders(question).join(','),
    },
  });
}

/** Any request, with what a browser would add and a limit to the waiting. */
export async function ask(
  { fetch, now }: CliContext,
  url: string,
  init: RequestInit,
): Promise<HttpAnswer> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const localSeconds = now() / 1000;
  const serverSeconds = Date.parse(response.headers.get('Date') ?? '') / 1000;
  return {
    status: response.status,
    headers: response.headers,
    body: await response.text(),
    url: response.url || url,
    redirected: response.redirected,
    clock: Number.isNaN(serverSeconds) ? undefined : { serverSeconds, localSeconds },
  };
}

/** Why a request got no answer, as far as the runtime tells. */
export function describeNetworkError(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  const known: Readonly<Record<string, string>> = {
    ENOTFOUND: 'there is no such host',
    ECONNREFUSED: 'nothing listens there',
    ECONNRESET: 'the connection was closed',
    CERT_HAS_EXPIRED: 'its certificate has expired',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  };
  if (error instanceof Error && error.name === 'TimeoutError') return 'it did not answer in time';
  return (code && known[code]) ?? code ?? 'the request failed';
}

/** Puts the id where the element puts it. */
function buildEndpointUrl(endpoint: string, videoId: string, isPost: boolean): string {
  const placed = endpoint.replaceAll(/\{video-id\}|%7Bvideo-id%7D/gi, videoId);
  if (placed !== endpoint || isPost) return placed;
  const url = new URL(endpoint);
  url.searchParams.set('video-id', videoId);
  return url.href;
}
