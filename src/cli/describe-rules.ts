import type { AccessRule } from '../issuer/access-rules.js';
import type { Viewer } from '../issuer/decide-access.js';
import { decideByToken, type TokenRules } from './token-rules.js';

/** Each rule in a sentence, in the order in which Stream reads them. */
export function describeRules({ listed }: TokenRules): string {
  if (!listed) return UNREADABLE;
  if (listed.length === 0) return 'any';
  return listed.map((rule, index) => `${index + 1}. ${describeRule(rule, index > 0)}`).join('\n');
}

/** Which rule a viewer meets first, in a sentence. */
export function describeDecision(rules: TokenRules, viewer: Viewer): string {
  const { action, ruleIndex } = decideByToken(rules, viewer);
  const who = [
    'A viewer',
    ...(viewer.country === undefined ? [] : [`in ${nameCountry(viewer.country)}`]),
    ...(viewer.ip === undefined ? [] : [`from ${viewer.ip}`]),
  ].join(' ');
  const number = (ruleIndex ?? 0) + 1;
  if (!rules.whole) {
    return `${who}: unknown, ${ruleIndex === undefined ? UNREADABLE : `rule ${number} cannot be read`}`;
  }
  if (ruleIndex === undefined) return `${who} meets no rule: allowed`;
  if (action === 'unknown') {
    const missing = rules.whole[ruleIndex]?.type === 'ip.src' ? 'address' : 'country';
    return `${who}: rule ${number} depends on the ${missing}, which is not known`;
  }
  return `${who} meets rule ${number} first: ${action === 'allow' ? 'allowed' : 'blocked'}`;
}

export function nameCountry(code: string): string {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const name = /^[A-Z]{2}$/.test(code) ? names.of(code) : undefined;
  return name === undefined ? code : `${name} (${code})`;
}

const UNREADABLE = 'the rules are none that Stream takes';

function describeRule(rule: AccessRule | undefined, isLater: boolean): string {
  if (!rule) return 'cannot be read';
  return `${describeWho(rule, isLater)}: ${rule.action === 'allow' ? 'allowed' : 'blocked'}`;
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
