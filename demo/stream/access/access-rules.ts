import ipaddr from 'ipaddr.js';

export type AccessRule =
  | { readonly type: 'any'; readonly action: AccessAction }
  | { readonly type: 'ip.src'; readonly action: AccessAction; readonly ip: readonly string[] }
  | {
      readonly type: 'ip.geoip.country';
      readonly action: AccessAction;
      readonly country: readonly string[];
    };

export type AccessAction = 'allow' | 'block';

/** Who asks, as far as access rules can tell. */
export interface Viewer {
  readonly ip: string | undefined;
  readonly country: string | undefined;
}

export const MAX_ACCESS_RULES = 5;

/** First to last, the first rule that matches decides; where none does, the token is valid. */
export function isAllowed(rules: readonly AccessRule[], viewer: Viewer): boolean {
  const decisive = rules.find((rule) => ruleMatches(rule, viewer));
  return decisive?.action !== 'block';
}

/** The rules, or the reason why they are none. */
export function parseAccessRules(value: unknown): AccessRule[] | string {
  if (!Array.isArray(value)) return 'accessRules must be an array';
  if (value.length > MAX_ACCESS_RULES) return `at most ${MAX_ACCESS_RULES} accessRules are allowed`;
  const rules: AccessRule[] = [];
  for (const item of value) {
    const rule = parseRule(item);
    if (typeof rule === 'string') return rule;
    rules.push(rule);
  }
  return rules;
}

function parseRule(value: unknown): AccessRule | string {
  if (typeof value !== 'object' || value === null) return 'an access rule must be an object';
  const { type, action, ip, country } = value as Record<string, unknown>;
  if (action !== 'allow' && action !== 'block') return 'unknown access rule action';
  switch (type) {
    case 'any':
      return { type, action };
    case 'ip.src':
      if (!isStringArray(ip) || ip.length === 0) return 'an ip.src rule needs a list of addresses';
      if (!ip.every((range) => parseRange(range))) return 'invalid IP address or range';
      return { type, action, ip };
    case 'ip.geoip.country':
      if (!isStringArray(country) || country.length === 0) {
        return 'an ip.geoip.country rule needs a list of countries';
      }
      if (!country.every((code) => /^[A-Z]{2}$/.test(code))) return 'invalid country code';
      return { type, action, country };
    default:
      return 'unknown access rule type';
  }
}

function ruleMatches(rule: AccessRule, viewer: Viewer): boolean {
  switch (rule.type) {
    case 'any':
      return true;
    case 'ip.src':
      return rule.ip.some((range) => isInRange(viewer.ip, range));
    case 'ip.geoip.country':
      return viewer.country !== undefined && rule.country.includes(viewer.country);
  }
}

function isInRange(ip: string | undefined, range: string): boolean {
  const cidr = parseRange(range);
  if (ip === undefined || !ipaddr.isValid(ip) || !cidr) return false;
  // A dual-stack socket reports IPv4 viewers as ::ffff:a.b.c.d; they are IPv4 viewers.
  const address = ipaddr.process(ip);
  // A rule of one family never applies to a viewer of the other.
  return address.kind() === cidr[0].kind() && address.match(cidr);
}

function parseRange(range: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (ipaddr.isValidCIDR(range)) return ipaddr.parseCIDR(range);
  if (!ipaddr.isValid(range)) return undefined;
  const address = ipaddr.parse(range);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function isStringArray(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
