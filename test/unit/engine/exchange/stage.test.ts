import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlayerSettings } from '../../../../src/engine/engine.js';
import { DeckMedia } from '../../../../src/engine/exchange/deck-media.js';
import type {
  DeckEventType,
  DeckFactory,
  DeckStart,
} from '../../../../src/engine/exchange/deck.js';
import { PlayerHabits } from '../../../../src/engine/exchange/player-habits.js';
import { Stage, type TakeoverOutcome } from '../../../../src/engine/exchange/stage.js';
import { FakeDeck } from '../../../support/fake-deck.js';

const EVENTS = [
  'canplay',
  'durationchange',
  'play',
  'playing',
  'pause',
  'seeking',
  'seeked',
] as const;
const START = {
  token: 'next',
  atSeconds: 4,
  isNext: false,
  isResumed: false,
  autoplay: true,
  muted: true,
};
const NEXT = { token: 'next', restMs: 20_000, lifeMs: 20_000 };

/** Takes its place in a page that is not there. */
class StagedDeck extends FakeDeck {
  override readonly node = {
    classList: { add() {}, remove() {} },
    getRootNode: () => ({}),
    focus() {},
  } as unknown as HTMLElement;
}

describe('Stage', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('ShadowRoot', EventTarget);
    vi.stubGlobal('document', { createElement: () => ({}) });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  /** A viewer was watching; in place of the player that died another one loads, to play by itself. */
  function revived(): { media: DeckMedia; stage: Stage; front: StagedDeck; behind: StagedDeck } {
    const front = new StagedDeck(4, { loadMs: 1000 });
    const behind = new StagedDeck(4, { loadMs: 1100 });
    const decks = [front, behind];
    const initial = { startSeconds: 0, muted: true, loop: false };
    const media = new DeckMedia(initial, () => stage.front?.player.play() ?? Promise.resolve());
    const factory = {
      habits: new PlayerHabits(true),
      tellsLive: true,
      mustGoFirst: true,
      isPinned: () => false,
      create: (_parent, _start, listener) => {
        const deck = decks.shift();
        if (deck === undefined) throw new Error('no more players were expected');
        for (const type of EVENTS) deck.addEventListener(type, () => listener(type, deck));
        return deck;
      },
    } as Partial<DeckFactory> as DeckFactory;
    const hear = (type: DeckEventType): void => media.receive(type);
    const stage = new Stage(media, factory, hear, () => Promise.resolve());
    const watched = new FakeDeck(4);
    media.show(watched);
    media.unmask();
    void watched.play();
    media.receive('playing');
    media.mask();
    media.show(stage.replace(START));
    media.unmask();
    return { media, stage, front, behind };
  }

  it('goes on playing where the one in front can play, and has not said yet that it does', async () => {
    const { media, stage, front, behind } = revived();
    const outcome = stage.takeOver(front, NEXT, new AbortController().signal);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await outcome).toBe('made');
    expect(stage.front).toBe(behind);
    expect([behind.paused, media.paused]).toEqual([false, false]);
  });

  it('stands still where the viewer has stopped the one in front', async () => {
    const { media, stage, front, behind } = revived();
    const outcome = stage.takeOver(front, NEXT, new AbortController().signal);
    await vi.advanceTimersByTimeAsync(1050);
    front.dispatchEvent(new Event('pause'));
    await vi.advanceTimersByTimeAsync(2000);
    expect(await outcome).toBe('made');
    expect([behind.paused, media.paused]).toEqual([true, true]);
  });

  it('stands still where the page has asked for it', async () => {
    const { media, stage, front, behind } = revived();
    const outcome = stage.takeOver(front, NEXT, new AbortController().signal);
    media.pause();
    await vi.advanceTimersByTimeAsync(2000);
    expect(await outcome).toBe('made');
    expect([behind.paused, media.paused]).toEqual([true, true]);
  });

  it('stands still where the page asks for it before the one in front has stopped', async () => {
    const { media, stage, front, behind } = revived();
    // A frame stops some time after it was told to.
    vi.spyOn(front, 'pause').mockImplementation(() => {});
    void front.play();
    const outcome = stage.takeOver(front, NEXT, new AbortController().signal);
    for (let ms = 0; ms < 3000 && !behind.moves; ms++) await vi.advanceTimersByTimeAsync(1);
    expect([behind.moves, front.moves, stage.behind]).toEqual([true, true, behind]);
    media.pause();
    await vi.advanceTimersByTimeAsync(3000);
    expect(await outcome).toBe('made');
    expect([behind.paused, media.paused]).toEqual([true, true]);
  });

  it('tells one that has not come yet what it is to be, whatever it says that it is', async () => {
    const { stage, front, behind } = revived();
    const end = new AbortController();
    const outcome = stage.takeOver(front, NEXT, end.signal);
    await vi.advanceTimersByTimeAsync(10);
    const told: boolean[] = [];
    Object.defineProperty(behind, 'controls', {
      get: () => true,
      set: (controls: boolean) => {
        told.push(controls);
      },
    });
    stage.update({ controls: true, loop: false, title: '' } as PlayerSettings);
    expect(told).toEqual([true]);
    end.abort();
    await outcome;
  });

  /** A viewer watches a live stream, of which a player tells what there is 300 ms after it was made. */
  async function live(start: Partial<DeckStart> = {}): Promise<{
    stage: Stage;
    front: StagedDeck;
    made: number[];
    learn: (deck: StagedDeck, durationSeconds: number) => void;
  }> {
    const made: number[] = [];
    const initial = { startSeconds: 0, muted: true, loop: false };
    const media = new DeckMedia(initial, () => Promise.resolve());
    const decks: StagedDeck[] = [];
    const factory = {
      habits: new PlayerHabits(true),
      tellsLive: false,
      mustGoFirst: true,
      isPinned: () => false,
      create: (_parent, _start, listener) => {
        const deck = new StagedDeck(4, { loadMs: 1000 });
        deck.duration = NaN;
        for (const type of EVENTS) deck.addEventListener(type, () => listener(type, deck));
        made.push(performance.now());
        decks.push(deck);
        return deck;
      },
    } as Partial<DeckFactory> as DeckFactory;
    const hear = (type: DeckEventType): void => media.receive(type);
    const stage = new Stage(media, factory, hear, () => Promise.resolve());
    const learn = (deck: StagedDeck, durationSeconds: number): void => {
      deck.duration = deck.edgeAtSeconds = durationSeconds;
      deck.dispatchEvent(new Event('durationchange'));
    };
    media.show(stage.replace({ ...START, ...start }));
    media.unmask();
    const [front] = decks;
    if (front === undefined) throw new Error('there is no player');
    await vi.advanceTimersByTimeAsync(300);
    learn(front, 24);
    await vi.advanceTimersByTimeAsync(4000);
    learn(front, 28);
    return { stage, front, made, learn };
  }

  it.each([
    ['fetches its list together with the one in front', {}, 8300 - 300],
    ['is made as that does where it is not known how long it takes', { autoplay: false }, 8300],
  ])('has a live stream taken over by one that %s', async (_, start, madeAtMs) => {
    const beganAtMs = performance.now();
    const { stage, front, made } = await live(start);
    const end = new AbortController();
    const outcome = stage.takeOver(front, { ...NEXT, restMs: 60_000 }, end.signal);
    await vi.advanceTimersByTimeAsync(4500);
    end.abort();
    await outcome;
    expect(made.map((atMs) => atMs - beganAtMs)).toEqual([0, madeAtMs]);
  });

  it('gives up one that has fetched its list at another time, and takes the next one as it is', async () => {
    const beganAtMs = performance.now();
    const { stage, front, made, learn } = await live({ autoplay: false });
    const attempt = async (fetchMs: number): Promise<TakeoverOutcome | 'goes on'> => {
      const end = new AbortController();
      const outcome = stage.takeOver(front, { ...NEXT, restMs: 60_000 }, end.signal);
      const count = made.length;
      while (made.length === count) await vi.advanceTimersByTimeAsync(10);
      await vi.advanceTimersByTimeAsync(fetchMs);
      if (stage.behind instanceof StagedDeck) learn(stage.behind, 24);
      const result = await Promise.race([outcome, vi.advanceTimersByTimeAsync(60)]);
      end.abort();
      return typeof result === 'string' ? result : 'goes on';
    };
    expect(await attempt(500)).toBe('missed');
    expect(await attempt(900)).toBe('goes on');
    expect(await attempt(900)).toBe('goes on');
    expect(await attempt(500)).toBe('missed');
    const madeAtMs = made.map((atMs) => atMs - beganAtMs);
    // As it is not known at first how long that takes; then as long as it took the one before.
    expect(madeAtMs).toEqual([0, 8300, 12_300 - 500, 16_300 - 900, 20_300 - 900]);
  });
});
