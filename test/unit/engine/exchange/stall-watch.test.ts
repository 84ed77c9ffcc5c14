import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StallWatch } from '../../../../src/engine/exchange/stall-watch.js';
import { FakeDeck } from '../../../support/fake-deck.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('StallWatch', () => {
  async function playing(): Promise<{ deck: FakeDeck; stall: StallWatch }> {
    const deck = new FakeDeck(10);
    await deck.play();
    await vi.advanceTimersByTimeAsync(50);
    return { deck, stall: new StallWatch() };
  }

  it('tells nothing of a player that plays, nor of one that is paused', async () => {
    const { deck, stall } = await playing();
    expect(stall.look(deck)).toBe(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(stall.look(deck)).toBe(0);
    deck.pause();
    await vi.advanceTimersByTimeAsync(1000);
    expect(stall.look(deck)).toBe(0);
  });

  it('tells for how long one has had nothing to play, until it goes on', async () => {
    const { deck, stall } = await playing();
    stall.look(deck);
    deck.stall();
    await vi.advanceTimersByTimeAsync(700);
    expect(stall.look(deck)).toBe(700);
    deck.seek(12);
    await vi.advanceTimersByTimeAsync(100);
    expect(stall.look(deck)).toBe(0);
  });

  it('tells of one that stands still with something to play, too', async () => {
    const { deck, stall } = await playing();
    stall.look(deck);
    deck.stall();
    deck.readyState = 4;
    stall.look(deck);
    await vi.advanceTimersByTimeAsync(400);
    expect(stall.look(deck)).toBe(400);
  });
});
