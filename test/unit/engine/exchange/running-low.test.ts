import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isRunningLow, isStarving } from '../../../../src/engine/exchange/running-low.js';
import { FakeDeck } from '../../../support/fake-deck.js';

const HOUR_MS = 3_600_000;

let deck: FakeDeck;

beforeEach(() => {
  vi.useFakeTimers();
  deck = new FakeDeck(100);
  deck.readyState = 4;
  return () => vi.useRealTimers();
});

describe('isRunningLow', () => {
  it('is so where less is loaded than another deck takes to load', () => {
    deck.loaded = [90, 105];
    expect(isRunningLow(deck, HOUR_MS, false, 1.5)).toBe(true);
    deck.loaded = [90, 107];
    expect(isRunningLow(deck, HOUR_MS, false, 1.5)).toBe(false);
  });

  it('is sooner so where the last one took longer to load than that', () => {
    deck.loaded = [90, 108];
    expect(isRunningLow(deck, HOUR_MS, false, 9)).toBe(true);
    deck.loaded = [90, 110];
    expect(isRunningLow(deck, HOUR_MS, false, 9)).toBe(false);
    // More than that many a player never has.
    expect(isRunningLow(deck, HOUR_MS, false, 15)).toBe(false);
  });

  it('is sooner so for who watches faster', () => {
    deck.loaded = [90, 109];
    deck.playbackRate = 2;
    expect(isRunningLow(deck, HOUR_MS, false, 1.5)).toBe(true);
  });

  it('is not so where the token is about to end', () => {
    deck.loaded = [90, 101];
    expect(isRunningLow(deck, 15_000, false, 1.5)).toBe(false);
  });

  it('is not so near the edge of a live stream', () => {
    deck.loaded = [90, 103];
    expect(isRunningLow(deck, HOUR_MS, true, 1.5)).toBe(false);
  });

  it('is not so where nothing is told', () => {
    expect(isRunningLow(deck, HOUR_MS, false, 1.5)).toBe(false);
    deck.loaded = [0, 50];
    expect(isRunningLow(deck, HOUR_MS, false, 1.5)).toBe(false);
  });

  it.each([true, false])('is so where there is nothing to play at all, live: %s', (mayBeLive) => {
    deck.readyState = 1;
    expect(isRunningLow(deck, 4000, mayBeLive, 1.5)).toBe(true);
    expect(isRunningLow(deck, 3000, mayBeLive, 1.5)).toBe(false);
  });
});

describe('isStarving', () => {
  beforeEach(() => {
    deck.paused = false;
    deck.loaded = [90, 102];
  });

  it('is so where less is left than playing on takes', () => {
    expect(isStarving(deck, HOUR_MS, false)).toBe(true);
    deck.loaded = [90, 104];
    expect(isStarving(deck, HOUR_MS, false)).toBe(false);
  });

  it('is so where there is nothing left at all', () => {
    deck.loaded = [90, 100];
    deck.readyState = 2;
    expect(isStarving(deck, HOUR_MS, false)).toBe(true);
  });

  it('is not so for who waits for nothing', () => {
    deck.paused = true;
    expect(isStarving(deck, HOUR_MS, false)).toBe(false);
  });

  it('is not so where the token is about to end, near a live edge, or where nothing is told', () => {
    expect(isStarving(deck, 15_000, false)).toBe(false);
    expect(isStarving(deck, HOUR_MS, true)).toBe(false);
    deck.loaded = undefined;
    expect(isStarving(deck, HOUR_MS, false)).toBe(false);
  });
});
