import { expect as expectSoon, test, type Locator, type Page } from '@playwright/test';
import { startDemo, type Demo } from '../../demo/server/start-demo.js';
import { NO_FAULTS } from '../../demo/shared/faults.js';
import { findCard } from './support/demo-page.js';
import { loadFonts } from './support/screenshots/load-fonts.js';

const expect = expectSoon.configure({ timeout: 30_000 });

// So high that nothing scrolls, and nothing that sticks to an edge covers anything.
const WIDE = { width: 1280, height: 4000 };
const PHONE = { width: 360, height: 6000 };

let demo: Demo;

test.use({ deviceScaleFactor: 1, locale: 'en-GB', timezoneId: 'UTC' });
test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(() => demo.close());
test.beforeEach(async ({ request }, testInfo) => {
  testInfo.skip(process.platform !== 'linux', 'Other systems draw the same letters otherwise');
  await request.patch(`${demo.url}api/faults`, { data: NO_FAULTS });
});

/** Opens the page, and stops all that moves on it. */
async function openStill(page: Page, query = ''): Promise<void> {
  await page.goto(demo.url + query);
  const last = query.includes('beside') ? 'Source set again' : 'hls.js';
  await expect(findCard(page, last)).toBeVisible();
  await loadFonts(page);
  await page.addScriptTag({
    type: 'module',
    url: `${demo.url}test/e2e/support/screenshots/still-page.ts`,
  });
}

async function expectPicture(locator: Locator, name: string): Promise<void> {
  await expect(locator).toHaveScreenshot(`${name}.png`);
}

/** What stands above the first panel. */
async function expectPictureOfTop(page: Page, name: string): Promise<void> {
  const panel = await page.locator('#timeline').boundingBox();
  const clip = { x: 0, y: 0, width: page.viewportSize()?.width ?? 0, height: panel?.y ?? 0 };
  await expect(page).toHaveScreenshot(`${name}.png`, { clip });
}

test.describe('light', () => {
  test.use({ viewport: WIDE, colorScheme: 'light' });

  test('looks as it did: the page, with what people do beside', async ({ page }) => {
    await openStill(page, '?beside');
    await expectPictureOfTop(page, 'light-beside');
  });

  test('looks as it did: what breaks things', async ({ page }) => {
    await openStill(page);
    await breakSomething(page);
    await expectPicture(page.locator('#faults'), 'light-faults');
  });

  test('looks as it did: the form for an account of one’s own', async ({ page }) => {
    await openStill(page);
    await page.getByLabel('Video’s uid').fill(UID);
    await expectPicture(page.locator('#own'), 'light-own');
  });
});

test.describe('dark', () => {
  test.use({ viewport: WIDE, colorScheme: 'dark' });

  test('looks as it did: the page, in the dark', async ({ page }) => {
    await openStill(page);
    await expectPicture(page.locator('#players'), 'dark-players');
    await expectPicture(page.locator('#timeline'), 'dark-timeline');
    await breakSomething(page);
    await expectPicture(page.locator('#fault-bar'), 'dark-fault-bar');
  });
});

test.describe('phone', () => {
  test.use({ viewport: PHONE, colorScheme: 'light' });

  test('looks as it did: the page, on a phone', async ({ page }) => {
    await openStill(page, '?player=hls');
    await expectPictureOfTop(page, 'phone-player');
    await expectPicture(page.locator('#timeline'), 'phone-timeline');
    await expectPicture(page.locator('#log'), 'phone-log');
  });

  test('looks as it did: the form for an account of one’s own, on a phone', async ({ page }) => {
    await openStill(page);
    await page.locator('.pill', { hasText: 'The Stream API' }).click();
    await page.getByLabel('Video’s uid').fill(UID);
    await expectPicture(page.locator('#own'), 'phone-own');
  });
});

test.describe('message', () => {
  test.use({ viewport: PHONE });

  for (const dir of ['ltr', 'rtl']) {
    test(`looks as it did: the message, ${dir}`, async ({ page }) => {
      demo.endpointFault = 'html';
      await page.goto(`${demo.url}?player=hls`);
      const player = page.locator('signed-stream');
      await expect(player.getByRole('alert')).toBeVisible();
      await page.evaluate((to) => document.documentElement.setAttribute('dir', to), dir);
      // A browser's own controls shine through, and are not ours.
      await player.evaluate((element) => element.removeAttribute('controls'));
      await loadFonts(page);
      // The same for both: its languages all run from left to right.
      await expectPicture(player, 'message');
    });
  }
});

const UID = '6b9e68b07dfee8cc2d116e4c51d6a957';

async function breakSomething(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Answers 500' }).first().check();
  await page.getByRole('button', { name: 'Hide the page' }).click();
  await expect(page.locator('#fault-bar')).toContainText('the page is hidden');
  // Away from the button, which looks another way under the pointer.
  await page.mouse.move(0, 0);
}
