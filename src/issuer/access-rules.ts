/** What happens to a viewer who meets the rule. */
export type AccessAction = 'allow' | 'block';

/** Every viewer meets it; the last word of a list of rules. */
export interface AnyRule {
  readonly type: 'any';
  readonly action: AccessAction;
}

/** Viewers in these countries meet it: ISO 3166-1 alpha-2 codes, in capitals. */
export interface CountryRule {
  readonly type: 'ip.geoip.country';
  readonly action: AccessAction;
  readonly country: readonly string[];
}

/** Viewers from these addresses or CIDR ranges, IPv4 and IPv6, meet it. */
export interface RangeRule {
  readonly type: 'ip.src';
  readonly action: AccessAction;
  readonly ip: readonly string[];
}

/** Rules are read first to last; the first one a viewer meets decides. No match: the token is valid. */
export type AccessRule = AnyRule | CountryRule | RangeRule;

/** Let viewers in these countries watch, whatever later rules say. */
export function allowCountries(...country: readonly string[]): CountryRule {
  return { type: 'ip.geoip.country', action: 'allow', country };
}

/** Do not let viewers in these countries watch. */
export function blockCountries(...country: readonly string[]): CountryRule {
  return { type: 'ip.geoip.country', action: 'block', country };
}

/** Let viewers from these addresses or CIDR ranges watch, whatever later rules say. */
export function allowRanges(...ip: readonly string[]): RangeRule {
  return { type: 'ip.src', action: 'allow', ip };
}

/** Do not let viewers from these addresses or CIDR ranges watch. */
export function blockRanges(...ip: readonly string[]): RangeRule {
  return { type: 'ip.src', action: 'block', ip };
}

/** Do not let anybody watch whom no earlier rule has let in. */
export function blockAll(): AnyRule {
  return { type: 'any', action: 'block' };
}
