import type { AccessAction, AccessRule } from './access-rules.js';
import { isCountryCode, suggestCountryCode } from './country-codes.js';
import { parseIpRange } from './ip-range.js';
import { isRecord } from './is-record.js';
import type { Fault } from './issuer-error.js';
import { quote } from './quote.js';

/** The most rules a token may carry. */
export const MAX_ACCESS_RULES = 5;

/** What is found in rules. Whoever signs takes both for faults. */
export interface RuleFindings {
  /** What Stream refuses. */
  readonly faults: Fault[];
  /** What means nothing to Stream, which may well take it. */
  readonly doubts: Fault[];
}

type Fields = Readonly<Record<string, unknown>>;
type Report = (path: string, message: string) => void;
/** What is wrong with an entry of a list, and whether Stream may take it all the same. */
type FindFault = (entry: string) => { message: string; isDoubt: boolean } | undefined;

/** Stream's network has codes of its own besides ISO's. */
const LIKE_A_COUNTRY = /^[A-Z][A-Z\d]$/;

/** Which property a type of rule has besides `type` and `action`. */
const LISTS = { any: undefined, 'ip.src': 'ip', 'ip.geoip.country': 'country' } as const;

/** Checks access rules, adding what is wrong to `faults`; the answer holds the rules without any. */
export function checkAccessRules(value: unknown, faults: Fault[]): readonly AccessRule[] {
  const rules = readAccessRules(value, { faults, doubts: faults }) ?? [];
  // A rule is left out once it has a fault, so a later warning never speaks of a broken one.
  return Object.freeze(rules.filter((rule) => rule !== undefined));
}

/** The same with `undefined` in the place of each rule with a fault; `undefined` where there is no list. */
export function readAccessRules(
  value: unknown,
  findings: RuleFindings,
): readonly (AccessRule | undefined)[] | undefined {
  const { faults } = findings;
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    faults.push({ path: 'accessRules', message: `must be a list of rules, not ${quote(value)}` });
    return undefined;
  }
  const rules: readonly unknown[] = value;
  if (rules.length > MAX_ACCESS_RULES) {
    faults.push({
      path: 'accessRules',
      message: `a token may have at most ${MAX_ACCESS_RULES} rules, not ${rules.length}`,
    });
  }
  return Array.from(rules, (rule, index) => checkRule(rule, `accessRules[${index}]`, findings));
}

function checkRule(
  rule: unknown,
  path: string,
  { faults, doubts }: RuleFindings,
): AccessRule | undefined {
  const known = faults.length;
  const report: Report = (at, message) => void faults.push({ path: at, message });
  const doubt: Report = (at, message) => void doubts.push({ path: at, message });
  if (!isRecord(rule)) {
    report(path, `must be a rule with type and action, not ${quote(rule)}`);
    return undefined;
  }
  const type = readType(rule, path, report);
  const action = readAction(rule, path, report);
  if (!type) return undefined;
  const listName = LISTS[type];
  for (const name of Object.keys(rule)) {
    if (name === 'type' || name === 'action' || name === listName) continue;
    if (rule[name] === undefined) continue;
    doubt(`${path}.${name}`, `a rule of type "${type}" has no ${quote(name)}`);
  }
  const findFault = type === 'ip.src' ? findRangeFault : findCountryFault;
  const list = listName
    ? readList(rule[listName], `${path}.${listName}`, findFault, report, doubt)
    : [];
  if (faults.length > known || !action) return undefined;
  return Object.freeze(toRule(type, action, Object.freeze(list)));
}

function toRule(
  type: keyof typeof LISTS,
  action: AccessAction,
  list: readonly string[],
): AccessRule {
  switch (type) {
    case 'any':
      return { type, action };
    case 'ip.src':
      return { type, action, ip: list };
    case 'ip.geoip.country':
      return { type, action, country: list };
  }
}

function readType(rule: Fields, path: string, report: Report): keyof typeof LISTS | undefined {
  const { type } = rule;
  if (type === 'any' || type === 'ip.src' || type === 'ip.geoip.country') return type;
  report(`${path}.type`, `must be "any", "ip.src" or "ip.geoip.country", not ${quote(type)}`);
  return undefined;
}

function readAction(rule: Fields, path: string, report: Report): AccessAction | undefined {
  const { action } = rule;
  if (action === 'allow' || action === 'block') return action;
  report(`${path}.action`, `must be "allow" or "block", not ${quote(action)}`);
  return undefined;
}

function readList(
  value: unknown,
  path: string,
  findFault: FindFault,
  report: Report,
  doubt: Report,
): readonly string[] {
  if (!Array.isArray(value)) {
    report(path, `must be a list, not ${quote(value)}`);
    return [];
  }
  if (value.length === 0) report(path, 'is empty: the rule would match nobody');
  return Array.from<unknown>(value).filter((entry, index): entry is string => {
    const isText = typeof entry === 'string';
    const fault = isText
      ? findFault(entry)
      : { message: `must be a text, not ${quote(entry)}`, isDoubt: false };
    if (fault) (fault.isDoubt ? doubt : report)(`${path}[${index}]`, fault.message);
    return isText;
  });
}

function findCountryFault(code: string): ReturnType<FindFault> {
  if (isCountryCode(code)) return undefined;
  const meant = suggestCountryCode(code);
  const hint = meant ? `; did you mean "${meant}"?` : '';
  const message = `${quote(code)} is not a two-letter ISO 3166-1 country code${hint}`;
  return { message, isDoubt: LIKE_A_COUNTRY.test(code) };
}

function findRangeFault(text: string): ReturnType<FindFault> {
  if (parseIpRange(text)) return undefined;
  return { message: `${quote(text)} is neither an IP address nor a CIDR range`, isDoubt: false };
}
