import type { Page } from '@playwright/test';
import type { TestSite } from '../../support/test-site.js';
import { openPlayers, SMALL_BUFFER, SMALL_PICTURE, type Player } from './player.js';
import { Traffic } from './traffic.js';

/** Of the two that the local Stream has. */
export const BEST_LEVEL = 1;
export const BOTH_LEVELS = { ...SMALL_BUFFER, startLevel: BEST_LEVEL };

/** A player for each way in which segments prove that they may be fetched, side by side. */
export async function openAllWays(
  page: Page,
  site: TestSite,
  kind: 'vod' | 'live' = 'vod',
  hlsConfig: Readonly<Record<string, unknown>> = SMALL_PICTURE,
  attributes: Readonly<Record<string, string>> = {},
): Promise<{
  readonly players: readonly Player[];
  readonly uids: readonly string[];
  readonly traffic: readonly Traffic[];
}> {
  const uids = site.stream.videos
    .filter((video) => video.kind === kind && video.state === 'ready' && video.requireSignedURLs)
    .filter((video) => !video.dubbed)
    .map(({ uid }) => uid);
  const players = await openPlayers(
    page,
    site,
    uids.map((uid) => ({
      uid,
      id: site.stream.video(uid).segmentAuth,
      attributes: { ...attributes, player: 'hls' },
      hlsConfig: { ...hlsConfig, backBufferLength: 4 },
    })),
  );
  return { players, uids, traffic: uids.map((uid) => new Traffic(site.stream, uid)) };
}

/** Does the same with all at once. */
export async function each(
  players: readonly Player[],
  task: (player: Player) => Promise<unknown>,
): Promise<void> {
  await Promise.all(players.map(task));
}
