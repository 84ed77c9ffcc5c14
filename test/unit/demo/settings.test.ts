import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, formatSettings, parseSettings } from '../../../demo/page/settings.js';

describe('parseSettings', () => {
  it.each([
    ['', DEFAULT_SETTINGS],
    ['?player=hls', { ...DEFAULT_SETTINGS, player: 'hls' }],
    ['?lifetime=3600', { ...DEFAULT_SETTINGS, lifetimeSeconds: 3600 }],
    ['?auth=own-signature&live', { ...DEFAULT_SETTINGS, auth: 'own-signature', live: true }],
    ['?live=true', { ...DEFAULT_SETTINGS, live: true }],
    ['?live=false', DEFAULT_SETTINGS],
    ['?exp=string', { ...DEFAULT_SETTINGS, stringTimes: true }],
  ])('reads %j', (query, settings) => {
    expect(parseSettings(query)).toEqual(settings);
  });

  it.each(['?player=vlc', '?lifetime=7', '?lifetime=', '?auth=none', '?exp=number'])(
    'takes the default where it does not understand, as in %s',
    (query) => {
      expect(parseSettings(query)).toEqual(DEFAULT_SETTINGS);
    },
  );
});

describe('formatSettings', () => {
  it('leaves an address clean where nothing is chosen', () => {
    expect(formatSettings(DEFAULT_SETTINGS)).toBe('');
  });

  it.each([
    '?player=iframe',
    '?player=hls&lifetime=5&auth=token-bound-names&live&exp=string',
    '?lifetime=60&auth=own-signature',
  ])('writes what parseSettings reads: %s', (query) => {
    expect(formatSettings(parseSettings(query))).toBe(query);
  });
});
