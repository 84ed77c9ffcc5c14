import { beforeEach, describe, expect, it, vi } from 'vitest';
import { texts as english } from '../../../../src/element/texts/en.js';
import type { TextKey } from '../../../../src/element/texts/texts.js';

const LANGUAGES = ['de', 'es', 'fr', 'ja', 'pt', 'zh'];
const KEYS = Object.keys(english) as TextKey[];

describe('the languages', () => {
  let languages: typeof import('../../../../src/element/texts/languages.js');
  let setTexts: typeof import('../../../../src/element/texts/own-texts.js').setTexts;

  beforeEach(async () => {
    vi.resetModules();
    languages = await import('../../../../src/element/texts/languages.js');
    ({ setTexts } = await import('../../../../src/element/texts/own-texts.js'));
  });

  it.each(LANGUAGES)(
    'say everything in %s, in whole sentences, as English does',
    async (language) => {
      expect(languages.readTexts(language)).toEqual({ texts: english, language: 'en' });
      expect(await languages.loadTexts(language)).toBe(true);
      const { texts, language: spoken } = languages.readTexts(language);
      expect(spoken).toBe(language);
      expect(Object.keys(texts).toSorted()).toEqual(KEYS.toSorted());
      for (const key of KEYS) {
        const isSentence = english[key].endsWith('.');
        expect(texts[key], key).toMatch(isSentence ? /\S[.。]$/ : /[^.。]$/);
        expect(texts[key].includes('{time}'), key).toBe(key === 'starts-at');
        if (key !== 'video') expect(texts[key], key).not.toBe(english[key]);
      }
      expect(new Set(Object.values(texts)).size).toBe(KEYS.length);
    },
  );

  it('are loaded for a region of theirs, once', async () => {
    expect(await languages.loadTexts('pt-BR')).toBe(true);
    expect(await languages.loadTexts('PT')).toBe(false);
    expect(languages.readTexts('pt-BR').texts).toEqual(languages.readTexts('pt').texts);
  });

  it.each(['', 'en', 'en-US', 'nl', 'constructor', '-', 'x'.repeat(1000)])(
    'are English where there is nothing else: "%s"',
    async (language) => {
      expect(await languages.loadTexts(language)).toBe(false);
      expect(languages.readTexts(language).texts).toEqual(english);
    },
  );

  it('give way to what a page says, the region before the language', async () => {
    await languages.loadTexts('de');
    setTexts('de', { 'try-again': 'Nochmal', video: 'Film' });
    setTexts('de-AT', { 'try-again': 'No amoi' });
    setTexts('de-at', { busy: 'Geduld.' });
    expect(languages.readTexts('de').texts['try-again']).toBe('Nochmal');
    const { texts, language } = languages.readTexts('de-AT');
    expect(language).toBe('de-AT');
    expect([texts['try-again'], texts.video, texts.busy]).toEqual(['No amoi', 'Film', 'Geduld.']);
    expect(texts['media-failed']).toMatch(/^Das Video/);
  });

  it('may be one that is not shipped; what is left out is English', () => {
    setTexts('nl', { 'try-again': 'Opnieuw proberen' });
    const { texts, language } = languages.readTexts('nl-BE');
    expect(language).toBe('nl-BE');
    expect(texts).toEqual({ ...english, 'try-again': 'Opnieuw proberen' });
  });
});
