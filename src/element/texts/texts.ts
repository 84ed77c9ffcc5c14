import type { SignedStreamErrorCode } from '../../errors.js';

/** What a viewer reads, or hears: a sentence for each code of failure, and what else is said. */
export type TextKey =
  | SignedStreamErrorCode
  /** In the place of `endpoint-refused` where the endpoint is only busy. */
  | 'busy'
  /** In the place of `token-not-yet-valid` where it is known when; `{time}` stands for that. */
  | 'starts-at'
  /** The button below the sentence. */
  | 'try-again'
  /** What a player without a `title` is called. */
  | 'video';

/** Everything an element says, in one language. */
export type Texts = Readonly<Record<TextKey, string>>;
