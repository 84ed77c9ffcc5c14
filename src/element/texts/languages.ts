import { importAgain } from '../import-again.js';
import { texts as english } from './en.js';
import { ownTexts } from './own-texts.js';
import type { Texts } from './texts.js';

/** Shipped beside English; each is loaded when a page in it needs it. */
const shipped = new Map<string, () => Promise<{ readonly texts: Texts }>>([
  ['de', () => import('./de.js')],
  ['es', () => import('./es.js')],
  ['fr', () => import('./fr.js')],
  ['ja', () => import('./ja.js')],
  ['pt', () => import('./pt.js')],
  ['zh', () => import('./zh.js')],
]);

const loaded = new Map<string, Texts>([['en', english]]);

/** What is said, and in which language: English where there is no other, or not yet. */
export function readTexts(language: string): { readonly texts: Texts; readonly language: string } {
  const tag = language.toLowerCase();
  const base = toBase(tag);
  const isKnown = loaded.has(base) || ownTexts.has(base) || ownTexts.has(tag);
  return {
    texts: { ...(loaded.get(base) ?? english), ...ownTexts.get(base), ...ownTexts.get(tag) },
    language: isKnown ? language : 'en',
  };
}

/** Loads a language that is shipped, and says whether there is more to say in it than before. */
export async function loadTexts(language: string): Promise<boolean> {
  const base = toBase(language.toLowerCase());
  const load = shipped.get(base);
  if (load === undefined || loaded.has(base)) return false;
  try {
    loaded.set(base, (await importAgain(load)).texts);
    return true;
  } catch {
    // English is better than nothing, and the next message tries again.
    return false;
  }
}

function toBase(tag: string): string {
  return tag.split('-', 1)[0] ?? tag;
}
