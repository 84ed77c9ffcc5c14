import { checkAccessRules } from './check-access-rules.js';
import { checkTimes, type TokenTimes } from './check-times.js';
import { isRecord } from './is-record.js';
import { IssuerError, type Fault } from './issuer-error.js';
import { quote } from './quote.js';
import type { AccessRule } from './access-rules.js';
import type { CheckedRestrictions, RestrictionsWarning } from './restrictions.js';
import { findAccessRuleWarnings } from './warn-access-rules.js';

/** The token stands in the path of every address; some servers and proxies refuse longer ones. */
const LONG_RULES_LENGTH = 4_000;

const PROPERTIES = ['exp', 'expiresIn', 'nbf', 'downloadable', 'accessRules'];

/** All there is to say about restrictions. `restrictions` is there where `faults` is empty. */
export interface RestrictionsCheck {
  readonly restrictions: CheckedRestrictions | undefined;
  readonly faults: readonly Fault[];
  readonly warnings: readonly RestrictionsWarning[];
}

/**
 * Checks restrictions as they would be at the moment `nowSeconds` (Unix seconds), and names all that
 * is wrong and all that is doubtful at once. Pure: neither signs nor reads a clock.
 */
export function checkRestrictions(input: unknown, nowSeconds: number): RestrictionsCheck {
  const { restrictions, faults } = check(input, Math.floor(nowSeconds));
  return {
    restrictions,
    faults: Object.freeze(faults),
    warnings: Object.freeze(findWarnings(restrictions?.accessRules ?? [])),
  };
}

/** The same, thrown as `restrictions-invalid` where anything is wrong. */
export function parseRestrictions(input: unknown, nowSeconds: number): CheckedRestrictions {
  const { restrictions, faults } = check(input, Math.floor(nowSeconds));
  if (!restrictions) throw toError(faults);
  return restrictions;
}

/** Throws for what is wrong at any time, so that a server with a broken rule does not start. */
export function assertTimelessRestrictions(input: unknown): void {
  const { faults } = check(input, undefined);
  if (faults.length > 0) throw toError(faults);
}

function check(
  input: unknown,
  nowSeconds: number | undefined,
): { restrictions: CheckedRestrictions | undefined; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  if (!isRecord(input)) {
    faults.push({ path: '', message: `must be an object, not ${quote(input)}` });
    return { restrictions: undefined, faults };
  }
  for (const name of Object.keys(input)) {
    if (PROPERTIES.includes(name) || input[name] === undefined) continue;
    faults.push({ path: name, message: `unknown; there are ${PROPERTIES.join(', ')}` });
  }
  const times = checkTimes(input, nowSeconds, faults);
  const downloadable = checkFlag('downloadable', input['downloadable'], faults);
  const accessRules = checkAccessRules(input['accessRules'], faults);
  const restrictions =
    faults.length === 0 ? toChecked(times, downloadable, accessRules) : undefined;
  return { restrictions, faults };
}

function findWarnings(rules: readonly AccessRule[]): readonly RestrictionsWarning[] {
  const warnings = [...findAccessRuleWarnings(rules)];
  if (JSON.stringify(rules).length > LONG_RULES_LENGTH) {
    const message = 'makes a token that may be too long for an address; name fewer entries';
    warnings.push({ code: 'long-token', path: 'accessRules', message });
  }
  return warnings;
}

function toChecked(
  { exp, nbf }: TokenTimes,
  downloadable: boolean | undefined,
  accessRules: readonly AccessRule[],
): CheckedRestrictions {
  return Object.freeze({
    exp,
    ...(nbf === undefined ? {} : { nbf }),
    ...(downloadable === undefined ? {} : { downloadable }),
    ...(accessRules.length === 0 ? {} : { accessRules }),
  });
}

function checkFlag(path: string, value: unknown, faults: Fault[]): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  faults.push({ path, message: `must be true or false, not ${quote(value)}` });
  return undefined;
}

function toError(faults: readonly Fault[]): IssuerError {
  const lines = faults.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  return new IssuerError('restrictions-invalid', `Refused: ${lines.join('; ')}.`, { faults });
}
