import { assertTimelessRestrictions } from './check-restrictions.js';
import { createCors, type CorsOptions } from './cors.js';
import { ANSWERER, type Answerer } from './answerer.js';
import {
  answerWithRefusal,
  answerWithToken,
  CACHE_CONTROL,
  RefusedRequest,
  type EndpointAnswer,
  type EndpointErrorCode,
  type Refusal,
} from './endpoint-answer.js';
import { isRecord } from './is-record.js';
import { IssuerError, type IssuerErrorCode } from './issuer-error.js';
import { readRequestedVideoId } from './requested-video-id.js';
import type { Restrictions } from './restrictions.js';
import type { TokenIssuer } from './token-issuer.js';
import { isVideoId } from './video-id.js';

/**
 * What `authorize` may say: `true` lets the viewer have a token; `false` is answered with 403,
 * `'unauthenticated'` with 401; a `Response` is sent as it is, once: make one for each request. Anything
 * else is a fault (500).
 */
export type Authorization = boolean | 'unauthenticated' | Response;

/** `Context` is whatever the handler is called with besides the request: a Worker's `env`, `ctx`. */
export interface TokenHandlerOptions<Context extends readonly unknown[] = []> {
  readonly issuer: TokenIssuer;
  /** Whether this viewer may watch this video. Asked for each token; there is no default. */
  readonly authorize: (
    request: Request,
    videoId: string,
    ...context: Context
  ) => Authorization | Promise<Authorization>;
  /** The same for every token, or made for each: `{}` for none, and anything but an object is a fault. */
  readonly restrictions?:
    | Restrictions
    | ((
        request: Request,
        videoId: string,
        ...context: Context
      ) => Restrictions | Promise<Restrictions>)
    | undefined;
  /** Where the id is, if not in `?video-id=` or in the JSON body's `videoId`. */
  readonly videoId?: ((request: Request, ...context: Context) => unknown) | undefined;
  /** The origins of pages that may ask, where they are not the endpoint's own. */
  readonly cors?: CorsOptions | readonly string[] | undefined;
  /** Told of every failure behind a 5xx answer, which does not say what it was. */
  readonly onError?: ((error: unknown, request: Request) => void) | undefined;
  /** The time in milliseconds, for the `Date` header; `Date.now` unless given. */
  readonly now?: (() => number) | undefined;
}

/** A token endpoint: a Worker's `fetch`, a route handler, or a part of either. */
export interface TokenHandler<Context extends readonly unknown[] = []> {
  (request: Request, ...context: Context): Promise<Response>;
  /** For servers without `Response`; `toNodeHandler` uses it. */
  readonly [ANSWERER]: Answerer<Context>;
}

/** Makes a token endpoint. A viewer gets a token only where `authorize` answers `true`. */
export function createTokenHandler<Context extends readonly unknown[] = []>(
  options: TokenHandlerOptions<Context>,
): TokenHandler<Context> {
  const { issuer, authorize, restrictions = {}, onError } = options;
  if (typeof issuer?.issue !== 'function') throw new TypeError('issuer is missing');
  if (typeof authorize !== 'function') {
    throw new TypeError('authorize is missing: a function that says who may watch');
  }
  if (typeof restrictions !== 'function') assertTimelessRestrictions(restrictions);
  const readVideoId = options.videoId ?? readRequestedVideoId;
  const cors = createCors(options.cors);
  const now = options.now ?? (() => Date.now());
  /** Bodies that are on their way: they do not look used before somebody has begun to read them. */
  const sentBodies = new WeakSet<ReadableStream>();

  const answerer: Answerer<Context> = async (request, ...context) => {
    if (request.method === 'OPTIONS') return cors.answerPreflight(request);
    const answered = await answer(request, context).catch((error: unknown) =>
      answerWithRefusal(toRefusal(error, request)),
    );
    const headers = {
      // The element sets its clock by it, and not every server adds one.
      Date: new Date(now()).toUTCString(),
      ...cors.headersFor(request),
    };
    if (answered instanceof Response) {
      completeHeaders(answered.headers, headers);
      return answered;
    }
    return { ...answered, headers: { ...answered.headers, ...headers } };
  };
  const handler = async (request: Request, ...context: Context): Promise<Response> => {
    const answered = await answerer(request, ...context);
    return answered instanceof Response ? answered : new Response(answered.body, answered);
  };
  return Object.assign(handler, { [ANSWERER]: answerer });

  async function answer(request: Request, context: Context): Promise<EndpointAnswer | Response> {
    if (request.method !== 'GET' && request.method !== 'POST') {
      const message = 'The token endpoint answers GET and POST.';
      throw new RefusedRequest(405, 'method-not-allowed', message);
    }
    const videoId = await readVideoId(request, ...context);
    if (videoId === undefined || videoId === null || videoId === '') {
      throw new RefusedRequest(400, 'video-id-missing', 'The request names no video.');
    }
    if (!isVideoId(videoId)) {
      const message = 'A video id is 32 characters, each 0-9 or a-f.';
      throw new RefusedRequest(400, 'video-id-invalid', message);
    }
    const allowed: unknown = await authorize(request, videoId, ...context);
    if (allowed instanceof Response) return copyResponse(allowed);
    if (allowed === 'unauthenticated') {
      throw new RefusedRequest(401, 'unauthenticated', 'Log in to watch this video.');
    }
    if (allowed === false) {
      throw new RefusedRequest(403, 'forbidden', 'This viewer may not watch this video.');
    }
    if (allowed !== true) {
      throw new TypeError("authorize must answer true, false, 'unauthenticated' or a Response");
    }
    const wanted =
      typeof restrictions === 'function'
        ? await restrictions(request, videoId, ...context)
        : restrictions;
    // Nothing is what a forgotten return gives, and would be a token without restrictions.
    if (!isRecord(wanted)) throw new TypeError('restrictions must answer an object');
    return answerWithToken(await issuer.issue(videoId, wanted));
  }

  /** Throws where it cannot be sent; a copy, as one of somebody else's may have headers that are fixed. */
  function copyResponse(response: Response): Response {
    const { body } = response;
    if (body && sentBodies.has(body)) {
      throw new TypeError('authorize must answer a new Response for each request');
    }
    if (body) sentBodies.add(body);
    return new Response(body, response);
  }

  function toRefusal(error: unknown, request: Request): Refusal {
    if (error instanceof RefusedRequest) return error;
    const answered = error instanceof IssuerError ? ANSWERS[error.code] : undefined;
    const [status, code, message] = answered ?? INTERNAL_ERROR;
    if (status >= 500) report(error, request);
    const retryAfterMs = error instanceof IssuerError ? error.retryAfterMs : undefined;
    return { status, code, message, retryAfterMs };
  }

  function report(error: unknown, request: Request): void {
    try {
      onError?.(error, request);
    } catch {
      // A log that fails is no reason to leave the viewer without an answer.
    }
  }
}

function completeHeaders(own: Headers, more: Readonly<Record<string, string>>): void {
  if (!own.has('Cache-Control')) own.set('Cache-Control', CACHE_CONTROL);
  for (const [name, value] of Object.entries(more)) {
    if (name === 'Vary') own.append(name, value);
    else own.set(name, value);
  }
}

type Answer = readonly [status: number, code: EndpointErrorCode, message: string];

const INTERNAL_ERROR: Answer = [
  500,
  'internal-error',
  'The token endpoint failed; see its onError.',
];
const UNAVAILABLE: Answer = [503, 'temporarily-unavailable', 'No token can be had now; try later.'];

/** What a viewer is told of an issuer's failure. Faults of the server's own are not spelt out. */
const ANSWERS: Readonly<Partial<Record<IssuerErrorCode, Answer>>> = {
  'video-id-invalid': [400, 'video-id-invalid', 'A video id is 32 characters, each 0-9 or a-f.'],
  'video-not-found': [404, 'video-not-found', 'Stream has no such video.'],
  'api-unreachable': UNAVAILABLE,
  'api-rate-limited': UNAVAILABLE,
  'api-failed': UNAVAILABLE,
};
