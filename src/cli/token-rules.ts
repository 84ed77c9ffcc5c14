import type { AccessRule } from '../issuer/access-rules.js';
import { readAccessRules, type RuleFindings } from '../issuer/check-access-rules.js';
import { decideAccess, type AccessDecision, type Viewer } from '../issuer/decide-access.js';

/** The access rules of a token, as far as they can be read. */
export interface TokenRules {
  /**
   * In their order, with `undefined` in the place of a rule that cannot be read, so that each keeps its
   * number; `undefined` where there is no list of them.
   */
  readonly listed: readonly (AccessRule | undefined)[] | undefined;
  /** The same where Stream takes them. Only then anything can be said of a viewer. */
  readonly whole: readonly AccessRule[] | undefined;
}

/** Reads the claim, adding what is wrong to `findings`, which are empty. */
export function readTokenRules(claim: unknown, findings: RuleFindings): TokenRules {
  const listed = readAccessRules(claim, findings);
  const isWhole = findings.faults.length === 0;
  return { listed, whole: isWhole ? listed?.filter((rule) => rule !== undefined) : undefined };
}

/** Which rule decides, where that can be told of rules as Stream takes them; else the one that is wrong. */
export function decideByToken({ listed, whole }: TokenRules, viewer: Viewer): AccessDecision {
  if (whole) return decideAccess(whole, viewer);
  const index = listed?.indexOf(undefined) ?? -1;
  return { action: 'unknown', ruleIndex: index < 0 ? undefined : index };
}
