import type { AccessRule } from '../issuer/access-rules.js';
import { readAccessRules } from '../issuer/check-access-rules.js';
import { decideAccess, type AccessDecision, type Viewer } from '../issuer/decide-access.js';
import type { Fault } from '../issuer/issuer-error.js';

/** The access rules of a token, as far as they can be read. */
export interface TokenRules {
  /**
   * In their order, with `undefined` in the place of a rule that cannot be read, so that each keeps its
   * number; `undefined` where there is no list of them.
   */
  readonly listed: readonly (AccessRule | undefined)[] | undefined;
  /** The same where nothing is wrong with them. Only then anything can be said of a viewer. */
  readonly whole: readonly AccessRule[] | undefined;
}

/** Reads the claim, adding what is wrong to `faults`. */
export function readTokenRules(claim: unknown, faults: Fault[]): TokenRules {
  const known = faults.length;
  const listed = readAccessRules(claim, faults);
  const isWhole = faults.length === known;
  return { listed, whole: isWhole ? listed?.filter((rule) => rule !== undefined) : undefined };
}

/** Which rule decides, where that can be told of rules as Stream takes them; else the one that is wrong. */
export function decideByToken({ listed, whole }: TokenRules, viewer: Viewer): AccessDecision {
  if (whole) return decideAccess(whole, viewer);
  const index = listed?.indexOf(undefined) ?? -1;
  return { action: 'unknown', ruleIndex: index < 0 ? undefined : index };
}
