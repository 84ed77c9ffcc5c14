import { NO_FAULTS, type Faults } from '../../shared/faults.js';
import { readSettings, writeSettings, type Settings } from '../settings.js';
import { readDeeds, writeDeeds, type TimedDeed } from './deeds.js';
import { readFaults, writeFaults } from './fault-texts.js';
import { QueryReader } from './query-reader.js';

/** All that an address says: whoever opens it sees the same. */
export interface Link {
  readonly settings: Settings;
  /** Absent where it neither breaks nor does anything: then what is broken at this time stays so. */
  readonly faults: Faults | undefined;
  readonly deeds: readonly TimedDeed[];
}

/** Reads an address's query. What is not understood counts as not said, and is told in `problems`. */
export function parseLink(query: string): Link & { readonly problems: readonly string[] } {
  const reader = new QueryReader(query);
  const settings = readSettings(reader);
  const named = readFaults(reader);
  const deeds = readDeeds(reader);
  const faults = named ?? (deeds.length > 0 ? NO_FAULTS : undefined);
  return { settings, faults, deeds, problems: reader.listProblems() };
}

/** The query that `parseLink` reads back; empty for the defaults. */
export function formatLink({ settings, faults = NO_FAULTS, deeds }: Link): string {
  const parts = [...writeSettings(settings), ...writeFaults(faults), ...writeDeeds(deeds)];
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}
