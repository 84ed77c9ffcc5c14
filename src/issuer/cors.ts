import { answerWithRefusal, METHODS, type EndpointAnswer } from './endpoint-answer.js';

/** Which pages of other origins may ask the token endpoint. */
export interface CorsOptions {
  /** Origins, each written as the browser sends it: `https://www.example.com`. */
  readonly origins: readonly string[];
  /** Whether requests may carry cookies; `true` unless given. */
  readonly credentials?: boolean | undefined;
  /** Request headers allowed besides `Content-Type` and `Authorization`. */
  readonly headers?: readonly string[] | undefined;
  /** How long a browser may keep the answer to a preflight, in seconds; 600 unless given. */
  readonly maxAgeSeconds?: number | undefined;
}

/** The handler's view of `CorsOptions`. */
export interface Cors {
  /** What lets the page that asked read the answer, if its origin is named. */
  headersFor(request: Request): Readonly<Record<string, string>>;
  /** Answers `OPTIONS`. */
  answerPreflight(request: Request): EndpointAnswer;
}

const DEFAULT_MAX_AGE_SECONDS = 600;

/** Reads the option; without it no origin but the endpoint's own can read an answer. */
export function createCors(option: CorsOptions | readonly string[] | undefined): Cors {
  const options = toOptions(option);
  const origins = options.origins.map(parseOrigin);
  const requestHeaders = ['Content-Type', 'Authorization', ...(options.headers ?? [])].join(', ');
  const maxAge = String(options.maxAgeSeconds ?? DEFAULT_MAX_AGE_SECONDS);

  const headersFor = (request: Request): Readonly<Record<string, string>> => {
    if (origins.length === 0) return {};
    const origin = request.headers.get('Origin');
    if (origin === null || !origins.includes(origin)) return { Vary: 'Origin' };
    return {
      Vary: 'Origin',
      'Access-Control-Allow-Origin': origin,
      // The element reads the server's clock and its wish to be left alone from these two.
      'Access-Control-Expose-Headers': 'Date, Retry-After',
      ...(options.credentials !== false && { 'Access-Control-Allow-Credentials': 'true' }),
    };
  };

  return {
    headersFor,
    answerPreflight(request) {
      const isPreflight = request.headers.has('Access-Control-Request-Method');
      const isNamed = origins.includes(request.headers.get('Origin') ?? '');
      const headers = { Allow: METHODS, ...headersFor(request) };
      if (!isPreflight) return { status: 204, headers, body: null };
      if (!isNamed) {
        const message = 'This origin is not among those the token endpoint names.';
        const refusal = answerWithRefusal({ status: 403, code: 'origin-not-allowed', message });
        return { ...refusal, headers: { ...refusal.headers, ...headers } };
      }
      return {
        status: 204,
        headers: {
          ...headers,
          'Access-Control-Allow-Methods': METHODS,
          'Access-Control-Allow-Headers': requestHeaders,
          'Access-Control-Max-Age': maxAge,
        },
        body: null,
      };
    },
  };
}

function toOptions(option: CorsOptions | readonly string[] | undefined): CorsOptions {
  if (option === undefined) return { origins: [] };
  return 'origins' in option ? option : { origins: option };
}

function parseOrigin(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text) return text;
  throw new TypeError(
    `cors: ${JSON.stringify(text)} is no origin; write it as "https://www.example.com", ` +
      'without a path, a slash at the end or a wildcard.',
  );
}
