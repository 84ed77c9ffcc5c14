import type { Delivery } from '../delivery/origin.js';
import type {
  Engine,
  EngineMedia,
  EngineOptions,
  PlayerSettings,
  TokenSource,
} from '../engine/engine.js';
import { SignedStreamError } from '../errors.js';
import type { HeldToken } from '../token/held-token.js';
import { earlyError } from '../token/lease-errors.js';
import type { TokenLease } from '../token/lease.js';
import type { LeaseFailure } from '../token/lease-client.js';
import type { LeaseRegistry, TokenOrigin } from '../token/lease-registry.js';
import type { RenewalReason } from '../token/token-fetcher.js';
import { anySignal } from './any-signal.js';
import { loadEngine, type EngineFactory, type PlayerKind } from './load-engine.js';
import { notLoadedError } from './not-loaded.js';
import { pageLeases } from './page.js';
import { Trouble } from './trouble.js';

/** What is played, by what. A change of any of it makes a new session. */
export interface SessionSource {
  readonly videoId: string;
  readonly player: PlayerKind;
  readonly delivery: Delivery;
  readonly sdkUrl: string;
  readonly hlsConfig: Readonly<Record<string, unknown>> | undefined;
}

/** The element, as its session sees it. */
export interface SessionHost {
  settings(): PlayerSettings;
  /** Where a player that is made now is to begin. */
  startSeconds(): number;
  /** Whether that is the start. */
  isFromStart(): boolean;
  engineReady(engine: Engine): void;
  tokenChanged(token: HeldToken, reason: RenewalReason): void;
  renewalFailed(failure: LeaseFailure): void;
  /** What the viewer has to know changed; `undefined` when nothing is wrong any more. */
  problemChanged(problem: SignedStreamError | undefined): void;
}

/**
 * One video in one player, from the first token to the end: the only place that knows both the
 * lease and the engine.
 */
export class PlaybackSession {
  readonly #host: SessionHost;
  readonly #leases: LeaseRegistry = pageLeases();
  readonly #source: SessionSource;
  readonly #end = new AbortController();
  readonly #trouble: Trouble;
  #origin: TokenOrigin;
  #originChange = new AbortController();
  #lease: TokenLease;
  #leave: () => void;
  #engine: Engine | undefined;
  #toldOfToken = false;

  constructor(host: SessionHost, source: SessionSource, origin: TokenOrigin) {
    this.#host = host;
    this.#source = source;
    this.#origin = origin;
    this.#trouble = new Trouble(
      (side) => this.#isStarving() && !(side === 'token' && this.#hasGoodToken()),
      (problem) => host.problemChanged(problem),
    );
    this.#lease = this.#leases.acquire(origin, source.videoId);
    this.#leave = () => {};
  }

  get lease(): TokenLease {
    return this.#lease;
  }

  /** Gets a token and a player. `token` is one that the page already has. */
  async start(token: string): Promise<void> {
    const { signal } = this.#end;
    if (token !== '') this.seed(token);
    const loading = this.#loadEngine(signal);
    loading.catch(() => {});
    this.#join();
    try {
      const first = await this.#ask((lease, limit) => lease.fresh(limit), signal);
      this.#trouble.clear('token');
      // A token that the page had, or another element fetched, was there before anybody listened.
      if (!this.#toldOfToken) this.#tokenChanged(first, 'initial');
      const createEngine = await loading;
      if (signal.aborted) return;
      this.#mount(createEngine(this.#engineOptions()));
    } catch (error) {
      if (signal.aborted) return;
      this.#trouble.set(
        'engine',
        error instanceof SignedStreamError
          ? error
          : new SignedStreamError('sdk-unavailable', 'The player could not be started.'),
      );
    }
  }

  /** Takes a token that the page has put into the element. */
  seed(token: string): void {
    try {
      this.#lease.seed(token);
    } catch (error) {
      // The lease tells it where it matters: where another one can be had, it is worth none.
      if (!(error instanceof SignedStreamError)) throw error;
    }
  }

  /** Gets tokens from somewhere else from now on; what plays goes on with the token it has. */
  changeOrigin(origin: TokenOrigin): void {
    if (origin.key === this.#origin.key) return;
    // Frameworks make a function anew at each rendering: it is asked when the one before would be.
    const isUrgent = typeof origin.key !== 'function' || typeof this.#origin.key !== 'function';
    if (!isUrgent && this.#leases.rename(this.#origin, origin, this.#source.videoId)) {
      this.#origin = origin;
      return;
    }
    const before = this.#lease.token;
    this.#leave();
    this.#leases.release(this.#origin, this.#source.videoId);
    this.#origin = origin;
    this.#lease = this.#leases.acquire(origin, this.#source.videoId);
    this.#trouble.clear('token');
    if (before !== undefined && this.#lease.token === undefined) {
      this.seed(before.text);
      if (isUrgent && this.#lease.renewable) this.#lease.renew(this.#end.signal).catch(() => {});
    }
    this.#originChange.abort();
    this.#originChange = new AbortController();
    this.#join();
    // Others may have fetched one for the new source already.
    if (this.#lease.token !== undefined) this.#engine?.tokenChanged();
  }

  /** The viewer or the page wants it tried again, now. */
  retry(): void {
    // One question for each wish, whatever the plan says.
    if (this.#trouble.has('token')) this.#lease.renew(this.#end.signal).catch(() => {});
    this.#engine?.retry();
  }

  /** Playback started, stopped or moved: what the lease has to know of at once. */
  playbackChanged(): void {
    this.#trouble.review();
    this.#lease.check();
  }

  /** The page has put the element elsewhere. */
  moved(): void {
    this.#engine?.moved?.();
  }

  update(settings: PlayerSettings): void {
    this.#engine?.update(settings);
    this.#lease.check();
  }

  destroy(): void {
    this.#end.abort();
    this.#trouble.destroy();
    this.#leave();
    this.#leases.release(this.#origin, this.#source.videoId);
    this.#engine?.destroy();
    this.#engine?.node.remove();
    this.#engine = undefined;
  }

  #join(): void {
    this.#leave = this.#lease.join({
      neededForMs: () => (this.#engine === undefined ? 1 : this.#engine.neededForMs()),
      tokenChanged: (token, reason) => this.#tokenChanged(token, reason),
      renewalFailed: (failure) => {
        this.#host.renewalFailed(failure);
        this.#trouble.set('token', failure.error);
      },
    });
    const { token, nowMs } = this.#lease;
    if (token !== undefined && token.startsAtMs > nowMs) this.#trouble.set('token', earlyError());
  }

  #tokenChanged(token: HeldToken, reason: RenewalReason): void {
    this.#toldOfToken = true;
    this.#trouble.clear('token');
    this.#host.tokenChanged(token, reason);
    this.#engine?.tokenChanged();
  }

  /** Loads the player's code, and tells if it does not come. */
  async #loadEngine(signal: AbortSignal): Promise<EngineFactory> {
    const needs = {
      ...this.#source,
      settings: () => this.#host.settings(),
      isFromStart: () => this.#host.isFromStart(),
      token: () => this.#tokenSource().fresh(signal),
      signal,
    };
    const createEngine = await loadEngine(needs, () => {
      // Where no token comes either, that has been told, and is over at the same time.
      if (this.#trouble.has('token')) return;
      this.#trouble.set('engine', notLoadedError());
    });
    this.#trouble.clear('engine');
    return createEngine;
  }

  #mount(engine: Engine): void {
    this.#engine = engine;
    this.#host.engineReady(engine);
    this.#lease.check();
  }

  #engineOptions(): EngineOptions {
    const { delivery, sdkUrl, hlsConfig } = this.#source;
    return {
      tokens: this.#tokenSource(),
      delivery,
      sdkUrl,
      hlsConfig,
      startSeconds: this.#host.startSeconds(),
      settings: this.#host.settings(),
      report: (trouble) => {
        // What was asked before the end may be answered after it.
        if (this.#end.signal.aborted) return;
        if (trouble === undefined) this.#trouble.clear('engine');
        else this.#trouble.set('engine', trouble);
      },
    };
  }

  #tokenSource(): TokenSource {
    return {
      current: () => this.#lease.token?.text,
      fresh: async (signal) => (await this.#ask((lease, limit) => lease.fresh(limit), signal)).text,
      replace: async (token, signal, hasWorked) =>
        (await this.#ask((lease, limit) => lease.replace(token, limit, hasWorked), signal)).text,
      remainingMs: (token) => this.#lease.remainingMs(token),
    };
  }

  /** Asks the lease, and asks anew where tokens come from somewhere else meanwhile. */
  async #ask(
    question: (lease: TokenLease, limit: AbortSignal) => Promise<HeldToken>,
    signal: AbortSignal,
  ): Promise<HeldToken> {
    for (;;) {
      const { signal: changed } = this.#originChange;
      const [limit, stopListening] = anySignal([signal, changed]);
      try {
        return await question(this.#lease, limit);
      } catch (error) {
        signal.throwIfAborted();
        if (!changed.aborted) throw error;
      } finally {
        stopListening();
      }
    }
  }

  /** A renewal that fails is nobody's concern while the token in hand still holds. */
  #hasGoodToken(): boolean {
    const { token, nowMs } = this.#lease;
    if (token === undefined || token.startsAtMs > nowMs) return false;
    return this.#lease.remainingMs(token.text) > 0;
  }

  #isStarving(): boolean {
    const media: EngineMedia | undefined = this.#engine?.media;
    return media === undefined || (media.readyState < HAVE_FUTURE_DATA && !media.ended);
  }
}

const HAVE_FUTURE_DATA = 3;
