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

    it('also where its segments are short', () => {
      tellDuration(24);
      tellDuration(26);
      expect(media.isLive).toBe(true);
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

  describe('play()', () => {
    it('is interrupted by a pause, as that of a video is', async () => {
      media = new DeckMedia(INITIAL, () => new Promise(() => {}));
      const playing = media.play();
      expect(media.paused).toBe(false);
      media.pause();
      await expect(playing).rejects.toHaveProperty('name', 'AbortError');
      expect(media.paused).toBe(true);
    });

    it('plays although it was stopped just before, and told so only then', async () => {
      media.receive('playing');
      deck.paused = false;
      const answer = vi.spyOn(deck, 'pause').mockImplementation(() => {});
      media.pause();
      expect(answer).toHaveBeenCalledOnce();
      expect(media.paused).toBe(true);
      const playing = media.play();
      media.receive('pause');
      expect(media.isPlayPending).toBe(true);
      media.receive('playing');
      await playing;
      expect(media.paused).toBe(false);
    });

    it('is over where what was brought back plays already', async () => {
      media.receive('playing');
      media = new DeckMedia(INITIAL, () => new Promise(() => {}));
      media.show(deck);
      const playing = media.play();
      deck.readyState = 4;
      deck.paused = false;
      media.unmask();
      await playing;
      expect(media.isPlayPending).toBe(false);
    });

    it('stays what is wanted where a player dies of it, before that is known', async () => {
      const death = new DOMException('', 'NotSupportedError');
      media = new DeckMedia(INITIAL, () => Promise.reject(death));
      media.show(deck);
      media.unmask();
      await expect(media.play()).rejects.toBe(death);
      expect(media.mask().paused).toBe(false);
    });

    it('leaves what may not play paused, also before there is anything to play', async () => {
      const refusal = new DOMException('', 'NotAllowedError');
      media = new DeckMedia(INITIAL, () => Promise.reject(refusal));
      media.show(deck);
      media.unmask();
      await expect(media.play()).rejects.toBe(refusal);
      expect(media.paused).toBe(true);
      expect(media.isPlayPending).toBe(false);
    });
  });

  it('is paused as soon as it was told to, for whoever takes its place, too', async () => {
    media.receive('playing');
    deck.paused = false;
    vi.spyOn(deck, 'pause').mockImplementation(() => {});
    let heard = 0;
    media.addEventListener('pause', () => (heard += 1));
    media.receive('play');
    media.pause();
    expect(media.mask().paused).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toBe(1);
  });

  describe('after another player has been shown', () => {
    let next: FakeDeck;
    let heard: string[];

    beforeEach(() => {
      tellDuration(24);
      media.receive('playing');
      next = new FakeDeck(12);
      next.muted = false;
      media.show(next);
      heard = [];
      for (const type of ['volumechange', 'ratechange'])
        media.addEventListener(type, () => heard.push(type));
    });

    it('does not tell of the speed at which it was brought to its place', async () => {
      next.playbackRate = 1.2;
      media.receive('ratechange');
      next.playbackRate = 1;
      media.receive('ratechange');
      await vi.advanceTimersByTimeAsync(2000);
      media.receive('timeupdate');
      await vi.advanceTimersByTimeAsync(0);
      expect(heard).toEqual([]);
    });

    it('tells of what the viewer has changed meanwhile when that is sure', async () => {
      next.volume = 0.3;
      media.receive('volumechange');
      media.receive('timeupdate');
      await vi.advanceTimersByTimeAsync(2000);
      expect(heard).toEqual([]);
      media.receive('timeupdate');
      media.receive('timeupdate');
      await vi.advanceTimersByTimeAsync(0);
      expect(heard).toEqual(['volumechange']);
    });
  });
});
