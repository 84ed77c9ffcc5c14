import { SEGMENT_AUTHS, type SegmentAuth } from '../shared/demo-config.js';

/** What is chosen on the page; the address keeps it. */
export interface Settings {
  readonly player: 'both' | PlayerKind;
  readonly lifetimeSeconds: number;
  readonly auth: SegmentAuth;
  readonly live: boolean;
  readonly stringTimes: boolean;
}

export type PlayerKind = 'iframe' | 'hls';

export const DEFAULT_SETTINGS: Settings = {
  player: 'both',
  lifetimeSeconds: 10,
  auth: 'path-token',
  live: false,
  stringTimes: false,
};

export const LIFETIMES_SECONDS = [5, 10, 30, 60, 3600];

/** Reads an address's query; what is not understood is the default. */
export function parseSettings(query: string): Settings {
  const params = new URLSearchParams(query);
  const player = params.get('player');
  const lifetimeSeconds = Number(params.get('lifetime'));
  const auth = SEGMENT_AUTHS.find((name) => name === params.get('auth'));
  const live = params.get('live');
  return {
    player: player === 'iframe' || player === 'hls' ? player : DEFAULT_SETTINGS.player,
    lifetimeSeconds: LIFETIMES_SECONDS.includes(lifetimeSeconds)
      ? lifetimeSeconds
      : DEFAULT_SETTINGS.lifetimeSeconds,
    auth: auth ?? DEFAULT_SETTINGS.auth,
    live: live !== null && live !== 'false',
    stringTimes: params.get('exp') === 'string',
  };
}

/** The query that `parseSettings` reads back; empty for the defaults. */
export function formatSettings(settings: Settings): string {
  const parts: string[] = [];
  if (settings.player !== DEFAULT_SETTINGS.player) parts.push(`player=${settings.player}`);
  if (settings.lifetimeSeconds !== DEFAULT_SETTINGS.lifetimeSeconds) {
    parts.push(`lifetime=${settings.lifetimeSeconds}`);
  }
  if (settings.auth !== DEFAULT_SETTINGS.auth) parts.push(`auth=${settings.auth}`);
  if (settings.live) parts.push('live');
  if (settings.stringTimes) parts.push('exp=string');
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

export function toPlayerKinds({ player }: Settings): readonly PlayerKind[] {
  return player === 'both' ? ['iframe', 'hls'] : [player];
}
