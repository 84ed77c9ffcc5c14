import type { AccessRule } from './access-rules.js';

/** What a token may be used for. All optional: nothing given is a token for one hour. */
export interface Restrictions {
  /** When the token stops working: Unix seconds, at most 24 hours ahead. Not beside `expiresIn`. */
  readonly exp?: number | undefined;
  /** How long the token works: seconds, or `"12h"`, `"90m"`, `"1h30m"`; at most 24 hours. */
  readonly expiresIn?: number | string | undefined;
  /** When the token starts to work: Unix seconds, before it expires. */
  readonly nbf?: number | undefined;
  /** Lets the token fetch the MP4 and M4A downloads too, where the video has them enabled. */
  readonly downloadable?: boolean | undefined;
  /** At most 5, read first to last: the first a viewer meets decides; no match allows. */
  readonly accessRules?: readonly AccessRule[] | undefined;
}

/** Restrictions that were checked, as they go into a token. Frozen, through and through. */
export interface CheckedRestrictions {
  readonly exp: number;
  readonly nbf?: number;
  readonly downloadable?: boolean;
  readonly accessRules?: readonly AccessRule[];
}

/** Why allowed restrictions may not do what was meant. */
export type RestrictionsWarningCode =
  | 'allows-everybody'
  | 'blocks-everybody'
  | 'one-address-family'
  | 'single-address'
  | 'host-bits'
  | 'unreachable-rule'
  | 'repeated-entry'
  | 'long-token';

/** Something allowed that is probably not meant. */
export interface RestrictionsWarning {
  readonly code: RestrictionsWarningCode;
  readonly path: string;
  readonly message: string;
}
