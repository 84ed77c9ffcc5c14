import { SEGMENT_AUTHS, type SegmentAuth } from '../shared/demo-config.js';
import { parseWhole } from './link/parse-whole.js';
import type { QueryReader } from './link/query-reader.js';

/** What is chosen on the page; the address keeps it. */
export interface Settings {
  readonly player: 'both' | PlayerKind;
  readonly lifetimeSeconds: number;
  readonly auth: SegmentAuth;
  readonly live: boolean;
  readonly stringTimes: boolean;
  /** Whether a player stands beside whose source is set again for each token. */
  readonly beside: boolean;
}

export type PlayerKind = 'iframe' | 'hls';

export const DEFAULT_SETTINGS: Settings = {
  player: 'both',
  lifetimeSeconds: 10,
  auth: 'path-token',
  live: false,
  stringTimes: false,
  beside: false,
};

export function readSettings(reader: QueryReader): Settings {
  const parseLifetime = (text: string): number | undefined => parseWhole(text, 2, DAY_SECONDS);
  const { player, lifetimeSeconds, auth } = DEFAULT_SETTINGS;
  const times = reader.choice('exp', ['number', 'string'], 'number');
  return {
    player: reader.choice('player', ['both', 'iframe', 'hls'], player),
    lifetimeSeconds: reader.value('lifetime', parseLifetime, LIFETIME_RULE, lifetimeSeconds),
    auth: reader.choice('auth', SEGMENT_AUTHS, auth),
    live: reader.flag('live'),
    stringTimes: times === 'string',
    beside: reader.flag('beside'),
  };
}

/** The parts of a query; none for the defaults. */
export function writeSettings(settings: Settings): string[] {
  const { player, lifetimeSeconds, auth, live, stringTimes, beside } = settings;
  const parts: string[] = [];
  if (player !== DEFAULT_SETTINGS.player) parts.push(`player=${player}`);
  if (lifetimeSeconds !== DEFAULT_SETTINGS.lifetimeSeconds) {
    parts.push(`lifetime=${lifetimeSeconds}`);
  }
  if (auth !== DEFAULT_SETTINGS.auth) parts.push(`auth=${auth}`);
  if (live) parts.push('live');
  if (stringTimes) parts.push('exp=string');
  if (beside) parts.push('beside');
  return parts;
}

export function toPlayerKinds({ player }: Settings): readonly PlayerKind[] {
  return player === 'both' ? ['iframe', 'hls'] : [player];
}

const DAY_SECONDS = 24 * 3600;
const LIFETIME_RULE = 'seconds, from 2 to a day';
