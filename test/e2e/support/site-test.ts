import { test as base } from '@playwright/test';
import { startTestSite, type TestSite } from '../../support/test-site.js';

/**
 * Tests on a page of one's own, with its token endpoint and a local Stream. Whatever the page
 * throws and nobody catches fails the test, whether or not the viewer saw anything of it.
 */
export const test = base.extend<{ uncaught: readonly string[] }, { site: TestSite }>({
  site: [
    async ({ browserName: _any }, use) => {
      const site = await startTestSite();
      await use(site);
      await site.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  uncaught: [
    async ({ page, site }, use) => {
      site.reset();
      const uncaught: string[] = [];
      page.on('pageerror', (error) => uncaught.push(error.message));
      await use(uncaught);
      base.expect(uncaught, 'nothing is thrown that nobody catches').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
