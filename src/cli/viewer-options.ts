import type { Command } from 'commander';
import type { Viewer } from '../issuer/decide-access.js';
import { isCountryCode } from '../issuer/country-codes.js';
import { parseIpRange } from '../issuer/ip-range.js';
import { usageError } from './cli-error.js';

export interface ViewerOptions {
  readonly country?: string;
  readonly ip?: string;
}

/** Adds options that say who a viewer is. */
export function addViewerOptions(command: Command): Command {
  return command
    .option('--country <code>', "the viewer's country, such as MX")
    .option('--ip <address>', "the viewer's address, IPv4 or IPv6");
}

/** The viewer described, `undefined` where nothing is said of one. */
export function readViewer({ country, ip }: ViewerOptions): Viewer | undefined {
  if (country === undefined && ip === undefined) return undefined;
  const code = country?.toUpperCase();
  // Besides ISO's, Stream's network has a code for Tor and one for addresses it cannot place.
  if (code !== undefined && !isCountryCode(code) && code !== 'T1' && code !== 'XX') {
    throw usageError('--country takes a two-letter ISO 3166-1 code.');
  }
  if (ip !== undefined && (ip.includes('/') || !parseIpRange(ip))) {
    throw usageError('--ip takes one IPv4 or IPv6 address.');
  }
  return { ...(code !== undefined && { country: code }), ...(ip !== undefined && { ip }) };
}
