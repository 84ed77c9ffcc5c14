import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type Axe from 'axe-core';

/** What axe has against the page, or a part of it; what is in its frames is theirs. */
export async function findViolations(page: Page, selector = 'html'): Promise<string[]> {
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core') });
  return page.evaluate(async (context) => {
    const { axe } = window as unknown as { axe: typeof Axe };
    const results = await axe.run(context, { iframes: false });
    return results.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`,
    );
  }, selector);
}
