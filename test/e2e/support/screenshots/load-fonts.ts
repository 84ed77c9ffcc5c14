import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { FONTS_CSS } from './same-letters.js';

const require = createRequire(import.meta.url);

const FONTS = {
  'Test Sans': require.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
  'Test Mono':
    require.resolve('@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2'),
};

/** Makes the page that is open write in fonts of the tests' own, whatever the machine has. */
export async function loadFonts(page: Page): Promise<void> {
  const fonts = Object.entries(FONTS).map(([family, path]) => ({
    family,
    source: `url(data:font/woff2;base64,${readFileSync(path).toString('base64')})`,
  }));
  await page.evaluate(async (all) => {
    for (const { family, source } of all) {
      const face = new FontFace(family, source, { weight: '100 900' });
      document.fonts.add(await face.load());
    }
  }, fonts);
  await page.addStyleTag({ path: FONTS_CSS });
}
