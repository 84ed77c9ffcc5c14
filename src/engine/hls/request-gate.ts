import { SignedStreamError } from '../../errors.js';
import type { TokenSource } from '../engine.js';
import { UrlLedger, type Grant } from './url-ledger.js';

/** What became of one try to send a request. */
export type TryResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'missing' };

/** One try to send a request. */
export type Send = (grant: Grant, mayLookUp: boolean) => Promise<TryResult>;

/** How a gate tells the world what it waits for, and waits. */
export interface GateOptions {
  readonly tokens: TokenSource;
  readonly manifest: Grant;
  /** Told why media is not to be had, `undefined` when it is again. */
  readonly report: (trouble: SignedStreamError | undefined) => void;
  /** Resolves after a while, or earlier when trying again makes sense. */
  readonly pause: (pauseMs: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
}

/**
 * Every request of a player passes here: it leaves with a token that lives, and one that Stream
 * refuses is not failed but sent again with another token, so that hls.js hears of no refusal.
 */
export class RequestGate {
  readonly ledger: UrlLedger;
  readonly #options: GateOptions;
  readonly #refused = new Set<string>();
  #troubled = false;

  constructor(options: GateOptions) {
    this.#options = options;
    this.ledger = new UrlLedger(
      options.manifest,
      (grant) => fetchPlaylist(grant),
      (token) => this.#isAlive(token),
    );
  }

  /**
   * Sends a request until it is answered with anything but a refusal.
   *
   * @param send one try; while `mayLookUp`, it may settle on `missing` to have the URL looked up
   * @returns false where newer playlists do not hold the URL any more
   */
  async pass(url: string, signal: AbortSignal, send: Send): Promise<boolean> {
    let mayLookUp = this.ledger.isRendition(url);
    let refusals = 0;
    for (;;) {
      signal.throwIfAborted();
      const { result, token, swapped } = await this.#tryOnce(url, signal, (grant) =>
        send(grant, mayLookUp),
      );
      if (result === undefined) return false;
      if (result.kind === 'done') {
        this.#clearTrouble();
        return true;
      }
      if (result.kind === 'missing') {
        mayLookUp = false;
        this.ledger.forgetName(url);
        continue;
      }
      // What hls.js has let go may be refused for its age: that says nothing of any token.
      if (!this.ledger.knows(url)) return false;
      refusals += 1;
      if (swapped) this.ledger.distrustSwaps();
      await this.#afterRefusal(token, result.status, refusals, signal);
    }
  }

  async #tryOnce(
    url: string,
    signal: AbortSignal,
    send: (grant: Grant) => Promise<TryResult>,
  ): Promise<{ result: TryResult | undefined; token: string; swapped: boolean }> {
    const handedTo = this.ledger.tokenOf(url);
    const token = this.#isAlive(handedTo) ? handedTo : await this.#options.tokens.fresh(signal);
    try {
      const grant = await this.ledger.resolve(url, token);
      if (grant === undefined) return { result: undefined, token, swapped: false };
      const result = await send(grant);
      return { result, token: grant.token, swapped: grant.swapped === true };
    } catch (error) {
      if (!(error instanceof PlaylistRefusal)) throw error;
      const { status, token: refused } = error;
      return { result: { kind: 'refused', status }, token: refused, swapped: false };
    }
  }

  /** Once at once; after that the viewer is not allowed, as far as can be told, and time may help. */
  async #afterRefusal(
    token: string,
    status: number,
    refusals: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { tokens, report, pause, random } = this.#options;
    this.#refused.add(token);
    // What they were refused for is long past when so many others have come.
    for (const old of this.#refused) {
      if (this.#refused.size <= KEPT_REFUSALS) break;
      this.#refused.delete(old);
    }
    this.ledger.forget(token);
    if (refusals > 1) {
      this.#troubled = true;
      report(
        new SignedStreamError('playback-forbidden', `Stream refused a fresh token (${status}).`, {
          status,
          retryable: true,
        }),
      );
      const grownMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (refusals - 2));
      await pause(grownMs * (0.75 + random() / 2), signal);
      signal.throwIfAborted();
    }
    try {
      await tokens.replace(token, signal);
    } catch (error) {
      // No other token at this time: the next round waits for one.
      if (!(error instanceof SignedStreamError)) throw error;
    }
  }

  #clearTrouble(): void {
    if (!this.#troubled) return;
    this.#troubled = false;
    this.#options.report(undefined);
  }

  #isAlive(token: string): boolean {
    const { tokens } = this.#options;
    if (this.#refused.has(token)) return false;
    // The newest is judged by its owner at the moment of sending; an older one needs a margin,
    // because the request may have to queue.
    return token !== tokens.current() && tokens.remainingMs(token) > OLD_TOKEN_MARGIN_MS;
  }
}

/** Stream refused a playlist that we asked for ourselves. */
class PlaylistRefusal extends Error {
  readonly status: number;
  readonly token: string;

  constructor(status: number, token: string) {
    super(`playlist refused (${status})`);
    this.status = status;
    this.token = token;
  }
}

async function fetchPlaylist({ url, token }: Grant): Promise<{ text: string; url: string }> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PLAYLIST_TIMEOUT_MS);
  try {
    const response = await fetch(url, { cache: 'no-store', signal: limit.signal });
    const { ok, status } = response;
    if (status === 401 || status === 403) throw new PlaylistRefusal(status, token);
    if (!ok) throw new Error(`playlist not available (${status})`);
    return { text: await response.text(), url: response.url || url };
  } finally {
    clearTimeout(timer);
  }
}

/** As long as hls.js waits for a playlist that it asks for itself. */
const PLAYLIST_TIMEOUT_MS = 10_000;
const KEPT_REFUSALS = 50;
const OLD_TOKEN_MARGIN_MS = 1500;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 30_000;
