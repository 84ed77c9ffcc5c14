import { existsSync } from 'node:fs';
import { startLocalStream, type LocalStream } from '../../demo/stream/start.js';
import { createPackedProject } from '../package/support/packed-project.js';
import { expect, test } from '@playwright/test';
import { findViolations } from './support/axe.js';
import { serveExample } from './support/serve-example.js';

const BUILT = new URL('../../dist/index.js', import.meta.url);
const EXAMPLES = [
  ...['html', 'react', 'react-18', 'vue', 'svelte', 'angular'],
  ...['media-chrome', 'next'],
] as const;
/** What the examples say in the place of a reader's own account. */
const DELIVERY = 'https://customer-example.cloudflarestream.com';

let stream: LocalStream;

test.beforeAll(async () => {
  if (!existsSync(BUILT)) throw new Error('The examples use the package: npm run build.');
  stream = await startLocalStream();
});
test.afterAll(() => stream.close());

for (const name of EXAMPLES) {
  test(`the example for ${name} plays, hears and sets what it says`, async ({ page }) => {
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    const asked: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/stream-token')) asked.push(request.headers()['x-lesson']);
    });
    await page.route(`${DELIVERY}/**`, async (route) => {
      const url = route.request().url().replace(DELIVERY, stream.origins.delivery);
      await route.fulfill({ response: await route.fetch({ url }) });
    });
    const project = createPackedProject();
    const example = await serveExample(name, project, stream).catch((error: unknown) => {
      project.remove();
      throw error;
    });
    try {
      const response = await page.goto(example.url);
      if (name === 'next') expect(await response?.text()).toContain('<signed-stream');
      await expect(page.getByText(/^Yours until \d/)).toBeVisible();
      await page.getByRole('button', { name: /^play$/i }).click();
      const video = page.locator('signed-stream');
      await expect
        .poll(() => video.evaluate((element) => Reflect.get(element, 'currentTime')))
        .toBeGreaterThan(1);
      await page.getByRole('button', { name: /^pause$/i }).click();
      await expect(page.getByRole('button', { name: /^play$/i })).toBeVisible();
      expect(asked).toEqual(['1']);
      // What media-chrome says of its own controls is its affair.
      const ours = name === 'media-chrome' ? 'signed-stream' : 'body';
      expect(await findViolations(page, ours)).toEqual([]);
      expect(complaints).toEqual([]);
    } finally {
      await example.close();
      project.remove();
    }
  });
}
