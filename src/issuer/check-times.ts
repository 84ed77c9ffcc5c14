import { parseDurationSeconds } from './duration.js';
import type { Fault } from './issuer-error.js';
import { quote } from './quote.js';

/** The longest a token may work, counted from its signing. */
export const MAX_LIFETIME_SECONDS = 24 * 60 * 60;

/** What a token gets when nothing is said, as from the API's own `/token`. */
export const DEFAULT_LIFETIME_SECONDS = 60 * 60;

/** Later than any time in seconds that is meant, earlier than any time in milliseconds. */
const SECONDS_LIMIT = 100_000_000_000;

/** The moments of a token, in Unix seconds. */
export interface TokenTimes {
  readonly exp: number;
  readonly nbf: number | undefined;
}

/**
 * Reads `exp`, `expiresIn` and `nbf`, adding what is wrong to `faults`. Without `nowSeconds` only what
 * is wrong at any time is found; the times mean nothing then.
 */
export function checkTimes(
  input: Readonly<Record<string, unknown>>,
  nowSeconds: number | undefined,
  faults: Fault[],
): TokenTimes {
  const expSeconds = readMoment('exp', input['exp'], faults);
  const nbf = readMoment('nbf', input['nbf'], faults);
  const lifetimeSeconds = readLifetime(input['expiresIn'], faults);
  if (input['exp'] !== undefined && input['expiresIn'] !== undefined) {
    faults.push({ path: 'expiresIn', message: 'give exp or expiresIn, not both' });
  }
  if (expSeconds !== undefined && nbf !== undefined && nbf >= expSeconds) {
    faults.push({ path: 'nbf', message: 'must be before exp' });
  }
  if (nowSeconds === undefined) return { exp: 0, nbf };

  if (expSeconds !== undefined) checkMoment(expSeconds, nowSeconds, faults);
  const exp = expSeconds ?? nowSeconds + (lifetimeSeconds ?? DEFAULT_LIFETIME_SECONDS);
  if (expSeconds === undefined && nbf !== undefined && nbf >= exp) {
    faults.push({ path: 'nbf', message: 'must be before the token expires' });
  }
  return { exp, nbf };
}

function readMoment(path: string, value: unknown, faults: Fault[]): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    faults.push({ path, message: `must be a number of Unix seconds, not ${quote(value)}` });
  } else if (value >= SECONDS_LIMIT) {
    faults.push({ path, message: `looks like milliseconds (${value}); it takes Unix seconds` });
  } else if (!Number.isInteger(value)) {
    faults.push({ path, message: `must be whole seconds, not ${value}; use Math.floor` });
  } else if (value < 0) {
    faults.push({ path, message: `must not be negative, but is ${value}` });
  } else {
    return value;
  }
  return undefined;
}

function checkMoment(expSeconds: number, nowSeconds: number, faults: Fault[]): void {
  if (expSeconds <= nowSeconds) {
    faults.push({ path: 'exp', message: 'has passed already' });
  } else if (expSeconds > nowSeconds + MAX_LIFETIME_SECONDS) {
    faults.push({
      path: 'exp',
      message: `must be at most 24 hours ahead, but is ${expSeconds - nowSeconds} seconds ahead`,
    });
  }
}

function readLifetime(value: unknown, faults: Fault[]): number | undefined {
  if (value === undefined) return undefined;
  const seconds = parseDurationSeconds(value);
  const path = 'expiresIn';
  if (seconds === undefined) {
    const message = `must be whole seconds or a time like "12h" or "90m", not ${quote(value)}`;
    faults.push({ path, message });
  } else if (seconds <= 0) {
    faults.push({ path, message: `must be more than nothing, but is ${quote(value)}` });
  } else if (seconds > MAX_LIFETIME_SECONDS) {
    faults.push({ path, message: `must be at most 24 hours, but is ${quote(value)}` });
  }
  return seconds;
}
