import type { Deck } from './deck.js';
import { LiveClocks } from './live-clocks.js';
import { listLoaded } from './loaded-ranges.js';
import type { PlayerHabits } from './player-habits.js';
import { isStarving } from './running-low.js';
import { StallWatch } from './stall-watch.js';
import { StartWatch } from './start-watch.js';
import type { DeckReading, TakeoverSituation, TakeoverStep } from './takeover-plan.js';
import { LOADED_SEEK_SECONDS, planTakeover, STALL_MS } from './takeover-plan.js';

/** Why there is nothing to take over. */
export type TakeoverFailure =
  /** The deck behind could not be made ready, or there is nobody to make it ready for. */
  | 'failed'
  /** The link is too slow for both at this time. */
  | 'postponed'
  /** The deck behind has loaded at the wrong moment. */
  | 'missed';

export interface TakeoverOptions {
  /** A live stream: each deck counts time from where it began. */
  readonly live: boolean;
  /** Whether what is not known to be live may turn out to be; asked at every look. */
  readonly mayBeLive: () => boolean;
  /** Whether the token in front lasts until the clocks of a live stream are compared. */
  readonly hasTime: boolean;
  /** How long the token in front lasts, where there is time for another attempt. */
  readonly restMs: number;
  /** How long the next token lasts. */
  readonly lifeMs: number;
  readonly habits: PlayerHabits;
  /** Whether the deck behind is known to have loaded at the wrong moment; asked at every look. */
  readonly hasMissed: () => boolean;
}

/** Brings the deck behind to where the one in front is, step by step of the plan. */
export class Takeover {
  /** Whether the deck behind may be shown; `false` where there is nothing to take over (any more). */
  readonly done: Promise<boolean>;
  readonly #front: Deck;
  readonly #behind: Deck;
  readonly #options: TakeoverOptions;
  readonly #signal: AbortSignal;
  readonly #beganAtMs = performance.now();
  /** Speed at which the viewer watches. */
  #playbackRate: number;
  /** Only a live stream has an edge, and asking for one too early harms some players. */
  readonly #clocks: LiveClocks | undefined;
  readonly #stall = new StallWatch();
  readonly #start = new StartWatch();
  readonly #timer: ReturnType<typeof setInterval>;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #settle: (isReady: boolean) => void = () => {};
  #factor = 1;
  #isSeeking = false;
  #isStopping = false;
  #hasLoaded = false;
  #failure: TakeoverFailure = 'failed';
  #seekLatencySeconds = LOADED_SEEK_SECONDS;

  constructor(front: Deck, behind: Deck, options: TakeoverOptions, signal: AbortSignal) {
    this.#front = front;
    this.#behind = behind;
    this.#options = options;
    this.#signal = signal;
    this.#playbackRate = front.player.playbackRate || 1;
    this.#clocks = options.live ? new LiveClocks(options.hasTime) : undefined;
    this.done = new Promise((resolve) => (this.#settle = resolve));
    this.#timer = setInterval(this.tick, TICK_MS);
    signal.addEventListener('abort', this.tick, { once: true });
    behind.player.addEventListener('playing', this.#noteMotion);
  }

  /** Looks at both, and does what is to be done next. For whenever one of them tells something. */
  readonly tick = (): void => {
    const elapsedMs = performance.now() - this.#beganAtMs;
    if (this.#signal.aborted || elapsedMs > LONGEST_TAKEOVER_MS) {
      this.#finish(false);
      return;
    }
    const [front, behind] = [this.#front, this.#behind];
    this.#noteLoading(elapsedMs);
    this.#noteSpeed();
    if (this.#isStarvingFront(elapsedMs)) {
      this.#postpone(elapsedMs);
      return;
    }
    // A frame stops some time after it is told to.
    if (behind.player.paused || this.#start.isStarted) this.#isStopping = false;
    this.#start.look(behind.readyState);
    const stalledForMs = this.#stall.look(front);
    if (stalledForMs <= STALL_MS && this.#options.hasMissed()) {
      this.#fail('missed');
      return;
    }
    const isCompared = this.#clocks?.look(front, behind, elapsedMs) ?? true;
    const isUnknown = this.#offsetSeconds === undefined;
    // What starts before it is known where would have to be stopped again; but somebody waits now.
    if (isCompared && isUnknown && stalledForMs <= STALL_MS) return;
    this.#act(planTakeover(this.#describe(stalledForMs, !isCompared || isUnknown)));
  };

  /** Why there is nothing to take over, where there is not. */
  get failure(): TakeoverFailure {
    return this.#failure;
  }

  /** The viewer may have chosen another one meanwhile. */
  #noteSpeed(): void {
    const playbackRate = this.#front.player.playbackRate || 1;
    if (playbackRate === this.#playbackRate) return;
    this.#playbackRate = playbackRate;
    this.#behind.player.playbackRate = playbackRate * this.#factor;
  }

  #isStarvingFront(elapsedMs: number): boolean {
    const { mayBeLive, restMs } = this.#options;
    const isLoading = this.#isSeeking || this.#behind.readyState < 3;
    return isLoading && isStarving(this.#front, restMs - elapsedMs, mayBeLive());
  }

  #postpone(elapsedMs: number): void {
    if (!this.#hasLoaded) this.#options.habits.noteLoading(elapsedMs / 1000);
    this.#fail('postponed');
  }

  #fail(failure: TakeoverFailure): void {
    this.#failure = failure;
    this.#finish(false);
  }

  /** What the clock behind is ahead of the one in front; `undefined` where nothing tells. */
  get #offsetSeconds(): number | undefined {
    return this.#clocks === undefined ? 0 : this.#clocks.offsetSeconds;
  }

  get #gapSeconds(): number {
    return this.#front.currentTime + (this.#offsetSeconds ?? 0) - this.#behind.currentTime;
  }

  #describe(stalledForMs: number, isEdgeUnknown: boolean): TakeoverSituation {
    const { live, lifeMs, habits } = this.#options;
    const { movingForMs, playingForMs, isStarted } = this.#start;
    return {
      front: read(this.#front, this.#offsetSeconds ?? 0, false),
      behind: read(this.#behind, 0, this.#isSeeking || this.#isStopping),
      endSeconds: live ? Infinity : findEnd(this.#front),
      playbackRate: this.#playbackRate,
      started: isStarted,
      movingForMs,
      shiftsSpeed: habits.shiftsSpeed,
      factor: this.#factor,
      startLatencySeconds: habits.startLatencySeconds,
      seekLatencySeconds: this.#seekLatencySeconds,
      stalledForMs,
      stockingMs: Math.min(LONGEST_STOCKING_MS, lifeMs * STOCKING_SHARE),
      playingForMs,
      isEdgeUnknown,
    };
  }

  #act(step: TakeoverStep): void {
    switch (step.kind) {
      case 'wait':
        this.#lookSooner(step.ms);
        break;
      case 'seek':
        this.#seek(step.toSeconds);
        break;
      case 'play':
        this.#play();
        break;
      case 'pause':
        this.#pause();
        break;
      case 'restart':
        this.#measure();
        this.#pause();
        break;
      case 'rate':
        this.#measure();
        this.#factor = step.factor;
        this.#behind.player.playbackRate = this.#playbackRate * step.factor;
        break;
      case 'reveal':
        this.#measure();
        this.#finish(true);
        break;
      case 'abandon':
        this.#finish(false);
        break;
    }
  }

  #lookSooner(ms: number | undefined): void {
    if (ms === undefined || ms >= TICK_MS) return;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(this.tick, ms);
  }

  #play(): void {
    this.#start.start(this.#gapSeconds);
    this.#behind.player.play().catch(() => {
      // Whoever stops it again is not refused anything.
      if (this.#start.isStarted) this.#finish(false);
    });
  }

  #pause(): void {
    this.#start.stop();
    this.#isStopping = true;
    this.#behind.player.pause();
  }

  /** Until the seek is done, the position is only a wish. */
  #seek(toSeconds: number): void {
    const beganAtMs = performance.now();
    const { player } = this.#behind;
    this.#isSeeking = true;
    this.#behind.seek(toSeconds);
    let hasBegun = false;
    const begin = (): void => {
      hasBegun = true;
    };
    const end = (): void => {
      // A player in a frame goes to its start by itself, and may say so after it was told to seek.
      if (!hasBegun) return;
      player.removeEventListener('seeking', begin);
      player.removeEventListener('seeked', end);
      this.#isSeeking = false;
      const tookSeconds = (performance.now() - beganAtMs) / 1000;
      this.#expectSeek(tookSeconds + SEEK_MARGIN_SECONDS);
      this.#start.noteSeek();
      if (player.paused && !this.#front.player.paused) this.#start.stop();
    };
    player.addEventListener('seeking', begin);
    player.addEventListener('seeked', end);
  }

  readonly #noteMotion = (): void => {
    this.#start.noteMotion();
  };

  /** How long loading takes is what a seek counts with, and the next deck. */
  #noteLoading(elapsedMs: number): void {
    if (this.#hasLoaded || this.#behind.readyState < 2) return;
    this.#hasLoaded = true;
    this.#expectSeek((elapsedMs / 1000) * SEEK_SHARE);
    this.#options.habits.noteLoading(elapsedMs / 1000);
  }

  #expectSeek(seconds: number): void {
    this.#seekLatencySeconds = Math.max(this.#seekLatencySeconds, seconds);
  }

  /** How long it really took to start is what the next start counts with. */
  #measure(): void {
    const { live, habits } = this.#options;
    const tookSeconds = live ? undefined : this.#start.measure(this.#gapSeconds);
    if (tookSeconds !== undefined) habits.noteStart(tookSeconds / this.#playbackRate);
  }

  #finish(isReady: boolean): void {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    this.#signal.removeEventListener('abort', this.tick);
    const { player } = this.#behind;
    player.removeEventListener('playing', this.#noteMotion);
    // Also where it was asked for before: a player that was not ready then may have missed it.
    if (isReady) player.playbackRate = this.#playbackRate;
    this.#settle(isReady);
  }
}

function findEnd({ player: { duration } }: Deck): number {
  return duration > 0 ? duration : Infinity;
}

function read(deck: Deck, offsetSeconds: number, seeking: boolean): DeckReading {
  const { paused, ended } = deck.player;
  const { readyState, currentTime } = deck;
  const loaded = listLoaded(deck.player.buffered, offsetSeconds);
  return { timeSeconds: currentTime + offsetSeconds, paused, ended, readyState, seeking, loaded };
}

const TICK_MS = 50;
/** A seek has less to load than a new deck has, and what it gets too late is near enough for another. */
const SEEK_SHARE = 0.5;
/** What a seek is given beyond what the last one took. */
const SEEK_MARGIN_SECONDS = 0.4;

/** What has not come by then comes never; and what a token lasts is not for waiting. */
const LONGEST_STOCKING_MS = 10_000;
const STOCKING_SHARE = 0.1;
/** Beyond the longest that a deck is loaded ahead, and a seek. */
const LONGEST_TAKEOVER_MS = 45_000;
