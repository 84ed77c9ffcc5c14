import { SignedStreamError } from '../errors.js';
import { attemptToken } from './attempt.js';
import { parseToken } from './claims.js';
import { holdToken, type HeldToken } from './held-token.js';
import { KnownEnds } from './known-ends.js';
import { LearnedLifetime } from './learned-lifetime.js';
import { LastFailure } from './last-failure.js';
import type { LeaseClient } from './lease-client.js';
import { earlyError, missingError, staleError } from './lease-errors.js';
import type { LeaseOptions } from './lease-options.js';
import { planRenewal } from './renewal-plan.js';
import { ServerClock } from './server-clock.js';
import { judgeToken, type Standing } from './standing.js';
import type { RenewalReason, TokenFetcher } from './token-fetcher.js';
import { raceAbort, WaitingRoom } from './waiting-room.js';

/**
 * One token per (endpoint, video) and page: fetched once for all who play, renewed by the plan,
 * never while nobody needs it. The lease owns no timer: it says when it wants to be looked at.
 */
export class TokenLease {
  readonly #options: LeaseOptions;
  readonly #clock: ServerClock;
  readonly #clients = new Set<LeaseClient>();
  readonly #waiters = new WaitingRoom();
  #fetchToken: TokenFetcher | undefined;
  readonly #ends = new KnownEnds();
  readonly #lifetime = new LearnedLifetime();
  #token: HeldToken | undefined;
  #tokensTaken = 0;
  #refused = false;
  #failure: LastFailure | undefined;
  #pending: { readonly done: Promise<void>; readonly abort: AbortController } | undefined;
  #jitter: number;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#fetchToken = options.fetchToken;
    this.#clock = new ServerClock(options.time);
    this.#jitter = options.random();
  }

  /** The newest token, good or not. */
  get token(): HeldToken | undefined {
    return this.#token;
  }

  /** Why the last attempt failed; `undefined` since the last token. */
  get error(): SignedStreamError | undefined {
    return this.#failure?.told.error;
  }

  /** Whether a token is being fetched. */
  get renewing(): boolean {
    return this.#pending !== undefined;
  }

  /** Whether a token can be asked for at all. */
  get renewable(): boolean {
    return this.#fetchToken !== undefined;
  }

  /** Asks somebody else from the next question on. */
  set fetchToken(fetchToken: TokenFetcher) {
    this.#fetchToken = fetchToken;
    if (this.#failure?.excuse() === true) this.wake();
  }

  /** The server's time in milliseconds since the epoch, as well as it is known. */
  get nowMs(): number {
    return this.#clock.nowMs();
  }

  /** Milliseconds for which a token of this lease can still be used; 0 for one it never had. */
  remainingMs(tokenText: string): number {
    if (tokenText === this.#token?.text && this.#refused) return 0;
    return this.#ends.remainingMs(tokenText, this.#clock.latestMs());
  }

  /** Joins the lease; the returned function leaves it. The last to leave ends what is under way. */
  join(client: LeaseClient): () => void {
    this.#clients.add(client);
    // Who comes after a failure may have to wait long for the next attempt.
    if (this.#failure !== undefined) client.renewalFailed(this.#failure.told);
    this.check();
    return () => {
      if (!this.#clients.delete(client)) return;
      if (this.#clients.size === 0) this.#pending?.abort.abort();
      this.#options.onReschedule();
    };
  }

  /**
   * Takes a token that the page already has. An expired one is dropped where another can be had.
   *
   * @throws SignedStreamError `token-malformed`, `token-wrong-video`, `token-expired`
   */
  seed(tokenText: string): void {
    const current = this.#token;
    if (tokenText.trim() === current?.text) return;
    let held: HeldToken;
    try {
      held = this.#read(tokenText);
    } catch (error) {
      if (!this.renewable) this.#fail(error);
      throw error;
    }
    // What looks over may be over (a page out of a cache): a round trip is cheaper than a refusal.
    const endsAtMs = (held.claims.expSeconds ?? Infinity) * 1000;
    if (endsAtMs <= this.#clock.nowMs() && this.renewable) return;
    if (current !== undefined && !this.#refused && current.expiresAtMs > held.expiresAtMs) return;
    this.#accept(held);
    this.#announce(current === undefined ? 'initial' : 'manual');
  }

  /**
   * A token to send a request with: the one in hand if it is good, else the next one.
   * Waits through failures for as long as the signal lets it.
   */
  async fresh(signal: AbortSignal): Promise<HeldToken> {
    for (;;) {
      signal.throwIfAborted();
      const standing = this.#standing();
      if (this.#token !== undefined && standing === 'good') return this.#token;
      if (this.#token !== undefined && standing === 'doubtful') {
        // Perhaps it still holds: worth a try where nothing better is to be had at this time.
        if (this.#failure !== undefined) return this.#token;
        await this.#askOnce(this.#clock.doubtful ? 'wake' : 'scheduled', signal);
        continue;
      }
      if (!this.renewable && standing !== 'early' && this.#failure === undefined) {
        this.#fail(missingError(this.#token !== undefined));
      }
      const changed = this.#waiters.wait(signal);
      this.check();
      await changed;
      this.#options.onReschedule();
    }
  }

  /**
   * Stream refused a token. Resolves to another one, fetched now if need be.
   *
   * @param hasWorked whether Stream took it before, so that it may be its age that it was refused for
   * @throws SignedStreamError why no other token is to be had at this time
   */
  async replace(tokenText: string, signal: AbortSignal, hasWorked: boolean): Promise<HeldToken> {
    const current = this.#token;
    if (current !== undefined && current.text !== tokenText) return this.fresh(signal);
    if (current !== undefined && this.#takeForEarly(current)) return this.fresh(signal);
    const known = this.#refused;
    this.#refused = current !== undefined;
    if (current !== undefined && !known && hasWorked) this.#lifetime.learn(current, this.#clock);
    // Others have asked in vain for the same reason, or the endpoint wants to be left alone.
    const { error } = this;
    if (error !== undefined && (known || this.#failure?.isToldToWait)) throw error;
    await this.#askOnce('rejected', signal);
    const next = this.#token;
    if (next === undefined || next.text === tokenText) throw this.error ?? missingError(true);
    return next;
  }

  /** Fetches a token now, whatever the plan says. Rejects with the reason if none comes. */
  async renew(signal: AbortSignal): Promise<HeldToken> {
    const before = this.#token;
    await this.#askOnce('manual', signal);
    const after = this.#token;
    if (after !== undefined && after !== before) return after;
    throw this.error ?? missingError(after !== undefined);
  }

  /** Forgets failures, so that the next look asks at once; for a viewer's wish. */
  retryNow(): void {
    if (this.#failure === undefined) return;
    if (this.#failure.sinceMs >= SHORTEST_PAUSE_MS) this.#failure = undefined;
    this.check('wake');
  }

  /** The page may have slept or got back its network. An endpoint's `Retry-After` still holds. */
  wake(): void {
    if (this.#failure?.isToldToWait !== true) this.retryNow();
    this.check('wake');
  }

  /** Looks whether a token is due, and asks for it. Cheap; may be called at any time. */
  check(reason: 'scheduled' | 'wake' = 'scheduled'): void {
    if (this.#standing() === 'good') this.#waiters.wakeAll();
    if (this.#pending === undefined && this.#plannedAtMs() <= this.#clock.latestMs()) {
      const first = this.#token === undefined;
      void this.#ask(first ? 'initial' : this.#clock.doubtful ? 'wake' : reason);
    }
    this.#options.onReschedule();
  }

  /** Milliseconds until the lease wants to be looked at again; `Infinity` if never. */
  nextCheckMs(): number {
    const nowMs = this.#clock.latestMs();
    const plannedMs = this.#pending === undefined ? this.#plannedAtMs() - nowMs : Infinity;
    const startsMs = (this.#token?.startsAtMs ?? 0) - this.#clock.nowMs();
    const wantsStart = this.#waiters.size > 0 && startsMs > 0;
    // What is needed and for how long changes as the video plays, so the plan is asked again.
    const lookMs = this.#clients.size > 0 && this.renewable ? LOOK_MS : Infinity;
    return Math.max(0, Math.min(plannedMs, wantsStart ? startsMs : Infinity, lookMs));
  }

  #plannedAtMs(): number {
    if (!this.renewable) return Infinity;
    const waiting = this.#waiters.size > 0 && this.#standing() !== 'early';
    const neededForMs = [...this.#clients].reduce(
      (longest, client) => Math.max(longest, client.neededForMs()),
      waiting ? 1 : 0,
    );
    const nowMs = this.#clock.latestMs();
    const inDoubt = this.#clock.doubtful && this.#token?.expiresAtMs !== Infinity;
    if (inDoubt && neededForMs > 0 && this.#failure === undefined) return nowMs;
    return planRenewal(
      {
        nowMs,
        token: this.#token && {
          ...this.#token,
          refused: this.#refused,
          first: this.#tokensTaken === 1,
        },
        failure: this.#failure?.toPlan(nowMs),
        neededForMs,
        jitter: this.#jitter,
      },
      this.#options.policy,
    );
  }

  #standing(): Standing {
    return judgeToken({
      token: this.#token,
      nowMs: this.#clock.nowMs(),
      refused: this.#refused,
      clockDoubtful: this.#clock.doubtful,
      renewable: this.renewable,
    });
  }

  /** One attempt, shared by all who want one now. Never rejects but for the caller's abort. */
  async #askOnce(reason: RenewalReason, signal: AbortSignal): Promise<void> {
    await raceAbort(this.#pending?.done ?? this.#ask(reason), signal);
    signal.throwIfAborted();
  }

  #ask(reason: RenewalReason): Promise<void> {
    const abort = new AbortController();
    const fetchToken = this.#fetchToken;
    // Begun a microtask later, so that callers see the lease renewing before anything can finish.
    const done = Promise.resolve().then(() => this.#attempt(fetchToken, reason, abort.signal));
    this.#pending = { done, abort };
    return done;
  }

  async #attempt(
    fetchToken: TokenFetcher | undefined,
    reason: RenewalReason,
    signal: AbortSignal,
  ): Promise<void> {
    const { time, videoId } = this.#options;
    try {
      if (fetchToken === undefined) throw missingError(this.#token !== undefined);
      const { text, sample } = await attemptToken(fetchToken, { videoId, reason, signal }, time);
      this.#pending = undefined;
      if (sample === undefined) this.#clock.trustDevice();
      else this.#clock.observe(sample);
      this.#accept(this.#read(text));
      this.#announce(reason);
    } catch (error) {
      this.#pending = undefined;
      if (!signal.aborted) this.#fail(error);
      else if (this.#clients.size > 0) this.check();
    } finally {
      this.#options.onReschedule();
    }
  }

  #read(text: string): HeldToken {
    const token = parseToken(text);
    if (token.text === this.#token?.text) this.#refuseStale(this.#token);
    return holdToken(token, this.#options.videoId, this.#clock, this.#lifetime.ms);
  }

  /** Signed again within the second, a token is the same to the letter: it is as new as it was. */
  #refuseStale({ obtainedAtMs }: HeldToken): void {
    const ageMs = this.#clock.nowMs() - obtainedAtMs;
    if (this.#refused || ageMs > SAME_SECOND_MS) throw staleError(Math.max(0, 1000 - ageMs));
  }

  #accept(token: HeldToken): void {
    if (this.#refused && this.#token !== undefined) this.#ends.forget(this.#token.text);
    this.#token = token;
    this.#tokensTaken += 1;
    this.#refused = false;
    this.#failure = undefined;
    this.#jitter = this.#options.random();
    this.#ends.add(token.text, token.expiresAtMs, this.#clock.nowMs());
  }

  /**
   * Without a server's time, nobody can tell whether an `nbf` ahead is meant, or the device's clock
   * is behind. Such a token is tried; if Stream refuses it then, it is meant.
   */
  #takeForEarly(token: HeldToken): boolean {
    const nowMs = this.#clock.nowMs();
    const startsAtMs = (token.claims.nbfSeconds ?? 0) * 1000;
    if (this.#clock.synchronized || token.guessed || startsAtMs <= nowMs) return false;
    if (nowMs - token.obtainedAtMs > FIRST_USE_MS) return false;
    this.#token = { ...token, startsAtMs };
    this.#reportEarly();
    return true;
  }

  #announce(reason: RenewalReason): void {
    const token = this.#token;
    if (token === undefined) return;
    this.#waiters.wakeAll();
    for (const client of [...this.#clients]) client.tokenChanged(token, reason);
    if (token.startsAtMs > this.#clock.nowMs()) this.#reportEarly();
  }

  #fail(cause: unknown): void {
    // Whatever else is thrown here was thrown by a listener of the page: it is not ours to judge.
    if (!(cause instanceof SignedStreamError)) throw cause;
    const attempt = (this.#failure?.told.attempt ?? 0) + 1;
    const told = { error: cause, attempt, willRetry: this.renewable };
    this.#failure = new LastFailure(told, this.#clock);
    this.#jitter = this.#options.random();
    for (const client of [...this.#clients]) client.renewalFailed(told);
  }

  #reportEarly(): void {
    const failure = { error: earlyError(), attempt: 1, willRetry: true };
    for (const client of [...this.#clients]) client.renewalFailed(failure);
  }
}

/** Within that time after its arrival a token is first used. */
const FIRST_USE_MS = 5000;

/** A token signed anew so soon may have the same `exp`. */
const SAME_SECOND_MS = 1500;

/** Wake-ups ask again at once, but not more often than this. */
const SHORTEST_PAUSE_MS = 1000;

/** At least this often the plan is asked again while somebody holds the lease. */
const LOOK_MS = 30_000;
