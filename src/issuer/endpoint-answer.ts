/**
 * Why a token endpoint gave no token, as it says in `errors[0].code`.
 *
 * - `video-id-missing`, `video-id-invalid`, `body-malformed` (400), `body-too-large` (413),
 *   `method-not-allowed` (405): the request is wrong.
 * - `request-malformed` (400): not even a request can be made of what was sent (`toNodeHandler`).
 * - `unauthenticated` (401), `forbidden` (403): `authorize` did not allow it.
 * - `origin-not-allowed` (403): a preflight from an origin that is not named in `cors`.
 * - `video-not-found` (404): Stream has no such video.
 * - `temporarily-unavailable` (503): the issuer could not be asked; see `Retry-After`.
 * - `internal-error` (500): a fault on the server; `onError` has it.
 */
export type EndpointErrorCode =
  | 'video-id-missing'
  | 'video-id-invalid'
  | 'body-malformed'
  | 'body-too-large'
  | 'method-not-allowed'
  | 'request-malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'origin-not-allowed'
  | 'video-not-found'
  | 'temporarily-unavailable'
  | 'internal-error';

/** What a token endpoint answers to. */
export const METHODS = 'GET, POST, OPTIONS';

/** No answer is for anybody but the viewer who asked, and none for later. */
export const CACHE_CONTROL = 'private, no-store';

/** An answer as plain data: a server that has no `Response` is spared making one. */
export interface EndpointAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Thrown inside the handler to answer with a refusal. */
export class RefusedRequest extends Error {
  readonly status: number;
  readonly code: EndpointErrorCode;

  constructor(status: number, code: EndpointErrorCode, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Why there is no token, before it is made an answer. */
export interface Refusal {
  readonly status: number;
  readonly code: EndpointErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
}

/** The answer that hands out a token, in the envelope of the Stream API. */
export function answerWithToken(token: string): EndpointAnswer {
  return answerWithJson(200, { result: { token }, success: true, errors: [], messages: [] });
}

/** The answer that hands out none, in the same envelope. */
export function answerWithRefusal({
  status,
  code,
  message,
  retryAfterMs,
}: Refusal): EndpointAnswer {
  const errors = [{ code, message }];
  const answer = answerWithJson(status, { result: null, success: false, errors, messages: [] });
  const headers: Record<string, string> = { ...answer.headers };
  if (code === 'method-not-allowed') headers['Allow'] = METHODS;
  if (retryAfterMs !== undefined) headers['Retry-After'] = String(Math.ceil(retryAfterMs / 1000));
  return { ...answer, headers };
}

function answerWithJson(status: number, body: unknown): EndpointAnswer {
  return {
    status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': CACHE_CONTROL,
      'X-Content-Type-Options': 'nosniff',
    },
    body: JSON.stringify(body),
  };
}
