import type { PlayerSettings } from './engine.js';

/** Whether the viewer has told the browser to save data; not every browser says. */
export function savesData(): boolean {
  const connection: unknown = 'connection' in navigator ? navigator.connection : undefined;
  return (
    typeof connection === 'object' &&
    connection !== null &&
    'saveData' in connection &&
    connection.saveData === true
  );
}

/** As much as may be loaded before anybody plays: a first frame, and no more, where data is saved. */
export function toPreload({ preload }: PlayerSettings): PlayerSettings['preload'] {
  return preload !== 'none' && savesData() ? 'metadata' : preload;
}

/**
 * The largest picture that the player chooses by itself where data is saved.
 *
 * @returns its index, the smallest if all are larger; heights are in ascending order
 */
export function pickSavingLevel(heights: readonly number[]): number {
  return Math.max(0, heights.filter((height) => height <= SAVING_HEIGHT).length - 1);
}

/** As on a DVD. */
const SAVING_HEIGHT = 480;
