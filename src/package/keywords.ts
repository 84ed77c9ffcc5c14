import type {
  parseCredentials,
  parseMethod,
  parsePlayer,
  parsePreload,
} from '../element/attributes.js';

/** Every word that a parser gives, which the compiler compares. */
type Words<Parse extends (value: string) => string> = Readonly<
  Record<Exclude<ReturnType<Parse>, ''>, true>
>;

interface Keywords {
  readonly 'token-method': Words<typeof parseMethod>;
  readonly 'token-credentials': Words<typeof parseCredentials>;
  readonly player: Words<typeof parsePlayer>;
  readonly loading: Readonly<Record<'eager' | 'lazy', true>>;
  readonly preload: Words<typeof parsePreload>;
}

const KEYWORDS: Keywords = {
  'token-method': { get: true, post: true },
  'token-credentials': { 'same-origin': true, include: true, omit: true },
  player: { iframe: true, hls: true },
  loading: { eager: true, lazy: true },
  preload: { none: true, metadata: true, auto: true },
};

/**
 * What an attribute may say, as a type. Its property is a string, because any other value counts
 * as the default; of that the analyzer knows no words.
 */
export const KEYWORD_TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries(KEYWORDS).map(([attribute, words]: [string, object]) => [
    attribute,
    Object.keys(words)
      .map((word) => `'${word}'`)
      .join(' | '),
  ]),
);
