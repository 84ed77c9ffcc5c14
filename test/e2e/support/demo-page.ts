import { expect, type Locator, type Page } from '@playwright/test';

export const PLAYERS = ['Stream’s player', 'hls.js'] as const;

export function findCard(page: Page, player: string): Locator {
  return page.getByRole('article').filter({ has: page.getByRole('heading', { name: player }) });
}

export function findFact(card: Locator, name: string): Locator {
  return card.locator('.facts > div', { hasText: name }).locator('dd');
}

export async function expectPlaying(page: Page, player: string, fromSeconds = 0): Promise<void> {
  const video = findCard(page, player).locator('signed-stream');
  await expect
    .poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime), PATIENCE)
    .toBeGreaterThan(fromSeconds + 0.5);
}

/** Two players on a busy machine need their time to start. */
const PATIENCE = { timeout: 30_000 };
