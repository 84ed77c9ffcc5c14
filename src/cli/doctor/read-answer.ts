import { isRecord } from '../../issuer/is-record.js';
import { parseJson } from '../../issuer/parse-json.js';
import { isToken } from '../read-token.js';
import type { HttpAnswer } from './ask-endpoint.js';
import { fail, type Step } from './step.js';

/** The token in an endpoint's answer, or the step that says why there is none. */
export function readAnswer(
  answer: HttpAnswer,
  isCookieKeptBack: boolean,
): { token: string } | { step: Step } {
  const { status, body } = answer;
  const text = body.trim();
  const loginHint = isCookieKeptBack ? COOKIE_HINT : LOGIN_HINT;
  if (status < 200 || status > 299) return { step: describeStatus(answer, loginHint) };
  if (text.startsWith('<')) {
    const where = answer.redirected ? ` at ${withoutQuery(answer.url)}` : '';
    const message = `It answers with a web page${where}, not with a token.`;
    return { step: fail('endpoint', 'login', message, loginHint) };
  }
  const json = parseJson(text);
  if (isRecord(json) && json['success'] === false) {
    const message = `It answers "success": false${describeErrors(json)}.`;
    return { step: fail('endpoint', 'endpoint', message) };
  }
  const token = isToken(text) ? text : findToken(json);
  if (token !== undefined) return { token };
  const what = text === '' ? 'an empty body' : 'something that holds no token';
  const hint = 'Answer { "result": { "token": … } }, { "token": … } or the token as text';
  return { step: fail('endpoint', 'endpoint', `It answers with ${what}.`, hint) };
}

const LOGIN_HINT =
  'Set SIGNED_STREAM_COOKIE or SIGNED_STREAM_AUTHORIZATION to ask as somebody who is logged in';
const COOKIE_HINT =
  'The cookie was not sent, as the page sends none: see --credentials (token-credentials)';

function describeStatus({ status, body, url }: HttpAnswer, loginHint: string): Step {
  const json = parseJson(body);
  const says = isRecord(json) ? describeErrors(json) : '';
  const message = `It answers ${status}${says}.`;
  switch (status) {
    case 401:
      return fail('endpoint', 'login', message, loginHint);
    case 403:
      return fail('endpoint', 'login', message, 'This viewer may not watch this video', loginHint);
    case 404:
      return fail('endpoint', 'endpoint', message, `Is there an endpoint at ${withoutQuery(url)}?`);
    case 405:
      return fail('endpoint', 'endpoint', message, 'Try the other --method');
    case 400:
      return fail('endpoint', 'id', message, 'Does it read the id from ?video-id= (or the body)?');
    default:
      return fail('endpoint', 'endpoint', message, "The endpoint's own log says more");
  }
}

/** The codes and sentences of an API-like envelope, kept short. */
function describeErrors(json: Readonly<Record<string, unknown>>): string {
  const { errors } = json;
  if (!Array.isArray(errors)) return '';
  const texts = errors
    .filter(isRecord)
    .map(({ code, message }) => [code, message].filter((part) => isShort(part)).join(': '));
  return texts.length === 0 ? '' : ` (${texts.join('; ')})`;
}

function isShort(part: unknown): boolean {
  return typeof part === 'number' || (typeof part === 'string' && part.length < 200);
}

function findToken(json: unknown): string | undefined {
  if (typeof json === 'string') return isToken(json.trim()) ? json.trim() : undefined;
  if (!isRecord(json)) return undefined;
  return findToken(json['token']) ?? findToken(json['result']);
}

function withoutQuery(url: string): string {
  return URL.canParse(url) ? new URL(url).origin + new URL(url).pathname : 'its address';
}
