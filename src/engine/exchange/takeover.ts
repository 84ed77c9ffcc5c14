import type { Deck } from './deck.js';
import { LiveClocks } from './live-clocks.js';
import type { PlayerHabits } from './player-habits.js';
import type { DeckReading, TakeoverStep } from './takeover-plan.js';
import { planTakeover } from './takeover-plan.js';

export interface TakeoverOptions {
  /** A live stream: each deck counts time from where it began. */
  readonly live: boolean;
  /** Whether the token in front lasts until the clocks of a live stream are compared. */
  readonly hasTime: boolean;
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
  { live, hasTime, habits }: TakeoverOptions,
  signal: AbortSignal,
): { readonly done: Promise<boolean>; readonly tick: () => void } {
  const beganAtMs = performance.now();
  const playbackRate = front.player.playbackRate || 1;
  let started = false;
  let startedAtMs = 0;
  let movedAtMs: number | undefined;
  let measured = false;
  let gapAtStartSeconds = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let factor = 1;
  let seeking = false;
  let seekLatencySeconds = SEEK_LATENCY_SECONDS;
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
      }
      started = true;
      behind.player.play().catch(() => finish(false));
    }
    if (step.kind === 'pause' || step.kind === 'restart') {
      started = false;
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
    const seeked = (): void => {
      seeking = false;
      const tookSeconds = (performance.now() - beganAtSeekMs) / 1000;
      seekLatencySeconds = Math.max(SEEK_LATENCY_SECONDS, tookSeconds + SEEK_MARGIN_SECONDS);
      expectMotion();
      // Where a seek ends says nothing of how long a start takes.
      measured = started;
      behind.player.removeEventListener('seeked', seeked);
      if (started && !front.player.paused) started = !behind.player.paused;
    };
    behind.player.addEventListener('seeked', seeked);
  };
  const tick = (): void => {
    const elapsedMs = performance.now() - beganAtMs;
    if (signal.aborted || elapsedMs > LONGEST_TAKEOVER_MS) {
      finish(false);
      return;
    }
    const isEdgeUnknown = clocks !== undefined && !clocks.look(front, behind, elapsedMs);
    // What starts before it is known where would have to be stopped again.
    if (!isEdgeUnknown && findOffset() === undefined) return;
    if (movedAtMs === undefined && performance.now() - startedAtMs > LONGEST_START_MS) onPlaying();
    act(
      planTakeover({
        front: read(front, findOffset() ?? 0, false),
        behind: read(behind, 0, seeking),
        endSeconds: !live && front.player.duration > 0 ? front.player.duration : Infinity,
        playbackRate,
        started,
        movingForMs: movedAtMs === undefined ? undefined : performance.now() - movedAtMs,
        shiftsSpeed: habits.shiftsSpeed,
        factor,
        startLatencySeconds: habits.startLatencySeconds,
        seekLatencySeconds,
        elapsedMs,
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
  return { timeSeconds: currentTime + offsetSeconds, paused, ended, readyState, seeking };
}

const TICK_MS = 50;
/** What a seek is given at first, and beyond what the last one took. */
const SEEK_LATENCY_SECONDS = 0.8;
const SEEK_MARGIN_SECONDS = 0.4;

/** A player that was told to play, and has said nothing since, is taken to move by then. */
const LONGEST_START_MS = 1000;
const LONGEST_TAKEOVER_MS = 20_000;
