import type { PlayerKind } from './load-engine.js';

/** Attribute parsers. A value that is not understood gives the default, as in HTML. */

export function parsePlayer(value: string): PlayerKind {
  return value.toLowerCase() === 'hls' ? 'hls' : 'iframe';
}

export function parseMethod(value: string): 'get' | 'post' {
  return value.toLowerCase() === 'post' ? 'post' : 'get';
}

export function parseCredentials(value: string): RequestCredentials {
  const keyword = value.toLowerCase();
  return keyword === 'include' || keyword === 'omit' ? keyword : 'same-origin';
}

export function parsePreload(value: string): 'none' | 'metadata' | 'auto' | '' {
  const keyword = value.toLowerCase();
  return keyword === 'none' || keyword === 'metadata' || keyword === 'auto' ? keyword : '';
}

/** Seconds from `90`, `90s` or `1h12m27s`; 0 for anything else. */
export function parseStartTime(value: string | null): number {
  if (value === null) return 0;
  const text = value.trim();
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Number(text);
  const [, hours, minutes, seconds] =
    /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9}(?:\.\d+)?)s)?$/.exec(text) ?? [];
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}
