import type { PlayerSettings } from '../engine.js';
import type { Deck, DeckEventType, DeckFactory, DeckListener, DeckStart } from './deck.js';
import type { DeckMedia } from './deck-media.js';
import { edgeMoves } from './edge-moves.js';
import { ListTimes } from './list-times.js';
import type { PlayerHabits } from './player-habits.js';
import { SoundWatch } from './sound-watch.js';
import { Takeover, type TakeoverFailure } from './takeover.js';
import { LAST_SECONDS } from './takeover-plan.js';

/** What became of an attempt to exchange the deck in front. */
export type TakeoverOutcome =
  /** The next one plays. */
  | 'made'
  /** What plays has ended, so there is nothing to take over. */
  | 'needless'
  /** The next one could not have the sound or the full screen of this one; it is as it was before. */
  | 'blocked'
  /** It is as it was before. */
  | TakeoverFailure;

interface NextToken {
  readonly token: string;
  /** How long the token of the one in front lasts, where there is time to look for the best moment. */
  readonly restMs: number;
  /** How long the token lasts. */
  readonly lifeMs: number;
}

/** Waits, or less long where the signal says so. */
type Wait = (durationMs: number, signal: AbortSignal) => Promise<void>;

/**
 * The decks of one player as they stand in the page: the one that is seen and heard, and at times
 * one behind it that is brought to the same place and takes over.
 */
export class Stage {
  readonly node: HTMLDivElement;
  readonly #media: DeckMedia;
  readonly #factory: DeckFactory;
  readonly #listener: DeckListener;
  readonly #wait: Wait;
  readonly #soundWatch = new SoundWatch();
  readonly #lists = new ListTimes();
  /** Whether the deck behind is a second one, as the first had loaded at the wrong moment. */
  #isSecondTry = false;
  #soundBlocked = false;
  /** Whether what is in front has been stopped, as far as it has told. */
  #isStopped = false;
  /** Runs while the deck behind has not told anything yet. */
  #silence: ReturnType<typeof setTimeout> | undefined;
  #front: Deck | undefined;
  #behind:
    { readonly deck: Deck; readonly tick: () => void; readonly giveUp: () => void } | undefined;

  /** @param listener told what happens to the deck in front */
  constructor(media: DeckMedia, factory: DeckFactory, listener: DeckListener, wait: Wait) {
    this.node = document.createElement('div');
    this.#media = media;
    this.#factory = factory;
    this.#listener = listener;
    this.#wait = wait;
  }

  /** The deck that is seen. */
  get front(): Deck | undefined {
    return this.#front;
  }

  /** Whether the deck in front must be given its token in place. */
  get isPinned(): boolean {
    const front = this.#front;
    if (front === undefined) return false;
    return (this.#soundBlocked && !front.player.muted) || this.#factory.isPinned(front);
  }

  /** Puts a deck into the place of the one in front. */
  replace(start: DeckStart): Deck {
    const hadFocus = this.#front !== undefined && this.#isFocused(this.#front);
    this.#front?.destroy();
    const front = this.#create(start);
    this.#front = front;
    this.#factory.shown?.(front);
    if (hadFocus) front.node.focus({ preventScroll: true });
    return front;
  }

  /** The deck that is being made ready, if one is. */
  get behind(): Deck | undefined {
    return this.#behind?.deck;
  }

  /** Puts the deck behind, as far as it has come, into the place of the one in front. */
  promote(): void {
    const [front, behind] = [this.#front, this.#behind];
    if (front === undefined || behind === undefined) return;
    this.#bringForward(front, behind.deck);
    front.destroy();
    behind.giveUp();
  }

  /** Also the deck behind, which was made with the settings of then. */
  update({ controls, loop, title }: PlayerSettings): void {
    for (const deck of [this.#front, this.#behind?.deck]) {
      if (deck === undefined) continue;
      // One that has not come yet does not know how it was made: what it says counts for nothing.
      Object.assign(deck.player, { controls, loop });
      deck.label(title);
    }
  }

  /** Has the deck in front exchanged for one with another token. */
  async takeOver(front: Deck, next: NextToken, signal: AbortSignal): Promise<TakeoverOutcome> {
    const { token, restMs, lifeMs } = next;
    this.#isStopped = this.#media.paused;
    const hasTime = restMs > UNHURRIED_MS;
    const { isLive: isKnown, mayBeLive } = this.#media;
    // Whether it is live shows as soon as its edge moves; a video has to wait for that in vain.
    const takeoverMs = TAKEOVER_MS + this.#factory.habits.loadingSeconds * 1000;
    const isUnknown = mayBeLive && !this.#factory.tellsLive;
    const unknownMs = isUnknown ? Math.min(restMs - takeoverMs, SEGMENT_MS) : 0;
    const momentMs = this.#lists.untilNextMs(front);
    await edgeMoves(front, isKnown ? restMs : unknownMs, momentMs, signal);
    if (front !== this.#front || signal.aborted) return 'failed';
    const { isLive, volume } = this.#media;
    const behind = this.#create({
      token,
      atSeconds: isLive ? 0 : findMeetingPoint(this.#media, this.#factory.habits),
      isNext: true,
      isResumed: this.#media.hasPlayed,
      autoplay: false,
      muted: true,
    });
    behind.node.classList.add('behind');
    behind.node.inert = true;
    behind.player.playbackRate = front.player.playbackRate || 1;
    // Now, so that the page hears of one change when it is shown, not of each on its own.
    behind.player.volume = volume;
    const attempt = new AbortController();
    const giveUp = (): void => attempt.abort();
    // A frame whose page does not come tells nothing.
    this.#silence = setTimeout(giveUp, LONGEST_SILENCE_MS);
    signal.addEventListener('abort', giveUp, { once: true });
    // The second one is taken as it is.
    const mayMiss = isLive && hasTime && !this.#isSecondTry;
    const options = {
      live: isLive,
      mayBeLive: () => this.#media.mayBeLive,
      hasTime,
      restMs,
      lifeMs,
      habits: this.#factory.habits,
      hasMissed: () => mayMiss && this.#lists.isApart(front, behind),
    };
    const takeover = new Takeover(front, behind, options, attempt.signal);
    this.#behind = { deck: behind, tick: takeover.tick, giveUp };
    const isReady = await takeover.done;
    clearTimeout(this.#silence);
    signal.removeEventListener('abort', giveUp);
    this.#behind = undefined;
    const isMeant = isReady && front === this.#front;
    // What has gone to full screen meanwhile keeps it.
    const isKept = isMeant && this.isPinned;
    const { failure } = takeover;
    this.#isSecondTry = failure === 'missed';
    const outcome = isKept ? 'blocked' : isMeant ? await this.#reveal(front, behind) : failure;
    if (behind !== this.#front) behind.destroy();
    return outcome !== 'made' && front.player.ended ? 'needless' : outcome;
  }

  destroy(): void {
    this.#behind?.deck.destroy();
    this.#front?.destroy();
  }

  #create(start: DeckStart): Deck {
    const noteLength = this.#lists.follow(this.#front, start.isNext || start.autoplay);
    return this.#factory.create(this.node, start, (type, deck) => {
      if (type === 'durationchange') noteLength(deck);
      this.#receive(type, deck);
    });
  }

  #receive(type: DeckEventType, deck: Deck): void {
    if (deck === this.#behind?.deck) {
      clearTimeout(this.#silence);
      if (type === 'error') this.#behind.giveUp();
      else this.#behind.tick();
      return;
    }
    if (deck !== this.#front) return;
    if (type === 'pause') this.#isStopped = true;
    if (type === 'play' || type === 'playing') this.#isStopped = false;
    this.#behind?.tick();
    // A browser that lets a deck have no sound pauses it: nobody else's business.
    if (type === 'pause' && !this.#media.isPauseAsked && this.#soundWatch.notePause()) return;
    this.#listener(type, deck);
  }

  #isFocused({ node }: Deck): boolean {
    const root = node.getRootNode();
    return root instanceof ShadowRoot && root.activeElement === node;
  }

  async #reveal(front: Deck, behind: Deck): Promise<'made' | 'blocked'> {
    const { volume, muted, playbackRate, isPauseAsked } = this.#media;
    // One that is to play by itself says that it can before it says that it does.
    const paused = this.#media.paused && (this.#isStopped || isPauseAsked);
    // Where it may, the deck in front stays until it is known that the other one may have sound.
    const stays = !muted && !paused && !this.#factory.mustGoFirst;
    if (behind.player.volume !== volume) behind.player.volume = volume;
    if (behind.player.playbackRate !== playbackRate) behind.player.playbackRate = playbackRate;
    this.#bringForward(front, behind);
    if (stays) front.player.muted = true;
    else front.destroy();
    behind.player.muted = muted;
    // The one in front had not come to play yet, or to stop: this one does, in its place.
    if (!paused && behind.player.paused) this.#media.play().catch(() => {});
    if (paused && !behind.player.paused) this.#media.pause();
    if (stays && (await this.#soundWatch.isBlocked(this.#wait))) {
      this.#soundBlocked = true;
      this.#bringForward(behind, front);
      front.player.muted = muted;
      return 'blocked';
    }
    front.destroy();
    return 'made';
  }

  #bringForward(from: Deck, to: Deck): void {
    const hadFocus = this.#isFocused(from);
    to.node.inert = false;
    to.node.classList.remove('behind');
    from.node.classList.add('behind');
    this.#front = to;
    this.#media.show(to);
    this.#factory.shown?.(to);
    if (hadFocus) to.node.focus({ preventScroll: true });
  }
}

/** Where what plays will be when the next deck is loaded, as it may have begun again by then. */
function findMeetingPoint(media: DeckMedia, { loadingSeconds }: PlayerHabits): number {
  const { paused, currentTime, duration, loop, playbackRate } = media;
  const aheadSeconds = paused ? currentTime : currentTime + loadingSeconds * playbackRate;
  if (!(aheadSeconds > duration - LAST_SECONDS)) return aheadSeconds;
  if (!loop) return currentTime;
  const againSeconds = aheadSeconds % duration;
  return againSeconds > duration - LAST_SECONDS ? 0 : againSeconds;
}

/** As long as finding the best moment of a live stream, and taking over then, may last. */
const UNHURRIED_MS = 30_000;

/** What an exchange takes beyond loading. */
const TAKEOVER_MS = 1000;

/** A stream's usual segment, with some time to learn of it. */
const SEGMENT_MS = 5000;

/** A deck behind that has told nothing by then is not going to. */
const LONGEST_SILENCE_MS = 8000;
