import { isFaultName, parseFault, type FaultName } from './fault-texts.js';
import type { QueryReader } from './query-reader.js';

/** What can be done to the page or to Stream at a moment. */
export const DEED_NAMES = [
  'refuse-segment',
  'revoke-key',
  'hide',
  'show',
  'freeze',
  'remove',
  'put-back',
] as const;
export type DeedName = (typeof DEED_NAMES)[number];

/** One of those, or a fault that is switched. */
export type Deed =
  { readonly name: DeedName } | { readonly name: FaultName; readonly text: string };

/** A deed, and when it is done, in seconds since the page was opened. */
export interface TimedDeed {
  readonly deed: Deed;
  readonly atSeconds: number;
}

/** As in `hide`, or `endpoint:status-500`. */
export function formatDeed(deed: Deed): string {
  return 'text' in deed ? `${deed.name}:${deed.text || 'normal'}` : deed.name;
}

/** Reads `do=revoke-key@10,hide@20.5,endpoint:status-500@30`; what is not understood is left out. */
export function readDeeds(reader: QueryReader): readonly TimedDeed[] {
  const texts = reader.value('do', (text) => text.split(',').filter(Boolean), '', []);
  return texts.slice(0, MOST_DEEDS).flatMap((text) => {
    const timed = parseTimedDeed(text);
    if (!timed) reader.reject(`do=${text}`, RULE);
    return timed ?? [];
  });
}

export function writeDeeds(deeds: readonly TimedDeed[]): string[] {
  if (deeds.length === 0) return [];
  const texts = deeds
    .slice(0, MOST_DEEDS)
    .map(({ deed, atSeconds }) => `${formatDeed(deed)}@${Number(atSeconds.toFixed(1))}`);
  return [`do=${texts.join(',')}`];
}

function parseTimedDeed(text: string): TimedDeed | undefined {
  const [, name = '', value, at] =
    /^([a-z-]+)(?::([\w-]+))?@(\d{1,5}(?:\.\d{1,3})?)$/.exec(text) ?? [];
  const atSeconds = Number(at);
  if (value !== undefined && isFaultName(name)) {
    const normal = value === 'normal' ? '' : value;
    return parseFault(name, normal) && { deed: { name, text: normal }, atSeconds };
  }
  const known = DEED_NAMES.find((each) => each === name);
  return known && value === undefined ? { deed: { name: known }, atSeconds } : undefined;
}

const MOST_DEEDS = 100;
const RULE = `a deed and its second, as in revoke-key@10 or endpoint:status-500@20; deeds are ${DEED_NAMES.join(', ')}`;
