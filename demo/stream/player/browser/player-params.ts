import { parseTimestamp } from '../../delivery/parse-timestamp.js';
import type { PlayerSettings } from './protocol.js';

/** What the address of the player's page says. */
export interface PlayerParams extends Omit<PlayerSettings, 'currentTime' | 'volume'> {
  /** A uid or a token. */
  readonly id: string;
  readonly startSeconds: number | undefined;
  readonly isDvr: boolean;
}

export function parsePlayerParams(url: URL): PlayerParams {
  const params = url.searchParams;
  const id = url.pathname.split('/')[1] ?? '';
  return {
    id,
    // Flags by presence: `autoplay=false` plays, as the vendor warns.
    autoplay: params.has('autoplay'),
    muted: params.has('muted'),
    loop: params.has('loop'),
    // By value: shown unless it says no.
    controls: !['false', '0'].includes(params.get('controls') ?? ''),
    preload: params.get('preload') ?? 'none',
    poster: params.get('poster') ?? '',
    defaultTextTrack: params.get('defaultTextTrack') ?? '',
    primaryColor: params.get('primaryColor') ?? '',
    letterboxColor: params.get('letterboxColor') ?? '',
    adUrl: params.get('ad-url') ?? '',
    playbackRate: 1,
    startSeconds: parseTimestamp(params.get('startTime') ?? ''),
    isDvr: params.get('dvrEnabled') === 'true',
  };
}
