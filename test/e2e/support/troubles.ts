import type { Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import { giveToken, type TestSite } from '../../support/test-site.js';
import { openPlayers, SMALL_PICTURE, type Player } from './player.js';
import { Secrets } from './secrets.js';
import { expect, test as siteTest } from './site-test.js';

/** Every one of these tests ends with a look for tokens where none may be. */
export const test = siteTest.extend<{ secrets: Secrets }>({
  secrets: [
    async ({ page }, use) => {
      const secrets = await Secrets.watch(page);
      await use(secrets);
      await secrets.expectKept();
    },
    { auto: true },
  ],
});

export const UID = SAMPLE_UIDS.pathToken;

/** A player of that kind, with what is to go wrong in its attributes. */
export function open(
  page: Page,
  site: TestSite,
  player: 'hls' | 'iframe',
  attributes: Readonly<Record<string, string>> = {},
  uid: string = UID,
): Promise<Player> {
  const hlsConfig = SMALL_PICTURE;
  return openPlayers(page, site, [{ uid, attributes: { player, ...attributes }, hlsConfig }]).then(
    ([first]) => {
      if (first === undefined) throw new Error('no player was opened');
      return first;
    },
  );
}

/** The viewer reads it, the page gets it as an event and as a property. */
export async function expectTold(
  page: Page,
  player: Player,
  code: string,
  words: string | RegExp,
): Promise<void> {
  await expect(page.getByRole('alert')).toContainText(words, { timeout: 60_000 });
  expect(await player.eventNames('error')).toContain(`error ${code}`);
  expect(await player.run((element) => element.error?.cause.code)).toBe(code);
}

/** By keyboard. It may well begin by itself before the viewer gets there, as soon as the cause is gone. */
export async function expectTryAgainStarts(
  page: Page,
  site: TestSite,
  player: Player,
  mend: () => void = () => {},
): Promise<void> {
  const button = page.getByRole('button', { name: 'Try again' });
  await expect(button).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(button).toBeFocused();
  mend();
  site.endpoint = giveToken;
  await page.keyboard.press('Enter');
  await expectPlaying(page, player);
}

export async function expectPlaying(page: Page, player: Player): Promise<void> {
  await player.playsOn(0.5);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await player.run((element) => element.error)).toBeNull();
}

export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
