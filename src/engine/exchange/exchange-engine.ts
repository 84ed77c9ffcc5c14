import type { Engine, EngineOptions, PlayerSettings } from '../engine.js';
import { followShape } from '../follow-shape.js';
import { MEDIA_EVENTS } from '../media-events.js';
import { growPauseMs, Pauses } from '../pause.js';
import { playbackNeedMs } from '../playback-need.js';
import { bringBack, findEdgeDistance, findFarDistance, type ReturnPlace } from './bring-back.js';
import type { Deck, DeckEventType, DeckFactory, DeckPlayer } from './deck.js';
import { DeckMedia } from './deck-media.js';
import { ExchangeSlot } from './exchange-slot.js';
import { listenForReturn } from './listen-for-return.js';
import { preparePatiently } from './prepare-patiently.js';
import { replaceRefused } from './replace-refused.js';
import { isRunningLow } from './running-low.js';
import { Stage } from './stage.js';

/**
 * Plays in a player that cannot be given another token while it plays: for each token another one
 * is made ready behind it, and takes over when it plays at the same place.
 */
export class ExchangeEngine implements Engine {
  readonly media: DeckMedia;
  readonly events = MEDIA_EVENTS;
  readonly #options: EngineOptions;
  readonly #factory: DeckFactory;
  readonly #stage: Stage;
  readonly #pauses = new Pauses();
  readonly #end = new AbortController();
  readonly #exchange = new ExchangeSlot(this.#end.signal);
  readonly #ready: Promise<void>;
  #becomeReady: () => void = () => {};
  #settings: PlayerSettings;
  /** Whether it plays, or does not, because somebody said so: `autoplay` is for the start. */
  #hasStarted = false;
  /** Whether what was put up in the place of one that played has yet to play. */
  #goesOn = false;
  /** Runs while a new deck has not told anything yet. */
  #silence: ReturnType<typeof setTimeout> | undefined;
  /** Decks that stopped for good, in a row. */
  #deaths = 0;

  constructor(
    options: EngineOptions,
    createFactory: (settings: () => PlayerSettings) => DeckFactory,
  ) {
    this.#options = options;
    const { settings, startSeconds } = options;
    this.#settings = settings;
    this.#factory = createFactory(() => this.#settings);
    this.#ready = new Promise((resolve) => (this.#becomeReady = resolve));
    this.media = new DeckMedia({ startSeconds, muted: settings.muted, loop: settings.loop }, () =>
      this.#play(),
    );
    this.#stage = new Stage(
      this.media,
      this.#factory,
      (type, deck) => this.#receive(type, deck),
      (durationMs, signal) => this.#pauses.wait(durationMs, signal),
    );
    followShape(this.media, this.node, this.#end.signal);
    listenForReturn(this.node, this.#end.signal, () => {
      if (!this.media.ended) void this.#renewIfDead();
    });
    void this.#start();
  }

  get node(): HTMLDivElement {
    return this.#stage.node;
  }

  get native(): DeckPlayer | null {
    return this.#stage.front?.player ?? null;
  }

  neededForMs(): number {
    const starting = this.#settings.autoplay && this.media.readyState === 0;
    // What has shown nothing yet needs its token, and what died needs the next.
    if (this.media.masked || this.media.readyState === 0) {
      return this.media.paused && !starting ? 1 : Infinity;
    }
    return playbackNeedMs(this.media, starting, this.media.mayBeLive);
  }

  tokenChanged(): void {
    this.#pauses.cutShort();
    if (this.#isDue()) void this.#renew();
  }

  update(settings: PlayerSettings): void {
    this.#settings = settings;
    if (this.media.loop !== settings.loop) this.media.loop = settings.loop;
    this.#stage.update(settings);
  }

  retry(): void {
    this.#pauses.cutShort();
  }

  moved(): void {
    if (this.#stage.front === undefined || !this.#factory.startsOver) return;
    this.#exchange.abort();
    void this.#rebuild();
  }

  destroy(): void {
    this.#end.abort();
    clearTimeout(this.#silence);
    this.#exchange.abort();
    this.#pauses.cutShort();
    this.#stage.destroy();
  }

  async #start(): Promise<void> {
    const { signal } = this.#end;
    await preparePatiently(this.#factory, this.#pauses, this.#options.report, signal);
    if (!signal.aborted) await this.#rebuild();
  }

  /** Puts up a deck in the place of none, or of one that is dead. */
  async #rebuild(): Promise<void> {
    const { signal } = this.#end;
    if (!this.media.masked) this.media.mask();
    let token: string;
    try {
      token = await this.#options.tokens.fresh(signal);
    } catch {
      // Only the end of the engine ends the wait for a token.
      return;
    }
    if (signal.aborted) return;
    // Much may have been said in the time that it took.
    const held = this.media.snapshot();
    this.#goesOn = this.#hasStarted && !held.paused && !held.ended;
    const front = this.#stage.replace({
      token,
      // At its end there is nothing to show.
      atSeconds: this.media.isLive || held.ended ? 0 : held.currentTime,
      isNext: false,
      isResumed: this.media.hasPlayed,
      autoplay: (this.#settings.autoplay && !this.#hasStarted) || !this.media.paused,
      muted: held.muted,
    });
    this.#expectWord(front);
    this.media.show(front);
    const { player } = front;
    player.volume = held.volume;
    // A frame that has not come yet does not know how it was made.
    if (player.muted !== held.muted) player.muted = held.muted;
    if (held.playbackRate !== 1) player.playbackRate = held.playbackRate;
    this.media.unmask();
    // Who waits for the one that died waits for this one now; blocked, it stays paused.
    if (this.#deaths > 0 && this.media.isPlayPending) this.media.play().catch(() => {});
    this.#becomeReady();
  }

  /** A frame that the browser blocks (the video's allowed origins) never tells anything at all. */
  #expectWord(front: Deck): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => void this.#revive(front, true), LONGEST_SILENCE_MS);
  }

  #receive(type: DeckEventType, deck: Deck): void {
    clearTimeout(this.#silence);
    if (type === 'error') {
      void this.#revive(deck);
      return;
    }
    if (type === 'pause' || type === 'playing') this.#hasStarted = true;
    if (type === 'playing' || type === 'canplay') this.#noteLife();
    if (type === 'canplay') this.#goOn(deck);
    this.media.receive(type);
    if (type === 'play') void this.#renewIfDead();
    // No pause is for who has nothing to play any more; but one that is dead is given them all.
    if (type === 'waiting' && !this.media.masked && this.#isOver(deck)) this.#pauses.cutShort();
    // One that came while it was paused, or was not needed then, may be needed now.
    if (this.#isDue()) void this.#renew();
  }

  /** What played before is asked to when it is in its place: the page hears then if it may not. */
  #goOn({ player, readyState }: Deck): void {
    if (!this.#goesOn || player.seeking === true || readyState < 3) return;
    this.#goesOn = false;
    if (!player.paused || this.media.paused) return;
    this.media.play().catch(() => this.media.paused && this.media.receive('pause'));
  }

  #noteLife(): void {
    // What is being brought back lives only when it is where it was.
    if (this.#deaths === 0 || this.media.masked) return;
    this.#deaths = 0;
    this.#options.report(undefined);
  }

  /**
   * A deck has stopped for good: its token ended, was refused, or the media is not there.
   *
   * @param isSilent whether it does not even tell so
   */
  async #revive(deck: Deck, isSilent = false): Promise<void> {
    if (deck !== this.#stage.front) return;
    const { signal } = this.#end;
    const isOver = (): boolean => deck !== this.#stage.front || signal.aborted;
    if (!this.media.masked) {
      if (!this.media.paused) this.media.receive('waiting');
      this.media.mask();
    }
    this.#deaths += 1;
    const { isProven } = this.media;
    const { isPinned, behind } = this.#stage;
    const fromEdgeSeconds = findEdgeDistance(deck, this.media.isLive);
    // What its successor has loaded already need not be loaded again.
    const isSucceeded = !isPinned && behind !== undefined && !this.#isOver(behind);
    if (isSucceeded) this.#stage.promote();
    this.#exchange.abort();
    if (isSucceeded) {
      const from = { token: undefined, fromEdgeSeconds: findFarDistance(fromEdgeSeconds) };
      return this.#exchange.run((ended) => this.#restore(behind, from, ended));
    }
    const death = { deck, deaths: () => this.#deaths, isProven, isPinned, pauses: this.#pauses };
    await replaceRefused({ ...death, isOver }, this.#options, signal);
    if (isOver()) return;
    // Another one could not have its full screen, or the sound that a gesture gave it.
    const isHopeless = this.#deaths > (isSilent ? 1 : MOST_IN_PLACE);
    if (isHopeless || !this.#stage.isPinned) await this.#rebuild();
    else {
      await this.#exchange.run(async (ended) => {
        const token = await this.#options.tokens.fresh(ended);
        await this.#restore(deck, { token, fromEdgeSeconds }, ended);
      });
    }
  }

  /** Whether what plays needs a newer token than its own, and there is one. */
  #isDue(): boolean {
    const { front } = this.#stage;
    if (front === undefined || this.media.paused || this.media.masked) return false;
    const { tokens } = this.#options;
    const restMs = tokens.remainingMs(front.token);
    const { loadingSeconds } = this.#factory.habits;
    const isLow = isRunningLow(front, restMs, this.media.mayBeLive, loadingSeconds);
    if (isLow || front.token === tokens.current()) return false;
    const neededForMs = this.neededForMs();
    return neededForMs > 0 && restMs <= neededForMs;
  }

  /** The viewer is back, or wants to play: a deck whose token is over is no good to anybody. */
  async #renewIfDead(): Promise<void> {
    const { front } = this.#stage;
    if (front !== undefined && !this.media.masked && this.#isOver(front)) await this.#renew();
  }

  #isOver(deck: Deck): boolean {
    return this.#options.tokens.remainingMs(deck.token) <= RETURN_MARGIN_MS;
  }

  /** Exchanges the deck for one with the newest token. */
  async #renew(): Promise<void> {
    if (this.#exchange.isTaken) return;
    await this.#exchange.run(async (signal) => {
      let attempt: number | undefined = 0;
      while (attempt !== undefined) attempt = await this.#tryToRenew(attempt, signal);
    });
  }

  /**
   * @param attempt how often it has failed before
   * @returns the same for the next attempt; `undefined` where there is to be none
   */
  async #tryToRenew(attempt: number, signal: AbortSignal): Promise<number | undefined> {
    const { tokens } = this.#options;
    const hadEnded = this.media.ended;
    const token = await tokens.fresh(signal);
    const { front } = this.#stage;
    if (front === undefined || front.token === token) return undefined;
    if (front.player.ended) {
      // What came to its end meanwhile stays there.
      if (hadEnded || this.media.isPlayPending) await this.#rewind();
      return undefined;
    }
    // What did not succeed once is given no time for niceties.
    const restMs = attempt === 0 ? tokens.remainingMs(front.token) : 0;
    const next = { token, restMs, lifeMs: tokens.remainingMs(token) };
    const outcome = this.#stage.isPinned
      ? 'blocked'
      : await this.#stage.takeOver(front, next, signal);
    if (outcome === 'missed') return 0;
    // A newer token may have come while the one before was put to use.
    if (outcome === 'made') return this.#isDue() ? 0 : undefined;
    const isAlive = this.#stage.front === front && front.readyState > 0;
    if (outcome === 'needless' || outcome === 'postponed') return undefined;
    if (!isAlive || signal.aborted) return undefined;
    const hasNothing = this.media.paused || front.readyState < 3;
    if (outcome === 'blocked' || (hasNothing && this.#isOver(front))) {
      const fromEdgeSeconds = findEdgeDistance(front, this.media.isLive);
      await this.#restore(front, { token, fromEdgeSeconds }, signal);
      return undefined;
    }
    // There is something to play yet: the next attempt may find the network better.
    await this.#pauses.wait(growPauseMs(attempt), signal);
    return signal.aborted || this.media.paused ? undefined : attempt + 1;
  }

  /** What has ended is played again from the start, in a new deck. */
  async #rewind(): Promise<void> {
    this.media.mask();
    this.media.currentTime = 0;
    await this.#rebuild();
  }

  /** Has the deck in front go on where there was nothing more to play. */
  async #restore(front: Deck, from: ReturnPlace, signal: AbortSignal): Promise<void> {
    this.media.mask();
    clearTimeout(this.#silence);
    // Whatever it says, it has not come back by then.
    const limit = setTimeout(() => void this.#revive(front, true), LONGEST_RETURN_MS);
    const done = await bringBack(front, {
      ...from,
      held: () => this.media.snapshot(),
      isLive: this.media.isLive,
      isPaused: () => this.media.paused,
      signal,
    });
    clearTimeout(limit);
    // What revives a dead one has the state that was held.
    if (!done) return;
    this.media.unmask();
    if (front.readyState >= 3) this.#noteLife();
    if (this.media.isPlayPending) this.media.play().catch(() => {});
  }

  async #play(): Promise<void> {
    await this.#ready;
    await this.#renewIfDead();
    if (!this.media.isPlayPending) return;
    const { front } = this.#stage;
    if (front === undefined) throw new DOMException('The player is gone.', 'AbortError');
    return front.player.play();
  }
}

/** What has died in its place so often, over half a minute, may be mended by another one only. */
const MOST_IN_PLACE = 6;

/** A player that has told nothing by then is not going to. */
const LONGEST_SILENCE_MS = 15_000;

/** Loading anew, and a seek, on a network that is slow. */
const LONGEST_RETURN_MS = 20_000;

/** What has less than this to live is renewed when the viewer comes back to it. */
const RETURN_MARGIN_MS = 3000;
