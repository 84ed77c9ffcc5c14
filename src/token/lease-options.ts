import type { RenewalPolicy } from './renewal-plan.js';
import type { Time } from './time.js';
import type { TokenFetcher } from './token-fetcher.js';

/** What a lease is made of. Time, randomness and network are the caller's. */
export interface LeaseOptions {
  readonly videoId: string;
  /** Absent where a token was given and there is nobody to ask for another. */
  readonly fetchToken: TokenFetcher | undefined;
  readonly time: Time;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly policy?: RenewalPolicy | undefined;
  /** Called when the next moment to look again has moved. */
  readonly onReschedule: () => void;
}
