import { readOption } from '../support/read-option.js';
import type { LinkName } from './links.js';
import { PLAYER_METHODS, type PlayerMethod } from './player-method.js';
import type { Video } from './videos.js';

/** One minute of one video, and how its token is renewed. */
export interface Play {
  readonly video: Video;
  readonly link: LinkName;
  readonly method: PlayerMethod | 'signed-stream';
}

/** Every video once by the element, and one of them in every way, and over links that fall. */
export function listPlays(videos: readonly Video[]): Play[] {
  const video = 'vod path-token';
  const plays: Play[] = [];
  for (const method of PLAYER_METHODS) plays.push({ video, link: 'steady', method });
  for (const each of videos) plays.push({ video: each, link: 'steady', method: 'signed-stream' });
  for (const link of ['to 500', 'to 300'] as const) {
    plays.push({ video, link, method: 'one-long-token' }, { video, link, method: 'signed-stream' });
  }
  const only = readOption('only') ?? '';
  const chosen = plays.filter((play) => nameOf(play).includes(only));
  if (chosen.length === 0) throw new RangeError('There is no such play.');
  return chosen;
}

export function nameOf({ video, link, method }: Play): string {
  return `${video}, link ${link}, ${method}`;
}
