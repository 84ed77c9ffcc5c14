import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeckMedia } from '../../../../src/engine/exchange/deck-media.js';
import { FakeDeck } from '../../../support/fake-deck.js';

const INITIAL = { startSeconds: 0, muted: false, loop: false };

describe('DeckMedia', () => {
  let media: DeckMedia;
  let deck: FakeDeck;

  const tellDuration = (seconds: number): void => {
    deck.duration = seconds;
    media.receive('durationchange');
  };

  beforeEach(() => {
    vi.useFakeTimers();
    media = new DeckMedia(INITIAL, () => Promise.resolve());
    deck = new FakeDeck(12);
    deck.duration = NaN;
    media.show(deck);
    media.unmask();
  });

  afterEach(() => vi.useRealTimers());

  describe('takes what plays for a live stream', () => {
    it('while no length is known', () => {
      vi.advanceTimersByTime(60_000);
      expect(media.mayBeLive).toBe(true);
    });

    it('while its window has had no time to move on', () => {
      tellDuration(24);
      vi.advanceTimersByTime(14_000);
      tellDuration(24.01);
      expect(media.mayBeLive).toBe(true);
      expect(media.isLive).toBe(false);
    });

    it('no longer when its length has stayed the same', () => {
      tellDuration(24);
      vi.advanceTimersByTime(16_000);
      expect(media.mayBeLive).toBe(false);
      expect(media.duration).toBe(24);
    });

    it('for good when its window has moved on, by any player', () => {
      tellDuration(24);
      tellDuration(28);
      vi.advanceTimersByTime(60_000);
      media.show(new FakeDeck(0));
      vi.advanceTimersByTime(60_000);
      expect(media.mayBeLive).toBe(true);
      expect(media.isLive).toBe(true);
      expect(media.duration).toBe(Infinity);
    });

    it('anew when another player is shown, that knew its length before', () => {
      tellDuration(24);
      vi.advanceTimersByTime(16_000);
      deck = new FakeDeck(12);
      deck.duration = 24;
      media.show(deck);
      expect(media.mayBeLive).toBe(true);
      tellDuration(28);
      expect(media.isLive).toBe(true);
    });
  });
});
