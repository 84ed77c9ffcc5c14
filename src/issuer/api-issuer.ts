import { isRecord } from './is-record.js';
import { IssuerError, type IssuerErrorCode } from './issuer-error.js';
import { parseRestrictions } from './check-restrictions.js';
import type { Restrictions } from './restrictions.js';
import { parseJson } from './parse-json.js';
import { parseRetryAfterMs } from './retry-after.js';
import type { TokenIssuer } from './token-issuer.js';
import { assertVideoId } from './video-id.js';

export interface ApiIssuerOptions {
  readonly accountId: string;
  /** An API token that may edit Stream. */
  readonly apiToken: string;
  /** `fetch` of the runtime unless given. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /** Where the API is; the vendor's unless given. */
  readonly apiOrigin?: string | undefined;
  /** The same with its path up to the version, where that is not `/client/v4`. */
  readonly apiUrl?: string | undefined;
  /** How long an answer may take, in milliseconds; 10 s unless given. */
  readonly timeoutMs?: number | undefined;
  /** The time in milliseconds; `Date.now` unless given. */
  readonly now?: (() => number) | undefined;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Makes an issuer that asks the Stream API's `/token`: the simplest way, for few tokens a day (the
 * vendor limits them). After a 429 or 503 with `Retry-After` it does not ask before that time is over,
 * and rejects at once with `api-rate-limited` or `api-failed` and what is left of it.
 */
export function createApiIssuer(options: ApiIssuerOptions): TokenIssuer {
  const { accountId, apiToken, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const { fetch: send = (url: string, init: RequestInit) => fetch(url, init) } = options;
  const now = options.now ?? (() => Date.now());
  if (typeof accountId !== 'string' || accountId === '')
    throw new TypeError('accountId is missing');
  // Checked here because a runtime's own complaint about a header quotes the header.
  if (typeof apiToken !== 'string' || !/^[\x21-\x7e]+$/.test(apiToken)) {
    throw new TypeError('apiToken is missing, or holds a space or a line end');
  }
  const { apiOrigin = 'https://api.cloudflare.com' } = options;
  const { origin, pathname } = new URL(options.apiUrl ?? '/client/v4', apiOrigin);
  const path = `${pathname.replace(/\/+$/, '')}/accounts/${encodeURIComponent(accountId)}/stream`;
  let pause: { readonly error: IssuerError; readonly untilMs: number } | undefined;

  return Object.freeze({
    async issue(videoId: string, restrictions: Restrictions = {}): Promise<string> {
      assertVideoId(videoId);
      const body = parseRestrictions(restrictions, now() / 1000);
      if (pause && pause.untilMs > now()) {
        const { code, status } = pause.error;
        const retryAfterMs = pause.untilMs - now();
        throw new IssuerError(code, 'The Stream API asked for a pause.', { status, retryAfterMs });
      }
      try {
        return await ask(`${origin}${path}/${videoId}/token`, JSON.stringify(body));
      } catch (error) {
        if (error instanceof IssuerError && error.retryAfterMs !== undefined) {
          pause = { error, untilMs: now() + error.retryAfterMs };
        }
        throw error;
      }
    },
  });

  async function ask(url: string, body: string): Promise<string> {
    let response: Response;
    let text: string;
    try {
      response = await send(url, {
        method: 'POST',
        headers: { Authorization: `Bearer ${apiToken}`, 'Content-Type': 'application/json' },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      text = await response.text();
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown';
      throw new IssuerError('api-unreachable', `The Stream API did not answer (${reason}).`);
    }
    const answer = parseJson(text);
    if (response.status !== 200) throw refusedBy(response, answer);
    const result = isRecord(answer) && answer['success'] !== false ? answer['result'] : undefined;
    const token = isRecord(result) ? result['token'] : undefined;
    if (typeof token === 'string' && TOKEN.test(token)) return token;
    throw new IssuerError('api-malformed', `The Stream API sent no token.${reasonOf(answer)}`, {
      status: response.status,
    });
  }

  function refusedBy(response: Response, answer: unknown): IssuerError {
    const { status } = response;
    const retryAfterMs = parseRetryAfterMs(response.headers.get('retry-after'), now());
    const message = `The Stream API answered ${status}.${reasonOf(answer)}`;
    return new IssuerError(codeOf(status), message, { status, retryAfterMs });
  }

  /** What the API says, in case it repeats what it was sent, without the API token. */
  function reasonOf(answer: unknown): string {
    const errors: unknown = isRecord(answer) ? answer['errors'] : undefined;
    if (!Array.isArray(errors)) return '';
    const messages = errors
      .map((error: unknown) => (isRecord(error) ? error['message'] : undefined))
      .filter((message) => typeof message === 'string' && message !== '')
      .join('; ');
    return messages && ` It says: ${messages.replaceAll(apiToken, '…').slice(0, 300)}`;
  }
}

function codeOf(status: number): IssuerErrorCode {
  if (status === 401 || status === 403) return 'api-refused';
  if (status === 404) return 'video-not-found';
  if (status === 429) return 'api-rate-limited';
  return status >= 400 && status < 500 ? 'api-rejected' : 'api-failed';
}
