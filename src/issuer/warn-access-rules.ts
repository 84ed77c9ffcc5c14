import type { AccessRule } from './access-rules.js';
import { isCovered, parseIpRange, type IpRange } from './ip-range.js';
import type { RestrictionsWarning, RestrictionsWarningCode } from './restrictions.js';

type Warn = (code: RestrictionsWarningCode, path: string, message: string) => void;

/** What earlier rules have left nothing of, seen from the rule at hand. */
interface Seen {
  everybody: boolean;
  readonly countries: Set<string>;
  readonly ranges: IpRange[];
}

/** Addresses nobody on the internet has, so that no rule about them is ever met at Stream. */
const PRIVATE_RANGES =
  '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 127.0.0.0/8 169.254.0.0/16 ::1/128 fc00::/7 fe80::/10';

/** Rules Stream reads as IPv4, should a viewer ever have such an address. */
const MAPPED_RANGE = '::ffff:0:0/96';

/** Says where valid rules probably do something else than was meant. */
export function findAccessRuleWarnings(
  rules: readonly AccessRule[],
): readonly RestrictionsWarning[] {
  const warnings: RestrictionsWarning[] = [];
  const warn: Warn = (code, path, message) => void warnings.push({ code, path, message });
  warnAboutTheWhole(rules, warn);
  const seen: Seen = { everybody: false, countries: new Set(), ranges: [] };
  rules.forEach((rule, index) => warnAboutRule(rule, `accessRules[${index}]`, seen, warn));
  return warnings;
}

function warnAboutTheWhole(rules: readonly AccessRule[], warn: Warn): void {
  if (rules.length === 0) return;
  const path = 'accessRules';
  if (rules.every((rule) => rule.action === 'allow')) {
    const message = 'nothing is blocked: whoever meets no rule may watch; end with blockAll()';
    warn('allows-everybody', path, message);
  }
  const last = rules.findIndex((rule) => rule.type === 'any');
  if (last !== -1 && rules.slice(0, last + 1).every((rule) => rule.action === 'block')) {
    warn('blocks-everybody', path, 'everybody is blocked: no rule before the last one allows');
  }
}

function warnAboutRule(rule: AccessRule, path: string, seen: Seen, warn: Warn): void {
  if (seen.everybody) {
    warn('unreachable-rule', path, 'can never match: an earlier rule matches everybody');
    return;
  }
  switch (rule.type) {
    case 'any':
      seen.everybody = true;
      return;
    case 'ip.geoip.country':
      warnAboutEntries(
        rule.country,
        `${path}.country`,
        (code) => (seen.countries.has(code) ? 'an earlier rule has this country' : undefined),
        warn,
      );
      rule.country.forEach((code) => seen.countries.add(code));
      return;
    case 'ip.src':
      warnAboutRanges(rule.ip, `${path}.ip`, seen, warn);
  }
}

function warnAboutRanges(ip: readonly string[], path: string, seen: Seen, warn: Warn): void {
  const ranges = parseRanges(ip);
  const privateRanges = parseRanges(PRIVATE_RANGES.split(' '));
  const mapped = parseRanges([MAPPED_RANGE]);
  const findReason = (text: string): string | undefined => {
    const own = parseRanges([text]);
    if (own.every((range) => isCovered(range, seen.ranges))) return 'earlier rules cover it';
    if (own.every((range) => isCovered(range, privateRanges)))
      return 'no viewer has such an address';
    if (own.every((range) => isCovered(range, mapped))) return 'viewers with IPv4 come as IPv4';
    return undefined;
  };
  warnAboutEntries(ip, path, findReason, warn);
  ranges.forEach((range, index) => {
    const at = `${path}[${index}]`;
    if (range.hasHostBits) {
      warn(
        'host-bits',
        at,
        'has bits set behind its prefix; Stream may read it as the whole range',
      );
    }
    if (range.first === range.last) {
      const message = 'is one address: viewers change theirs while they watch; prefer a range';
      warn('single-address', at, message);
    }
  });
  const families = new Set(ranges.map((range) => range.family));
  if (families.size === 1) {
    const [has, lacks] = families.has(4) ? ['IPv4', 'IPv6'] : ['IPv6', 'IPv4'];
    const message = `covers ${has} only: a viewer who comes over ${lacks} never meets this rule`;
    warn('one-address-family', path, message);
  }
  seen.ranges.push(...ranges);
}

function warnAboutEntries(
  entries: readonly string[],
  path: string,
  findReason: (entry: string) => string | undefined,
  warn: Warn,
): void {
  const rulePath = path.slice(0, path.lastIndexOf('.'));
  const reasons = entries.map(findReason);
  const [first] = reasons;
  if (first && reasons.every((reason) => reason !== undefined)) {
    warn('unreachable-rule', rulePath, `can never match: ${[...new Set(reasons)].join(', ')}`);
    return;
  }
  entries.forEach((entry, index) => {
    const reason = reasons[index];
    const at = `${path}[${index}]`;
    if (reason) warn('unreachable-rule', at, `can never match: ${reason}`);
    else if (entries.indexOf(entry) < index) warn('repeated-entry', at, 'is listed twice');
  });
}

function parseRanges(texts: readonly string[]): IpRange[] {
  return texts.map(parseIpRange).filter((range) => range !== undefined);
}
