import type { AccessRule } from '../issuer/access-rules.js';
import { decideAccess, type Viewer } from '../issuer/decide-access.js';

/** Each rule in a sentence, in the order in which Stream reads them. */
export function describeRules(rules: readonly AccessRule[]): readonly string[] {
  return rules.map((rule, index) => {
    const who = describeWho(rule, index > 0);
    return `${index + 1}. ${who}: ${rule.action === 'allow' ? 'allowed' : 'blocked'}`;
  });
}

/** Which rule a viewer meets first, in a sentence. */
export function describeDecision(rules: readonly AccessRule[], viewer: Viewer): string {
  const { action, ruleIndex } = decideAccess(rules, viewer);
  const who = [
    'A viewer',
    ...(viewer.country === undefined ? [] : [`in ${nameCountry(viewer.country)}`]),
    ...(viewer.ip === undefined ? [] : [`from ${viewer.ip}`]),
  ].join(' ');
  if (ruleIndex === undefined) return `${who} meets no rule: allowed`;
  const number = ruleIndex + 1;
  if (action === 'unknown') {
    const missing = rules[ruleIndex]?.type === 'ip.src' ? 'address' : 'country';
    return `${who}: rule ${number} depends on the ${missing}, which is not known`;
  }
  return `${who} meets rule ${number} first: ${action === 'allow' ? 'allowed' : 'blocked'}`;
}

export function nameCountry(code: string): string {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const name = /^[A-Z]{2}$/.test(code) ? names.of(code) : undefined;
  return name === undefined ? code : `${name} (${code})`;
}

function describeWho(rule: AccessRule, isLater: boolean): string {
  switch (rule.type) {
    case 'any':
      return isLater ? 'everybody else' : 'everybody';
    case 'ip.geoip.country':
      return `viewers in ${rule.country.map(nameCountry).join(', ')}`;
    case 'ip.src':
      return `viewers from ${rule.ip.join(', ')}`;
  }
}
