import { existsSync } from 'node:fs';
import { startLocalStream, type LocalStream } from '../../demo/stream/start.js';
import { createPackedProject, type PackedProject } from '../package/support/packed-project.js';
import { expect, test } from '@playwright/test';
import { findViolations } from './support/axe.js';
import { serveExample } from './support/serve-example.js';

const BUILT = new URL('../../dist/index.js', import.meta.url);
const EXAMPLES = ['html', 'react', 'vue', 'svelte'] as const;
/** What the examples say in the place of a reader's own account. */
const DELIVERY = 'https://customer-example.cloudflarestream.com';

let project: PackedProject;
let stream: LocalStream;

test.beforeAll(async () => {
  if (!existsSync(BUILT)) throw new Error('The examples use the package: npm run build.');
  project = createPackedProject();
  stream = await startLocalStream();
});
test.afterAll(async () => {
  await stream.close();
  project.remove();
});

for (const name of EXAMPLES) {
  test(`the example for ${name} plays, hears and sets what it says`, async ({ page }) => {
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await page.route(`${DELIVERY}/**`, async (route) => {
      const url = route.request().url().replace(DELIVERY, stream.origins.delivery);
      await route.fulfill({ response: await route.fetch({ url }) });
    });
    const example = await serveExample(name, project, stream);
    try {
      await page.goto(example.url);
      await expect(page.getByText(/^Yours until \d/)).toBeVisible();
      await page.getByRole('button', { name: 'Play' }).click();
      const video = page.locator('signed-stream');
      await expect
        .poll(() => video.evaluate((element) => Reflect.get(element, 'currentTime')))
        .toBeGreaterThan(1);
      await page.getByRole('button', { name: 'Pause' }).click();
      await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
      expect(example.asked.map((headers) => headers['x-lesson'])).toEqual(['1']);
      expect(await findViolations(page, 'body')).toEqual([]);
      expect(complaints).toEqual([]);
    } finally {
      await example.close();
    }
  });
}
