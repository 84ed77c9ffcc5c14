import { SignedStreamError } from '../errors.js';
import { isTokenShaped } from './token-shape.js';

/**
 * Finds the token in the body of a token endpoint's answer.
 *
 * Accepted: the Stream API's envelope `{ result: { token }, success, errors, messages }`,
 * `{ token }`, the token as a JSON string, or the bare token as text.
 *
 * @throws SignedStreamError `endpoint-malformed`, or `endpoint-refused` for `success: false`
 */
export function parseTokenResponse(body: string): string {
  const text = body.trim();
  if (isTokenShaped(text)) return text;
  if (text === '') throw malformed('an empty body');
  if (text.startsWith('<')) throw malformed('a web page (perhaps a log-in page)');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('neither JSON nor a token');
  }
  if (isObject(value) && value['success'] === false) {
    throw new SignedStreamError(
      'endpoint-refused',
      `The token endpoint answered "success": false${listErrorCodes(value['errors'])}.`,
    );
  }
  const token = findToken(value);
  if (token === undefined) throw malformed('JSON without a token');
  if (!isTokenShaped(token.trim())) throw malformed('a "token" that is no JSON Web Token');
  return token.trim();
}

function findToken(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return undefined;
  const { token, result } = value;
  const found = token ?? (isObject(result) ? result['token'] : undefined);
  return typeof found === 'string' ? found : undefined;
}

/** Only the numbers: the texts come from elsewhere and may quote anything. */
function listErrorCodes(errors: unknown): string {
  if (!Array.isArray(errors)) return '';
  const codes = errors
    .map((error: unknown) => (isObject(error) ? error['code'] : undefined))
    .filter((code) => typeof code === 'number');
  return codes.length > 0 ? ` (codes ${codes.join(', ')})` : '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function malformed(what: string): SignedStreamError {
  return new SignedStreamError(
    'endpoint-malformed',
    `The token endpoint's answer holds no token: it is ${what}.`,
    { retryable: true },
  );
}
