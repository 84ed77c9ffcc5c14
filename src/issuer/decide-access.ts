import type { AccessAction, AccessRule } from './access-rules.js';
import { isCovered, parseIpRange, type IpRange } from './ip-range.js';

/** What is known of a viewer; leave out what is not. */
export interface Viewer {
  /** Two-letter code. */
  readonly country?: string | undefined;
  /** IPv4 or IPv6 address. */
  readonly ip?: string | undefined;
}

/** The first rule a viewer meets; `unknown` where a rule asks for what is not known of the viewer. */
export interface AccessDecision {
  readonly action: AccessAction | 'unknown';
  /** Index of the rule that decides; `undefined` where none matches, which means: allowed. */
  readonly ruleIndex: number | undefined;
}

/** Reads rules as Stream does: first to last, the first match decides, no match allows. */
export function decideAccess(rules: readonly AccessRule[], viewer: Viewer): AccessDecision {
  for (const [ruleIndex, rule] of rules.entries()) {
    const meets = meetsRule(rule, viewer);
    if (meets === 'unknown') return { action: 'unknown', ruleIndex };
    if (meets) return { action: rule.action, ruleIndex };
  }
  return { action: 'allow', ruleIndex: undefined };
}

function meetsRule(rule: AccessRule, viewer: Viewer): boolean | 'unknown' {
  switch (rule.type) {
    case 'any':
      return true;
    case 'ip.geoip.country':
      return viewer.country === undefined ? 'unknown' : rule.country.includes(viewer.country);
    case 'ip.src': {
      const address = viewer.ip === undefined ? undefined : parseViewerAddress(viewer.ip);
      if (!address) return 'unknown';
      return rule.ip.some((text) => {
        const range = parseIpRange(text);
        return range !== undefined && isCovered(address, [range]);
      });
    }
  }
}

/** A socket for both families reports `::ffff:a.b.c.d` for viewers who come over IPv4. */
function parseViewerAddress(text: string): IpRange | undefined {
  const address = parseIpRange(text);
  if (address?.family !== 6 || address.first >> 32n !== 0xffffn) return address;
  const value = address.first & 0xffff_ffffn;
  return { ...address, family: 4, first: value, last: value };
}
