import type { HttpAnswer } from './ask-endpoint.js';
import { fail, pass, warn, type Step } from './step.js';

/** What a page of another origin needs of the endpoint's answers. */
export interface CorsQuestion {
  readonly origin: string;
  /** Whether the page sends cookies: `token-credentials="include"`. */
  readonly hasCredentials: boolean;
  readonly answer: HttpAnswer;
  /** The answer to the preflight, where one is due. */
  readonly preflight: HttpAnswer | undefined;
  /** The headers the preflight asks for. */
  readonly preflightedHeaders: readonly string[];
}

/** Whether a browser lets the page read what the endpoint answers. */
export function checkCors(question: CorsQuestion): Step {
  const { origin, hasCredentials, answer, preflight } = question;
  const named = `the endpoint's CORS must name ${origin}`;
  if (preflight) {
    const problem = findPreflightProblem(preflight, origin, hasCredentials);
    if (problem) return fail('cors', 'cors', `The preflight fails: ${problem}.`, named);
    const refused = findRefusedHeader(preflight, question);
    if (refused !== undefined) {
      const message = `The preflight fails: Access-Control-Allow-Headers does not name ${refused}.`;
      return fail('cors', 'cors', message, `the endpoint's CORS must allow the header ${refused}`);
    }
  }
  const problem = findProblem(answer.headers, origin, hasCredentials);
  if (problem) return fail('cors', 'cors', `A browser hides the answer: ${problem}.`, named);
  if (!listHas(answer.headers.get('Access-Control-Expose-Headers'), 'date', hasCredentials)) {
    const message = "A page cannot read the endpoint's clock: Date is not exposed.";
    return warn('cors', 'cors', message, 'Send Access-Control-Expose-Headers: Date, Retry-After');
  }
  return pass('cors', `${origin} may read the answer.`);
}

function findPreflightProblem(
  { status, headers }: HttpAnswer,
  origin: string,
  hasCredentials: boolean,
): string | undefined {
  if (status < 200 || status > 299) return `it is answered with ${status}`;
  return findProblem(headers, origin, hasCredentials);
}

function findRefusedHeader(
  { headers }: HttpAnswer,
  { hasCredentials, preflightedHeaders }: CorsQuestion,
): string | undefined {
  const allowed = headers.get('Access-Control-Allow-Headers');
  return preflightedHeaders.find((name) => !listHas(allowed, name, hasCredentials));
}

function findProblem(
  headers: Headers,
  origin: string,
  hasCredentials: boolean,
): string | undefined {
  const allowed = headers.get('Access-Control-Allow-Origin');
  if (allowed === null) return 'there is no Access-Control-Allow-Origin';
  if (allowed === '*' && hasCredentials) return 'Access-Control-Allow-Origin is * beside cookies';
  if (allowed !== '*' && allowed !== origin) {
    return `Access-Control-Allow-Origin is ${JSON.stringify(allowed.slice(0, 100))}`;
  }
  if (hasCredentials && headers.get('Access-Control-Allow-Credentials') !== 'true') {
    return 'Access-Control-Allow-Credentials is not true';
  }
  return undefined;
}

/** Whether a list of header names has one; `*` is all but `Authorization`, and none beside cookies. */
function listHas(list: string | null, name: string, hasCredentials: boolean): boolean {
  const names = (list ?? '').split(',').map((entry) => entry.trim().toLowerCase());
  const isCoveredByAny = !hasCredentials && name !== 'authorization';
  return names.includes(name) || (isCoveredByAny && names.includes('*'));
}
