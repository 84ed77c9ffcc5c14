import { SignedStreamError } from '../../errors.js';
import type { TokenSource } from '../engine.js';
import { fetchPlaylist, PlaylistError } from './fetch-playlist.js';
import type { Grant } from './grant.js';
import { UrlLedger } from './url-ledger.js';

/** What became of one try to send a request. */
export type TryResult =
  /** Answered; `taken` where Stream took the token for it. */
  | { readonly kind: 'done'; readonly taken?: boolean }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'missing' };

/** What became of a round: of a try to send it, or of the lists that had to be looked at first. */
interface Round {
  /**
   * `lost` where a list did not come, `early` where it does not reach so far yet, `undefined` where
   * the URL has no successor.
   */
  readonly result: TryResult | { readonly kind: 'lost' } | { readonly kind: 'early' } | undefined;
  readonly token: string;
  readonly swapped: boolean;
}

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
  /** Aborted when the player is gone. */
  readonly end: AbortSignal;
}

/**
 * Every request of a player passes here: it leaves with a token that lives, and one that Stream
 * refuses is not failed but sent again with another token, so that hls.js hears of no refusal.
 */
export class RequestGate {
  readonly ledger: UrlLedger;
  readonly #options: GateOptions;
  readonly #refused = new Set<string>();
  /** The last token that Stream took. */
  #taken: string | undefined;
  #troubled = false;

  constructor(options: GateOptions) {
    this.#options = options;
    this.ledger = new UrlLedger(
      options.manifest,
      (grant) => fetchPlaylist(grant, options.end),
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
    let losses = 0;
    let waits = 0;
    for (;;) {
      signal.throwIfAborted();
      const { result, token, swapped } = await this.#tryOnce(url, signal, (grant) =>
        send(grant, mayLookUp),
      );
      if (result === undefined) return false;
      if (result.kind === 'done') {
        if (result.taken === true) this.#taken = token;
        this.#clearTrouble();
        return true;
      }
      if (result.kind === 'lost') {
        losses += 1;
        await this.#afterLoss(losses, signal);
        continue;
      }
      if (result.kind === 'early') {
        waits += 1;
        if (waits > MOST_WAITS) return false;
        await this.#pause(0, signal);
        continue;
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
  ): Promise<Round> {
    const handedTo = this.ledger.tokenOf(url);
    const token = this.#isAlive(handedTo) ? handedTo : await this.#options.tokens.fresh(signal);
    try {
      const grant = await this.ledger.resolve(url, token);
      // Who asked may have gone while lists were looked at.
      signal.throwIfAborted();
      if (grant === undefined) return { result: undefined, token, swapped: false };
      if (grant === 'not-yet') return { result: { kind: 'early' }, token, swapped: false };
      const result = await send(grant);
      return { result, token: grant.token, swapped: grant.swapped === true };
    } catch (error) {
      if (!(error instanceof PlaylistError)) throw error;
      const { status, token: refused } = error;
      if (error.isRefusal) {
        return { result: { kind: 'refused', status }, token: refused, swapped: false };
      }
      return { result: error.isMissing ? undefined : { kind: 'lost' }, token, swapped: false };
    }
  }

  /** A list that did not come is no failure of what the player asked for: it waits for the list. */
  async #afterLoss(losses: number, signal: AbortSignal): Promise<void> {
    if (losses >= LOSSES_TOLD) {
      this.#tell(
        new SignedStreamError('network-failed', 'Playlists could not be loaded.', {
          retryable: true,
        }),
      );
    }
    await this.#pause(losses - 1, signal);
  }

  /** Once at once; after that the viewer is not allowed, as far as can be told, and time may help. */
  async #afterRefusal(
    token: string,
    status: number,
    refusals: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { tokens } = this.#options;
    this.#refused.add(token);
    // What they were refused for is long past when so many others have come.
    for (const old of this.#refused) {
      if (this.#refused.size <= KEPT_REFUSALS) break;
      this.#refused.delete(old);
    }
    this.ledger.forget(token);
    if (refusals > 1) {
      this.#tell(
        new SignedStreamError('playback-forbidden', `Stream refused a fresh token (${status}).`, {
          status,
          retryable: true,
        }),
      );
      await this.#pause(refusals - 1, signal);
    }
    try {
      await tokens.replace(token, signal, token === this.#taken);
    } catch (error) {
      // No other token at this time: the next round waits for one.
      if (!(error instanceof SignedStreamError)) throw error;
    }
  }

  #tell(trouble: SignedStreamError): void {
    this.#troubled = true;
    this.#options.report(trouble);
  }

  async #pause(attempt: number, signal: AbortSignal): Promise<void> {
    const { pause, random } = this.#options;
    const grownMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    await pause(grownMs * (0.75 + random() / 2), signal);
    signal.throwIfAborted();
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

const KEPT_REFUSALS = 50;
const OLD_TOKEN_MARGIN_MS = 1500;
/** A list that is older than the one before is not so for longer than this many seconds. */
const MOST_WAITS = 15;
/** From the third list in a row that does not come on, it is worth telling. */
const LOSSES_TOLD = 3;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
