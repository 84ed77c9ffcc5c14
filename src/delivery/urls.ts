import type { Delivery } from './origin.js';

/** Options of the HLS manifest. */
export interface ManifestOptions {
  readonly lowLatency?: boolean | undefined;
  readonly dvr?: boolean | undefined;
}

/** Options of the Stream player's page; absent ones are left to the player. */
export interface PlayerOptions {
  readonly autoplay?: boolean | undefined;
  readonly muted?: boolean | undefined;
  readonly loop?: boolean | undefined;
  readonly controls?: boolean | undefined;
  readonly preload?: string | undefined;
  readonly poster?: string | undefined;
  readonly startTimeSeconds?: number | undefined;
  readonly primaryColor?: string | undefined;
  readonly letterboxColor?: string | undefined;
  readonly defaultTextTrack?: string | undefined;
  readonly adUrl?: string | undefined;
  readonly dvr?: boolean | undefined;
}

/** `id` is a token, or the uid of a video that needs none. */
export function buildManifestUrl(
  delivery: Delivery,
  id: string,
  { lowLatency, dvr }: ManifestOptions = {},
): string {
  return withQuery(`${delivery.origin}/${encodeURIComponent(id)}/manifest/video.m3u8`, [
    ['protocol', lowLatency ? 'llhls' : undefined],
    ['dvrEnabled', dvr ? 'true' : undefined],
  ]);
}

/**
 * The Stream player's page. `autoplay`, `muted` and `loop` are flags by presence: the player takes
 * `autoplay=false` for a yes. An empty poster is an error to it, so it is left out.
 */
export function buildPlayerUrl(delivery: Delivery, id: string, options: PlayerOptions): string {
  const { playerOrigin, playerPath } = delivery;
  return withQuery(`${playerOrigin}/${encodeURIComponent(id)}${playerPath}`, [
    ['autoplay', options.autoplay ? 'true' : undefined],
    ['muted', options.muted ? 'true' : undefined],
    ['loop', options.loop ? 'true' : undefined],
    ['controls', options.controls === false ? 'false' : undefined],
    ['preload', options.preload],
    ['poster', options.poster],
    ['startTime', formatSeconds(options.startTimeSeconds ?? 0)],
    ['primaryColor', options.primaryColor],
    ['letterboxColor', options.letterboxColor],
    ['defaultTextTrack', options.defaultTextTrack],
    ['ad-url', options.adUrl],
    ['dvrEnabled', options.dvr ? 'true' : undefined],
  ]);
}

function withQuery(
  base: string,
  parameters: readonly (readonly [string, string | undefined])[],
): string {
  const query = parameters
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`);
  return query.length === 0 ? base : `${base}?${query.join('&')}`;
}

/** Whole seconds as the documented form has them, others to the millisecond. */
function formatSeconds(seconds: number): string | undefined {
  return seconds > 0 ? String(Number(seconds.toFixed(3))) : undefined;
}
