import type { Deck } from './deck.js';
import { LiveClocks } from './live-clocks.js';
import { listLoaded } from './loaded-ranges.js';
import type { PlayerHabits } from './player-habits.js';
import type { DeckReading, TakeoverStep } from './takeover-plan.js';
import { LOADED_SEEK_SECONDS, planTakeover, STALL_MS } from './takeover-plan.js';

export interface TakeoverOptions {
  /** A live stream: each deck counts time from where it began. */
  readonly live: boolean;
  /** Whether the token in front lasts until the clocks of a live stream are compared. */
  readonly hasTime: boolean;
  /** How long the next token lasts. */
  readonly lifeMs: number;
  readonly habits: PlayerHabits;
}

/**
 * Brings the deck behind to where the one in front is, and resolves when it may be shown.
 *
 * @returns false where there is nothing to take over (any more)
 */
export function runTakeover(
  front: Deck,
  behind: Deck,
  { live, hasTime, lifeMs, habits }: TakeoverOptions,
  signal: AbortSignal,
): { readonly done: Promise<boolean>; readonly tick: () => void } {
  const beganAtMs = performance.now();
  const playbackRate = front.player.playbackRate || 1;
  let started = false;
  let startedAtMs = 0;
  let firstStartAtMs: number | undefined;
  let movedAtMs: number | undefined;
  let measured = false;
  let gapAtStartSeconds = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let factor = 1;
  let seeking = false;
  let stopping = false;
  let seekLatencySeconds = LOADED_SEEK_SECONDS;
  let hasLoaded = false;
  let goesOnAtMs = beganAtMs;
  let stoodAtSeconds = -1;
  let settle: (shown: boolean) => void = () => {};
  const done = new Promise<boolean>((resolve) => (settle = resolve));

  const act = (step: TakeoverStep): void => {
    if (step.kind === 'wait' && step.ms !== undefined && step.ms < TICK_MS) {
      clearTimeout(soon);
      soon = setTimeout(tick, step.ms);
    }
    if (step.kind === 'reveal' || step.kind === 'rate' || step.kind === 'restart') measure();
    if (step.kind === 'reveal' || step.kind === 'abandon') finish(step.kind === 'reveal');
    if (step.kind === 'seek') {
      seeking = true;
      behind.seek(step.toSeconds);
      // Until the seek is done, the position is only a wish.
      waitForSeek();
    }
    if (step.kind === 'play') {
      if (!started) {
        expectMotion();
        measured = false;
        gapAtStartSeconds = gap();
        firstStartAtMs ??= startedAtMs;
      }
      started = true;
      behind.player.play().catch(() => {
        // Whoever stops it again is not refused anything.
        if (started) finish(false);
      });
    }
    if (step.kind === 'pause' || step.kind === 'restart') {
      started = false;
      stopping = true;
      behind.player.pause();
    }
    if (step.kind === 'rate') {
      factor = step.factor;
      behind.player.playbackRate = playbackRate * factor;
    }
  };
  // Only a live stream has an edge, and asking for one too early harms some players.
  const clocks = live ? new LiveClocks(hasTime) : undefined;
  /** What the clock behind is ahead of the one in front; `undefined` where nothing tells. */
  const findOffset = (): number | undefined => (clocks === undefined ? 0 : clocks.offsetSeconds);
  const gap = (): number => front.currentTime + (findOffset() ?? 0) - behind.currentTime;
  const expectMotion = (): void => {
    movedAtMs = undefined;
    startedAtMs = performance.now();
  };
  const onPlaying = (): void => {
    movedAtMs ??= performance.now();
  };
  /** How long it really took to start is what the next start counts with. */
  const measure = (): void => {
    if (measured || live || !started) return;
    measured = true;
    habits.noteStart((gap() - gapAtStartSeconds) / playbackRate);
  };
  const waitForSeek = (): void => {
    const beganAtSeekMs = performance.now();
    let hasBegun = false;
    const begin = (): void => {
      hasBegun = true;
    };
    const seeked = (): void => {
      // A player in a frame goes to its start by itself, and may say so after it was told to seek.
      if (!hasBegun) return;
      seeking = false;
      const tookSeconds = (performance.now() - beganAtSeekMs) / 1000;
      seekLatencySeconds = Math.max(seekLatencySeconds, tookSeconds + SEEK_MARGIN_SECONDS);
      expectMotion();
      // Where a seek ends says nothing of how long a start takes.
      measured = started;
      behind.player.removeEventListener('seeking', begin);
      behind.player.removeEventListener('seeked', seeked);
      if (started && !front.player.paused) started = !behind.player.paused;
    };
    behind.player.addEventListener('seeking', begin);
    behind.player.addEventListener('seeked', seeked);
  };
  /** How long loading takes is what a seek counts with, and the next deck. */
  const noteLoading = (elapsedMs: number): void => {
    if (hasLoaded || behind.readyState < 2) return;
    hasLoaded = true;
    seekLatencySeconds = Math.max(seekLatencySeconds, (elapsedMs / 1000) * SEEK_SHARE);
    habits.noteLoading(elapsedMs / 1000);
  };
  const tick = (): void => {
    const elapsedMs = performance.now() - beganAtMs;
    if (signal.aborted || elapsedMs > LONGEST_TAKEOVER_MS) {
      finish(false);
      return;
    }
    noteLoading(elapsedMs);
    // A frame stops some time after it is told to.
    if (behind.player.paused || started) stopping = false;
    // What stops for its network once it moves says nothing of how long a start takes.
    if (started && movedAtMs !== undefined && behind.readyState < 3) measured = true;
    // A player may also stand still with something to play.
    const { currentTime } = front;
    if (front.player.paused || (front.readyState >= 3 && currentTime !== stoodAtSeconds)) {
      goesOnAtMs = performance.now();
    }
    stoodAtSeconds = currentTime;
    const isCompared = clocks === undefined || clocks.look(front, behind, elapsedMs);
    const stalledForMs = performance.now() - goesOnAtMs;
    // What starts before it is known where would have to be stopped again; but somebody waits now.
    if (isCompared && findOffset() === undefined && stalledForMs <= STALL_MS) return;
    const isEdgeUnknown = !isCompared || findOffset() === undefined;
    if (movedAtMs === undefined && performance.now() - startedAtMs > LONGEST_START_MS) onPlaying();
    act(
      planTakeover({
        front: read(front, findOffset() ?? 0, false),
        behind: read(behind, 0, seeking || stopping),
        endSeconds: !live && front.player.duration > 0 ? front.player.duration : Infinity,
        playbackRate,
        started,
        movingForMs: movedAtMs === undefined ? undefined : performance.now() - movedAtMs,
        shiftsSpeed: habits.shiftsSpeed,
        factor,
        startLatencySeconds: habits.startLatencySeconds,
        seekLatencySeconds,
        stalledForMs,
        stockingMs: Math.min(LONGEST_STOCKING_MS, lifeMs * STOCKING_SHARE),
        playingForMs: firstStartAtMs === undefined ? 0 : performance.now() - firstStartAtMs,
        isEdgeUnknown,
      }),
    );
  };
  const timer = setInterval(tick, TICK_MS);
  const finish = (shown: boolean): void => {
    clearInterval(timer);
    clearTimeout(soon);
    signal.removeEventListener('abort', tick);
    behind.player.removeEventListener('playing', onPlaying);
    // Also where it was asked for before: a player that was not ready then may have missed it.
    if (shown) behind.player.playbackRate = playbackRate;
    settle(shown);
  };
  signal.addEventListener('abort', tick, { once: true });
  behind.player.addEventListener('playing', onPlaying);
  return { done, tick };
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
/** A player that was told to play, and has said nothing since, is taken to move by then. */
const LONGEST_START_MS = 1000;
/** Beyond the longest that a deck is loaded ahead, and a seek. */
const LONGEST_TAKEOVER_MS = 45_000;
