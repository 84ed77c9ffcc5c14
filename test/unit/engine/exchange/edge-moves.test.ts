import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { edgeMoves } from '../../../../src/engine/exchange/edge-moves.js';
import { FakeDeck } from '../../../support/fake-deck.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('edgeMoves', () => {
  /** Begins to wait; tells after how long that is over. */
  async function begin(
    edgeSeconds: number | undefined,
    signal = new AbortController().signal,
    tokenMs = Infinity,
    momentMs?: number,
  ): Promise<{ deck: FakeDeck; afterMs: () => number | undefined }> {
    const deck = new FakeDeck(100);
    deck.edgeAtSeconds = edgeSeconds;
    const beganAtMs = performance.now();
    let afterMs: number | undefined;
    void edgeMoves(deck, tokenMs, momentMs, signal).then(
      () => (afterMs = performance.now() - beganAtMs),
    );
    await vi.advanceTimersByTimeAsync(0);
    return { deck, afterMs: () => afterMs };
  }

  it('waits for the next segment, and takes no longer buffer for one', async () => {
    const { deck, afterMs } = await begin(120);
    await vi.advanceTimersByTimeAsync(1000);
    deck.edgeAtSeconds = 120.02;
    await vi.advanceTimersByTimeAsync(1000);
    expect(afterMs()).toBe(undefined);
    deck.edgeAtSeconds = 124;
    await vi.advanceTimersByTimeAsync(50);
    expect(afterMs()).toBe(2050);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not wait where there is no edge, nor for ever where it does not move', async () => {
    expect((await begin(undefined)).afterMs()).toBe(0);
    const { afterMs } = await begin(120);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(afterMs()).toBeLessThan(10_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not wait for longer than the token lasts', async () => {
    const { signal } = new AbortController();
    const over = await begin(120, signal, 0);
    expect(over.afterMs()).toBe(0);
    // Asking for it harms some players.
    expect(over.deck.edgeQuestions).toBe(0);
    const { afterMs } = await begin(120, signal, 3000);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(afterMs()).toBe(3000);
  });

  it('waits for a better moment where one is known, whether the edge moves or not', async () => {
    const { signal } = new AbortController();
    const { deck, afterMs } = await begin(120, signal, Infinity, 3210);
    await vi.advanceTimersByTimeAsync(1000);
    deck.edgeAtSeconds = 124;
    await vi.advanceTimersByTimeAsync(5000);
    expect(afterMs()).toBe(3210);
    expect(vi.getTimerCount()).toBe(0);
    const short = await begin(120, signal, 2000, 3210);
    await vi.advanceTimersByTimeAsync(5000);
    expect(short.afterMs()).toBe(2000);
  });

  it('does not wait with a player that has nothing to play', async () => {
    const { deck, afterMs } = await begin(120);
    await deck.play();
    deck.readyState = 4;
    await vi.advanceTimersByTimeAsync(2000);
    expect(afterMs()).toBe(undefined);
    deck.stall();
    await vi.advanceTimersByTimeAsync(100);
    expect(afterMs()).toBeLessThan(2200);
  });

  it('ends with its signal, also where that has been given before', async () => {
    const end = new AbortController();
    const { afterMs } = await begin(120, end.signal);
    end.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(afterMs()).toBe(0);
    expect((await begin(120, end.signal)).afterMs()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
