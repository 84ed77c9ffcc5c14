import type { Texts } from './texts.js';

/** The page's own words, by language in lower case. */
export const ownTexts = new Map<string, Partial<Texts>>();

/**
 * Says something in other words, in every element of the page from its next message on. What is
 * left out stays as it was shipped, or in English where that language was not.
 *
 * @param language a BCP-47 tag: `de` is for all of German, `de-AT` goes before it
 * @param texts see `Texts`; the sentences of failures by their `code`
 */
export function setTexts(language: string, texts: Partial<Texts>): void {
  const key = language.toLowerCase();
  ownTexts.set(key, { ...ownTexts.get(key), ...texts });
}
