import type { EngineMedia } from '../engine.js';
import type { Deck, DeckEventType } from './deck.js';
import type { DeckSnapshot } from './deck-snapshot.js';
import { ECHOING_EVENTS, EchoWatch } from './echo-watch.js';
import { LengthWatch } from './length-watch.js';
import { NO_RANGES, oneRange } from './own-ranges.js';
import { PendingPlays } from './pending-plays.js';
import { ToldState } from './told-state.js';

/** How it is before there is a deck. */
export interface DeckStartState {
  readonly startSeconds: number;
  readonly muted: boolean;
  readonly loop: boolean;
}

/**
 * What plays, as a media element. Whatever deck plays behind it, it stays the same object; while
 * decks are exchanged it keeps answering as before, and tells nothing of it.
 */
export class DeckMedia extends EventTarget implements EngineMedia {
  #deck: Deck | undefined;
  #held: DeckSnapshot;
  /** While true, `#held` answers and events of the deck are not passed on. */
  #masked = true;
  /** Whether the deck shown has had something to play; until then it says nothing of playback. */
  #isProven = false;
  #hasPlayed = false;
  #isPauseAsked = false;
  /** Whether the deck shown was told to stop, and has not told yet that it has. */
  #isStopping = false;
  readonly #plays = new PendingPlays();
  readonly #length = new LengthWatch();
  readonly #echo = new EchoWatch();
  /** What the page's time is ahead of the deck's. */
  #shiftSeconds = 0;
  readonly #told: ToldState;
  readonly #play: () => Promise<void>;

  constructor({ startSeconds, muted, loop }: DeckStartState, play: () => Promise<void>) {
    super();
    this.#held = {
      currentTime: startSeconds,
      duration: NaN,
      paused: true,
      ended: false,
      volume: 1,
      muted,
      playbackRate: 1,
      loop,
    };
    this.#told = new ToldState(this);
    this.#play = play;
  }

  /** Answers for another deck from now on. */
  show(deck: Deck): void {
    this.#echo.begin();
    this.#endStop();
    // In a live stream each deck counts from where it began; the page's time goes on.
    if (this.isLive && !this.#masked) this.#shiftSeconds = this.currentTime - deck.currentTime;
    this.#deck = deck;
    this.#isProven = deck.readyState >= 2;
    this.#length.restart();
    this.#noteDuration();
    if (!this.#masked) this.#catchUp();
  }

  /** Whether the deck shown has had something to play. */
  get isProven(): boolean {
    return this.#isProven;
  }

  /** Whether any deck has played. */
  get hasPlayed(): boolean {
    return this.#hasPlayed;
  }

  /** Whether the page has asked for the pause that it is in, or comes to. */
  get isPauseAsked(): boolean {
    return this.#isPauseAsked;
  }

  /** Whether what plays has no end. */
  get isLive(): boolean {
    return this.#length.isLive;
  }

  /** Whether what plays may still turn out to have no end: its player tells that of its window. */
  get mayBeLive(): boolean {
    return this.#length.mayBeLive;
  }

  /**
   * Holds on to what is now, while the deck is not to be believed; or still to what was held, where
   * the deck shown since then has died before it had anything to play.
   */
  mask(): DeckSnapshot {
    if (this.#isProven) this.#held = this.snapshot();
    this.#masked = true;
    this.#endStop();
    return this.#held;
  }

  /** Answers as the deck does, and tells the page what became of it meanwhile. */
  unmask(): void {
    // What happened meanwhile was not listened to.
    this.#isProven ||= (this.#deck?.readyState ?? 0) >= 2;
    this.#noteDuration();
    // A live stream that was loaded anew in its place counts from elsewhere; the page's time goes on.
    const isSame = this.isLive && this.#isProven && this.#deck !== undefined;
    if (isSame) this.#shiftSeconds = this.#held.currentTime - (this.#deck?.currentTime ?? 0);
    this.#masked = false;
    if (this.#isProven) this.#tellIfNews(this.paused ? 'pause' : 'play');
    this.#catchUp();
  }

  get masked(): boolean {
    return this.#masked;
  }

  snapshot(): DeckSnapshot {
    const { currentTime, duration, paused, ended, volume, muted, playbackRate, loop } = this;
    return { currentTime, duration, paused, ended, volume, muted, playbackRate, loop };
  }

  /** An event of the deck shown. `error` is the engine's to judge: a token may have died. */
  receive(type: DeckEventType): void {
    if (this.#masked || type === 'error') return;
    if (type === 'canplay' || type === 'playing') this.#isProven = true;
    if (type === 'playing') this.#hasPlayed = true;
    // A viewer may also stop it in the player itself, before it has begun, and so may an ad.
    if (type === 'playing' || (type === 'pause' && !this.#isStopping)) this.#plays.fulfil();
    // What it was asked to since, it is going to do.
    if (type === 'playing' || type === 'pause') this.#isStopping = false;
    if (this.#echo.catches(type)) return;
    // What was caught was none where it is still so: the viewer has changed it in the player itself.
    if (this.#echo.isOver()) for (const echoing of ECHOING_EVENTS) this.#tellIfNews(echoing);
    if (type === 'durationchange') this.#noteDuration();
    if (this.#told.admits(type, this)) this.dispatchEvent(new Event(type));
  }

  get currentTime(): number {
    const deck = this.#live;
    return deck === undefined ? this.#held.currentTime : deck.currentTime + this.#shiftSeconds;
  }
  set currentTime(seconds: number) {
    this.#held = { ...this.#held, currentTime: seconds, ended: false };
    this.#live?.seek(seconds - this.#shiftSeconds);
  }
  /** `Infinity` for a live stream, as on a `<video>`; a player may tell its window's end instead. */
  get duration(): number {
    const duration = this.#live?.player.duration ?? this.#held.duration;
    if (this.isLive) return Infinity;
    return duration > 0 ? duration : NaN;
  }
  get paused(): boolean {
    if (this.isPlayPending) return false;
    // A frame says so only when it has done it.
    if (this.#isStopping && this.#isPauseAsked) return true;
    const paused = this.#live?.player.paused ?? this.#held.paused;
    return paused && (this.#isProven || this.#held.paused);
  }
  get ended(): boolean {
    return this.#live?.player.ended ?? this.#held.ended;
  }
  get seeking(): boolean {
    return this.#live?.player.seeking ?? false;
  }
  get volume(): number {
    return this.#live?.player.volume ?? this.#held.volume;
  }
  set volume(volume: number) {
    this.#set('volume', volume);
  }
  get muted(): boolean {
    return this.#live?.player.muted ?? this.#held.muted;
  }
  set muted(muted: boolean) {
    this.#set('muted', muted);
  }
  get playbackRate(): number {
    return this.#live?.player.playbackRate ?? this.#held.playbackRate;
  }
  set playbackRate(rate: number) {
    this.#set('playbackRate', rate);
  }
  get loop(): boolean {
    return this.#held.loop;
  }
  set loop(loop: boolean) {
    this.#set('loop', loop);
  }
  get buffered(): TimeRanges {
    return this.#live?.player.buffered ?? NO_RANGES;
  }
  get played(): TimeRanges {
    return this.#live?.player.played ?? NO_RANGES;
  }
  get seekable(): TimeRanges {
    const { duration } = this;
    return duration > 0 && Number.isFinite(duration) ? oneRange(0, duration) : NO_RANGES;
  }
  /** While decks are exchanged, there is as much to play as before. */
  get readyState(): number {
    return this.#deck?.readyState ?? 0;
  }
  get networkState(): number {
    return this.#deck === undefined ? 0 : 2;
  }
  get videoWidth(): number {
    return this.#deck?.player.videoWidth ?? 0;
  }
  get videoHeight(): number {
    return this.#deck?.player.videoHeight ?? 0;
  }

  /**
   * Resolves when it plays, in whatever deck: the one that was asked may die before it can.
   *
   * @throws DOMException as a `<video>` does: `AbortError` where it is stopped before it plays, and
   * `NotAllowedError` where the browser does not let it
   */
  async play(): Promise<void> {
    this.#isPauseAsked = false;
    const playing = this.#plays.ask();
    this.#held = { ...this.#held, paused: false };
    const isTold = this.#masked && this.#deck !== undefined && this.#tellIfNews('play');
    try {
      await Promise.race([playing, this.#play()]);
    } catch (error) {
      // One that is dead plays nothing; the next one is told to by whoever puts it up.
      if (this.#masked && this.isPlayPending) return playing;
      this.#plays.fail(error);
      // What has had nothing to play yet knows only what it was told; one that dies has a successor.
      const isBlocked = error instanceof DOMException && error.name === 'NotAllowedError';
      if (isBlocked && !this.#isProven) this.#held = { ...this.#held, paused: true };
      if (isTold && this.paused) this.#tellIfNews('pause');
      throw error;
    }
  }

  pause(): void {
    this.#isPauseAsked = true;
    this.#plays.interrupt();
    this.#held = { ...this.#held, paused: true };
    // A deck that has nothing to play yet, or no more, stands still already, and tells of no pause.
    if (this.#masked || !this.#isProven) this.#tellIfNews('pause');
    const player = this.#live?.player;
    this.#isStopping = player?.paused === false;
    player?.pause();
  }

  /** Whether somebody has asked to play, and it does not yet. */
  get isPlayPending(): boolean {
    return this.#plays.isPending;
  }

  get #live(): Deck | undefined {
    return this.#masked ? undefined : this.#deck;
  }

  /** The deck will not be heard any more when it stops. */
  #endStop(): void {
    if (this.#isStopping && this.#isPauseAsked) this.#tellIfNews('pause');
    this.#isStopping = false;
  }

  #noteDuration(): void {
    this.#length.note(this.#deck?.player.duration ?? 0);
  }

  /** A deck that is not to be believed will not be heard when it does what it is told. */
  #tellOfItself(key: 'volume' | 'muted' | 'playbackRate' | 'loop'): void {
    if (key === 'loop') return;
    this.#tellIfNews(key === 'playbackRate' ? 'ratechange' : 'volumechange');
  }

  /** Who waits for pictures to move hears that they do, where a deck began to before it was heard. */
  #catchUp(): void {
    if (!this.#isProven || this.seeking) return;
    this.#tellIfNews('seeked');
    if (this.#live?.player.paused !== false || this.readyState < 3) return;
    this.#plays.fulfil();
    this.#tellIfNews('playing');
  }

  #tellIfNews(type: DeckEventType): boolean {
    if (!this.#told.admits(type, this)) return false;
    queueMicrotask(() => this.dispatchEvent(new Event(type)));
    return true;
  }

  #set(key: 'volume' | 'muted' | 'playbackRate' | 'loop', value: number | boolean): void {
    this.#echo.end();
    this.#held = { ...this.#held, [key]: value };
    const deck = this.#live;
    if (deck !== undefined) Object.assign(deck.player, { [key]: value });
    else if (this.#deck !== undefined) this.#tellOfItself(key);
  }
}
