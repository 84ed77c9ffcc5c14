import { readOption } from '../support/read-option.js';
import type { LinkName } from './links.js';
import { PLAYER_METHODS, type PlayerMethod } from './player-method.js';
import type { Video } from './videos.js';

/** One play of one video, and how its token is renewed. */
export interface Play {
  readonly video: Video;
  readonly link: LinkName;
  readonly method: PlayerMethod | 'signed-stream';
  /** How long each token lasts. */
  readonly tokenSeconds: number;
  readonly seconds: number;
}

/** What pages do. */
export interface PlayByHand extends Play {
  readonly method: PlayerMethod;
}

/** Many exchanges in a minute. */
const SHORT_TOKENS = {
  tokenSeconds: Number(readOption('lifetime') ?? 10),
  seconds: Number(readOption('seconds') ?? 60),
};

/** Two exchanges or three, over a link that is slow from second 20 on. */
const LONGER_TOKENS = { tokenSeconds: 60, seconds: 115 };

/** Every video once by the element, and one of them in every way, and over links that fall. */
export function listPlays(videos: readonly Video[]): Play[] {
  const video = 'vod path-token';
  const ours = { method: 'signed-stream', ...SHORT_TOKENS } as const;
  const plays: Play[] = [];
  for (const method of PLAYER_METHODS)
    plays.push({ video, link: 'steady', method, ...SHORT_TOKENS });
  for (const each of videos) plays.push({ video: each, link: 'steady', ...ours });
  for (const link of ['to 500', 'to 300'] as const) {
    plays.push({ video, link, ...ours, method: 'one-long-token' });
    plays.push({ video, link, ...ours }, { video, link, ...ours, ...LONGER_TOKENS });
  }
  const only = readOption('only') ?? '';
  const chosen = plays.filter((play) => nameOf(play).includes(only));
  if (chosen.length === 0) throw new RangeError('There is no such play.');
  return chosen;
}

export function nameOf({ video, link, method, tokenSeconds }: Play): string {
  return `${video}, link ${link}, ${method}, tokens of ${tokenSeconds} s`;
}
