import { fileURLToPath } from 'node:url';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** What a screenshot is taken with, in shadow trees too. */
export const FONTS_CSS = here('fonts.css');

/** Starts a Chromium that draws letters as any other does, however the machine would have them. */
export const SAME_LETTERS = {
  args: ['--font-render-hinting=none', '--disable-lcd-text'],
  env: { FONTCONFIG_FILE: here('fonts.conf') },
};
