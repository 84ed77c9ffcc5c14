import { TokenLease } from './lease.js';
import type { RenewalPolicy } from './renewal-plan.js';
import type { Time } from './time.js';
import type { TokenFetcher } from './token-fetcher.js';

/** Where an element's tokens come from. Two that are equal in `key` and video share a lease. */
export interface TokenOrigin {
  /** What makes the source one and the same: a text, or the page's function itself. */
  readonly key: string | object;
  readonly fetchToken: TokenFetcher | undefined;
}

interface Entry {
  readonly lease: TokenLease;
  users: number;
}

/**
 * All leases of a page, and the one timer that looks after them.
 */
export class LeaseRegistry {
  readonly #time: Time;
  readonly #random: () => number;
  readonly #policy: RenewalPolicy | undefined;
  readonly #leases = new Map<string | object, Map<string, Entry>>();
  #stopTimer: (() => void) | undefined;
  #timerAtMs = Infinity;

  constructor(time: Time, random: () => number, policy?: RenewalPolicy) {
    this.#time = time;
    this.#random = random;
    this.#policy = policy;
  }

  /** The lease for a video from an origin, made if need be. Hand it back with `release`. */
  acquire(origin: TokenOrigin, videoId: string): TokenLease {
    const entry = this.#leases.get(origin.key)?.get(videoId) ?? {
      lease: this.#create(origin, videoId),
      users: 0,
    };
    this.#add(origin.key, videoId, entry);
    entry.users += 1;
    return entry.lease;
  }

  /** Gives a lease back; nothing is left of it when the last user has. */
  release(origin: TokenOrigin, videoId: string): void {
    const entry = this.#leases.get(origin.key)?.get(videoId);
    if (entry === undefined) return;
    entry.users -= 1;
    if (entry.users > 0) return;
    this.#remove(origin.key, videoId);
    this.#reschedule();
  }

  /**
   * Has a lease that only one uses go on with another origin, with all that it has and knows.
   *
   * @returns false where it cannot
   */
  rename(before: TokenOrigin, { key, fetchToken }: TokenOrigin, videoId: string): boolean {
    const entry = this.#leases.get(before.key)?.get(videoId);
    const isTaken = this.#leases.get(key)?.has(videoId) === true;
    if (entry?.users !== 1 || isTaken || fetchToken === undefined) return false;
    this.#remove(before.key, videoId);
    this.#add(key, videoId, entry);
    entry.lease.fetchToken = fetchToken;
    return true;
  }

  /** Looks at every lease; to be called whenever the page may have slept or got back its network. */
  wake(): void {
    for (const lease of this.#all()) lease.wake();
  }

  #add(key: string | object, videoId: string, entry: Entry): void {
    const ofOrigin = this.#leases.get(key) ?? new Map<string, Entry>();
    this.#leases.set(key, ofOrigin.set(videoId, entry));
  }

  #remove(key: string | object, videoId: string): void {
    const ofOrigin = this.#leases.get(key);
    ofOrigin?.delete(videoId);
    if (ofOrigin?.size === 0) this.#leases.delete(key);
  }

  #create(origin: TokenOrigin, videoId: string): TokenLease {
    return new TokenLease({
      videoId,
      fetchToken: origin.fetchToken,
      time: this.#time,
      random: this.#random,
      policy: this.#policy,
      onReschedule: () => this.#reschedule(),
    });
  }

  *#all(): Iterable<TokenLease> {
    for (const ofOrigin of [...this.#leases.values()]) {
      for (const { lease } of [...ofOrigin.values()]) yield lease;
    }
  }

  #reschedule(): void {
    // Timers take whole milliseconds and cut off the rest: they would go off too early, in vain.
    const nextMs = Math.ceil(
      Math.min(Infinity, ...[...this.#all()].map((lease) => lease.nextCheckMs())),
    );
    const atMs = this.#time.monotonicMs() + nextMs;
    if (Math.abs(atMs - this.#timerAtMs) < 1) return;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#timerAtMs = atMs;
    if (nextMs === Infinity) return;
    this.#stopTimer = this.#time.setTimer(() => {
      this.#timerAtMs = Infinity;
      for (const lease of this.#all()) lease.check();
      this.#reschedule();
    }, nextMs);
  }
}
