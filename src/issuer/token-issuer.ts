import type { Restrictions } from './restrictions.js';

/** Whatever can make a token for a video. Write your own, or use one of ours. */
export interface TokenIssuer {
  /**
   * A token for one video or live input. Rejects with an `IssuerError`: `restrictions-invalid` and
   * `video-id-invalid` before anything is signed or asked for.
   */
  issue(videoId: string, restrictions?: Restrictions): Promise<string>;
}
