import type Hls from 'hls.js';
import { expect } from '@playwright/test';
import type { Player } from './player.js';

/** What hls.js was told since somebody listens. */
export interface HlsReport {
  /** Failed requests and lists, as `fragLoadError 404`. */
  readonly failures: readonly string[];
  /** Renditions switched to, by index: a higher one is a better one. */
  readonly levels: readonly number[];
}

/** Listens to the hls.js of a player from now on. */
export async function watchHls(player: Player): Promise<() => Promise<HlsReport>> {
  await expect
    .poll(() => player.run(({ engine }) => engine !== null), { timeout: 30_000, intervals: [100] })
    .toBe(true);
  await player.run((element) => {
    const hls = element.engine as Hls;
    const report: { failures: string[]; levels: number[] } = { failures: [], levels: [] };
    hls.on('hlsError' as typeof Hls.Events.ERROR, (_event, data) => {
      const { type, details }: { readonly type: string; readonly details: string } = data;
      // `aborted` is what hls.js itself gave up, to fetch something else.
      if (type !== 'networkError' || details === 'aborted') return;
      report.failures.push(`${details} ${data.response?.code}`);
    });
    hls.on('hlsLevelSwitching' as typeof Hls.Events.LEVEL_SWITCHING, (_event, { level }) => {
      report.levels.push(level);
    });
    Object.assign(element, { report });
  });
  return () => player.run((element) => (element as unknown as { report: HlsReport }).report);
}

/** Has hls.js fetch another rendition from the next segment on, and waits until it is seen. */
export async function switchLevel(player: Player, level: number): Promise<void> {
  await player.run((element, next) => {
    (element.engine as Hls).nextLevel = next;
  }, level);
  await expect
    .poll(() => player.run((element) => (element.engine as Hls).currentLevel), {
      timeout: 30_000,
      intervals: [100],
    })
    .toBe(level);
}
