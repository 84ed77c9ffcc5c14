import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeckMedia } from '../../../../src/engine/exchange/deck-media.js';
import type { DeckEventType, DeckFactory } from '../../../../src/engine/exchange/deck.js';
import { PlayerHabits } from '../../../../src/engine/exchange/player-habits.js';
import { Stage } from '../../../../src/engine/exchange/stage.js';
import { FakeDeck } from '../../../support/fake-deck.js';

const EVENTS = ['canplay', 'play', 'playing', 'pause', 'seeking', 'seeked'] as const;
const START = { token: 'next', atSeconds: 4, isNext: false, autoplay: true, muted: true };
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
});
