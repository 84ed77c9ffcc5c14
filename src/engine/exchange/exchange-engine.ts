import { SignedStreamError } from '../../errors.js';
import type { Engine, EngineOptions, PlayerSettings } from '../engine.js';
import { growPauseMs, Pauses } from '../pause.js';
import { playbackNeedMs } from '../playback-need.js';
import type { Deck, DeckEventType, DeckFactory, DeckPlayer, DeckStart } from './deck.js';
import { DeckMedia } from './deck-media.js';
import { diagnose } from './diagnose.js';
import { listenForReturn } from './listen-for-return.js';
import { reloadInPlace } from './reload-in-place.js';
import { SoundWatch } from './sound-watch.js';
import { runTakeover } from './takeover.js';

/**
 * Plays in a player that cannot be given another token while it plays: for each token another one
 * is made ready behind it, and takes over when it plays at the same place.
 */
export class ExchangeEngine implements Engine {
  readonly node: HTMLDivElement;
  readonly media: DeckMedia;
  readonly #options: EngineOptions;
  readonly #factory: DeckFactory;
  readonly #pauses = new Pauses();
  readonly #end = new AbortController();
  readonly #ready: Promise<void>;
  #becomeReady: () => void = () => {};
  #settings: PlayerSettings;
  #front: Deck | undefined;
  #behind: { readonly deck: Deck; readonly tick: () => void } | undefined;
  #exchange: AbortController | undefined;
  readonly #soundWatch = new SoundWatch();
  #soundBlocked = false;
  /** Whether it plays, or does not, because somebody said so: `autoplay` is for the start. */
  #hasStarted = false;
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
    this.node = document.createElement('div');
    this.#ready = new Promise((resolve) => (this.#becomeReady = resolve));
    this.media = new DeckMedia(
      {
        currentTime: startSeconds,
        duration: NaN,
        paused: true,
        ended: false,
        volume: 1,
        muted: settings.muted,
        playbackRate: 1,
        loop: settings.loop,
      },
      () => this.#play(),
    );
    listenForReturn(this.node, this.#end.signal, () => {
      if (!this.media.ended) void this.#renewIfDead();
    });
    void this.#start();
  }

  get native(): DeckPlayer | null {
    return this.#front?.player ?? null;
  }

  neededForMs(): number {
    const starting = this.#settings.autoplay && this.media.readyState === 0;
    // What has shown nothing yet needs its token, and what died needs the next.
    if (this.media.masked || this.media.readyState === 0) {
      return this.media.paused && !starting ? 1 : Infinity;
    }
    return playbackNeedMs(this.media, starting);
  }

  tokenChanged(): void {
    this.#pauses.cutShort();
    const front = this.#front;
    if (front === undefined || this.media.paused || this.media.masked) return;
    if (this.#options.tokens.remainingMs(front.token) > this.neededForMs()) return;
    void this.#renew();
  }

  update(settings: PlayerSettings): void {
    this.#settings = settings;
    if (this.media.loop !== settings.loop) this.media.loop = settings.loop;
    const front = this.#front;
    if (front === undefined) return;
    if (front.player.controls !== settings.controls) front.player.controls = settings.controls;
    front.label(settings.title);
  }

  retry(): void {
    this.#pauses.cutShort();
  }

  moved(): void {
    if (this.#front === undefined || !this.#factory.startsOver) return;
    this.#exchange?.abort();
    void this.#rebuild();
  }

  destroy(): void {
    this.#end.abort();
    clearTimeout(this.#silence);
    this.#exchange?.abort();
    this.#pauses.cutShort();
    this.#behind?.deck.destroy();
    this.#front?.destroy();
  }

  async #start(): Promise<void> {
    const { signal } = this.#end;
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#factory.prepare(signal);
        break;
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof SignedStreamError) this.#options.report(error);
        await this.#pauses.wait(growPauseMs(attempt), signal);
      }
    }
    this.#options.report(undefined);
    if (!signal.aborted) await this.#rebuild();
  }

  /** Puts up a deck in the place of none, or of one that is dead. */
  async #rebuild(): Promise<void> {
    const { signal } = this.#end;
    const held = this.media.masked ? this.media.snapshot() : this.media.mask();
    let token: string;
    try {
      token = await this.#options.tokens.fresh(signal);
    } catch {
      // Only the end of the engine ends the wait for a token.
      return;
    }
    this.#front?.destroy();
    const front = this.#create({
      token,
      atSeconds: this.media.isLive ? 0 : held.currentTime,
      autoplay: (this.#settings.autoplay && !this.#hasStarted) || !this.media.paused,
      muted: held.muted,
    });
    this.#front = front;
    // A frame that the browser blocks (the video's allowed origins) never tells anything at all.
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => void this.#revive(front), LONGEST_SILENCE_MS);
    this.media.show(front);
    const { player } = front;
    player.volume = held.volume;
    if (held.playbackRate !== 1) player.playbackRate = held.playbackRate;
    this.media.unmask();
    this.#becomeReady();
  }

  #create(start: DeckStart): Deck {
    return this.#factory.create(this.node, start, (type, deck) => this.#receive(type, deck));
  }

  #receive(type: DeckEventType, deck: Deck): void {
    if (deck === this.#behind?.deck) {
      if (type === 'error') this.#exchange?.abort();
      else this.#behind.tick();
      return;
    }
    if (deck !== this.#front) return;
    clearTimeout(this.#silence);
    this.#behind?.tick();
    if (type === 'error') {
      void this.#revive(deck);
      return;
    }
    if (type === 'pause' && this.#soundWatch.notePause()) return;
    if (type === 'pause' || type === 'playing') this.#hasStarted = true;
    if (this.#deaths > 0 && (type === 'playing' || type === 'canplay')) {
      this.#deaths = 0;
      this.#options.report(undefined);
    }
    this.media.receive(type);
    if (type === 'play') void this.#renewIfDead();
  }

  /** A deck has stopped for good: its token ended, was refused, or the media is not there. */
  async #revive(deck: Deck): Promise<void> {
    const { tokens, delivery, report } = this.#options;
    const { signal } = this.#end;
    this.#exchange?.abort();
    if (!this.media.masked) {
      if (!this.media.paused) this.media.receive('waiting');
      this.media.mask();
    }
    this.#deaths += 1;
    if (this.#deaths > 1) {
      report(await diagnose(delivery, deck.token, signal));
      await this.#pauses.wait(growPauseMs(this.#deaths - 2), signal);
    }
    if (this.#deaths > 1 || tokens.remainingMs(deck.token) > 0) {
      // Where there is no other token at this time, `#rebuild` waits for one.
      await tokens.replace(deck.token, signal).catch(() => {});
    }
    if (deck === this.#front && !signal.aborted) await this.#rebuild();
  }

  /** The viewer is back, or wants to play: a deck whose token is over is no good to anybody. */
  async #renewIfDead(): Promise<void> {
    const front = this.#front;
    if (front === undefined || this.media.masked) return;
    if (this.#options.tokens.remainingMs(front.token) > RETURN_MARGIN_MS) return;
    await this.#renew();
  }

  /** Exchanges the deck for one with the newest token. */
  async #renew(): Promise<void> {
    if (this.#exchange !== undefined) return;
    const exchange = new AbortController();
    this.#exchange = exchange;
    const end = (): void => exchange.abort();
    this.#end.signal.addEventListener('abort', end, { once: true });
    try {
      const token = await this.#options.tokens.fresh(exchange.signal);
      const front = this.#front;
      if (front === undefined || front.token === token) return;
      if (front.player.ended) {
        await this.#rewind();
        return;
      }
      const inPlace = this.#soundBlocked || this.#factory.isPinned(front);
      const done = !inPlace && (await this.#takeOver(front, token, exchange.signal));
      const isAlive = this.#front === front && front.readyState > 0;
      if (!done && isAlive && !exchange.signal.aborted) await this.#reloadInPlace(front, token);
    } catch {
      // Given up, because the deck died or the engine ended.
    } finally {
      this.#end.signal.removeEventListener('abort', end);
      if (this.#exchange === exchange) this.#exchange = undefined;
    }
  }

  /** @returns whether the exchange has been made, or need not be */
  async #takeOver(front: Deck, token: string, signal: AbortSignal): Promise<boolean> {
    const { paused, currentTime, isLive } = this.media;
    const startSeconds = paused ? currentTime : currentTime + LOADING_SECONDS;
    const behind = this.#create({
      token,
      atSeconds: isLive ? 0 : startSeconds,
      autoplay: false,
      muted: true,
    });
    behind.node.classList.add('behind');
    behind.node.inert = true;
    behind.player.playbackRate = front.player.playbackRate || 1;
    // Now, so that the page hears of one change when it is shown, not of each on its own.
    behind.player.volume = this.media.volume;
    const options = { live: isLive, habits: this.#factory.habits };
    const { done, tick } = runTakeover(front, behind, options, signal);
    this.#behind = { deck: behind, tick };
    const isReady = await done;
    this.#behind = undefined;
    const made = isReady && front === this.#front && (await this.#reveal(front, behind));
    if (!made) behind.destroy();
    return made || front.player.ended;
  }

  /** What has ended is played again from the start, in a new deck. */
  async #rewind(): Promise<void> {
    this.media.mask();
    this.media.currentTime = 0;
    await this.#rebuild();
  }

  /** @returns false where the browser does not let the deck behind have sound; then nothing has changed */
  async #reveal(front: Deck, behind: Deck): Promise<boolean> {
    const { volume, muted, paused, playbackRate } = this.media;
    const root = this.node.getRootNode();
    const hadFocus = root instanceof ShadowRoot && root.activeElement === front.node;
    // Where it may, the deck in front stays until it is known that the other one may have sound.
    const stays = !muted && !paused && !this.#factory.mustGoFirst;
    if (behind.player.volume !== volume) behind.player.volume = volume;
    if (behind.player.playbackRate !== playbackRate) behind.player.playbackRate = playbackRate;
    behind.node.inert = false;
    behind.node.classList.remove('behind');
    front.node.classList.add('behind');
    this.#front = behind;
    this.media.show(behind);
    if (hadFocus) behind.node.focus({ preventScroll: true });
    if (stays) front.player.muted = true;
    else front.destroy();
    behind.player.muted = muted;
    if (stays && (await this.#isSoundBlocked())) {
      this.#soundBlocked = true;
      this.#front = front;
      this.media.show(front);
      front.node.classList.remove('behind');
      front.player.muted = muted;
      if (hadFocus) front.node.focus({ preventScroll: true });
      return false;
    }
    front.destroy();
    return true;
  }

  #isSoundBlocked(): Promise<boolean> {
    return this.#soundWatch.isBlocked((durationMs, signal) =>
      this.#pauses.wait(durationMs, signal),
    );
  }

  async #reloadInPlace(front: Deck, token: string): Promise<void> {
    const held = this.media.mask();
    const done = await reloadInPlace(front, token, {
      held,
      isLive: this.media.isLive,
      isPaused: () => this.media.paused,
      isDead: () => this.#deaths > 0,
      signal: this.#end.signal,
    });
    // What revives a dead one has the state that was held.
    if (done) this.media.unmask();
  }

  async #play(): Promise<void> {
    await this.#ready;
    await this.#renewIfDead();
    if (this.#front === undefined) throw new DOMException('The player is gone.', 'AbortError');
    return this.#front.player.play();
  }
}

/** A player that has told nothing by then is not going to. */
const LONGEST_SILENCE_MS = 15_000;

/** What has less than this to live is renewed when the viewer comes back to it. */
const RETURN_MARGIN_MS = 3000;

/** How far ahead the next deck is loaded: about as long as loading takes. */
const LOADING_SECONDS = 1.5;
