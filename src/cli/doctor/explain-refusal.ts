import type { Viewer } from '../../issuer/decide-access.js';
import { MAX_LIFETIME_SECONDS } from '../../issuer/check-times.js';
import { describeDecision } from '../describe-rules.js';
import type { TokenFacts } from '../token-facts.js';
import { decideByToken } from '../token-rules.js';
import { isOriginAllowed } from './is-origin-allowed.js';
import { fail, type Step, type StepName } from './step.js';

/** All that is known when Stream refuses a token whose times are right. */
export interface RefusalFacts {
  readonly step: StepName;
  readonly status: number;
  readonly token: TokenFacts;
  readonly streamSeconds: number;
  /** The page's origin, if one was given. */
  readonly origin: string | undefined;
  /** Who asks, as far as it is known. */
  readonly viewer: Viewer;
  readonly account: AccountFacts;
}

/** What the API says of the account, where it could be asked. */
export interface AccountFacts {
  readonly keyIds: readonly string[] | undefined;
  readonly allowedOrigins: readonly string[] | undefined;
  /** How to come to know, where nothing of it is known. */
  readonly hint?: string | undefined;
}

/** Says why Stream refuses, by leaving out what cannot be; what is sure comes first. */
export function explainRefusal(facts: RefusalFacts): Step {
  const { step, status, token, streamSeconds, origin, viewer, account } = facts;
  const refused = `Stream refuses the token (${status})`;
  if ((token.expSeconds ?? 0) > streamSeconds + MAX_LIFETIME_SECONDS) {
    const message = `${refused}: it ends more than 24 hours from Stream's now.`;
    return fail(step, 'clock', message, 'Shorten it, and check the clock of the server that signs');
  }
  if (account.keyIds && token.keyId !== undefined && !account.keyIds.includes(token.keyId)) {
    const message = `${refused}: this account has no key ${token.keyId}. It was revoked, or is of another account.`;
    return fail(step, 'key', message, 'signed-stream keys create makes a new one');
  }
  const { allowedOrigins } = account;
  if (allowedOrigins && !isOriginAllowed(allowedOrigins, origin)) {
    const page = origin ?? 'a request without a page';
    const message = `${refused}: ${page} is not among the video's allowed origins (${allowedOrigins.join(', ')}).`;
    const hint = 'signed-stream protect <uid> --allow-origin … sets them';
    return fail(step, 'origin', message, origin === undefined ? GIVE_ORIGIN : hint);
  }
  const { action } = decideByToken(token.rules, viewer);
  if (action === 'block') {
    const message = `${refused}: its rules block the viewer. ${describeDecision(token.rules, viewer)}.`;
    return fail(step, 'region', message, SHOW_RULES);
  }
  if (!token.rules.whole) {
    return fail(step, 'token', `${refused}: its rules are none that Stream takes.`, SHOW_RULES);
  }
  return guess(facts, refused, action === 'unknown');
}

const SHOW_RULES = 'signed-stream inspect shows all of its rules';
const GIVE_ORIGIN = "Give --origin, the page's: the video may have a list of allowed ones";

/** Nothing is sure. What is left is named, the likeliest first. */
function guess(
  { step, status, origin, account }: RefusalFacts,
  refused: string,
  mayBeRegion: boolean,
): Step {
  const more = account.hint === undefined ? [] : [account.hint];
  if (mayBeRegion) {
    const message = `${refused}, perhaps for its rules: they depend on the viewer's country or address.`;
    return fail(step, 'region', message, 'Give --country and --ip to have them judged', ...more);
  }
  if (status === 401 || account.allowedOrigins) {
    const message = `${refused}: the signature is not accepted. The key was revoked, is of another account, or does not belong to its id.`;
    return fail(
      step,
      'key',
      message,
      'signed-stream check <token> --key … tells whether it fits',
      ...more,
    );
  }
  const page = origin === undefined ? 'a request without a page' : origin;
  const message = `${refused}: probably ${page} is not among the video's allowed origins.`;
  return fail(step, 'origin', message, ...(origin === undefined ? [GIVE_ORIGIN] : []), ...more);
}
