import { describe, expect, it } from 'vitest';
import type { DeckEventType } from '../../../../src/engine/exchange/deck.js';
import { ToldState } from '../../../../src/engine/exchange/told-state.js';

const MEDIA = {
  playbackRate: 1,
  volume: 1,
  muted: false,
  duration: 60,
  videoWidth: 640,
  videoHeight: 360,
};

/** Those of the events that a page hears. */
function heard(...types: readonly DeckEventType[]): readonly DeckEventType[] {
  const told = new ToldState(MEDIA);
  return types.filter((type) => told.admits(type, MEDIA));
}

const START = ['loadstart', 'loadedmetadata', 'loadeddata', 'play', 'canplay', 'playing'] as const;

describe('ToldState', () => {
  it('lets a page hear how playback starts', () => {
    expect(heard(...START)).toEqual(START);
  });

  it('hides that another player starts in the place of one that plays', () => {
    expect(heard(...START, ...START)).toEqual(START);
  });

  it.each([
    [
      ['play', 'pause', 'pause'],
      ['play', 'pause'],
    ],
    [['pause'], []],
    [
      ['play', 'playing', 'waiting', 'playing', 'playing'],
      ['play', 'playing', 'waiting', 'playing'],
    ],
    [
      ['seeking', 'seeked', 'seeked'],
      ['seeking', 'seeked'],
    ],
    [['seeked'], []],
    [
      ['play', 'playing', 'seeking', 'seeked', 'playing'],
      ['play', 'playing', 'seeking', 'seeked', 'playing'],
    ],
    [
      ['play', 'playing', 'canplay'],
      ['play', 'playing'],
    ],
    [
      ['playing', 'canplaythrough', 'canplaythrough', 'waiting', 'playing', 'canplaythrough'],
      ['playing', 'canplaythrough', 'waiting', 'playing', 'canplaythrough'],
    ],
    [
      ['play', 'ended', 'pause', 'play'],
      ['play', 'ended', 'play'],
    ],
    [
      ['timeupdate', 'timeupdate', 'progress'],
      ['timeupdate', 'timeupdate', 'progress'],
    ],
  ] as const)('of %j lets a page hear %j', (types, news) => {
    expect(heard(...types)).toEqual(news);
  });

  it.each([
    ['ratechange', { playbackRate: 2 }],
    ['volumechange', { muted: true }],
    ['volumechange', { volume: 0.5 }],
    ['durationchange', { duration: 61 }],
    ['resize', { videoWidth: 1280 }],
  ] as const)('lets a page hear %s only of another value: %j', (type, change) => {
    const told = new ToldState(MEDIA);
    told.admits(type, MEDIA);
    const changed = { ...MEDIA, ...change };
    expect([MEDIA, changed, changed, MEDIA].map((media) => told.admits(type, media))).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });
});
