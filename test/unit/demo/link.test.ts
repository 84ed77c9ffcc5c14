import { describe, expect, it } from 'vitest';
import { findUnavailable } from '../../../demo/page/link/find-unavailable.js';
import { formatLink, parseLink } from '../../../demo/page/link/link.js';
import { DEFAULT_SETTINGS } from '../../../demo/page/settings.js';
import { createAccountConfig, createIncompleteConfig } from '../../../demo/server/create-config.js';
import { NO_FAULTS } from '../../../demo/shared/faults.js';

describe('parseLink', () => {
  it.each([
    ['', {}],
    ['?player=hls', { player: 'hls' }],
    ['?lifetime=3600', { lifetimeSeconds: 3600 }],
    ['?lifetime=7', { lifetimeSeconds: 7 }],
    ['?auth=own-signature&live', { auth: 'own-signature', live: true }],
    ['?live=true', { live: true }],
    ['?live=false', {}],
    ['?exp=string', { stringTimes: true }],
    ['?beside', { beside: true }],
  ])('reads what is played of %j', (query, settings) => {
    expect(parseLink(query)).toEqual({
      settings: { ...DEFAULT_SETTINGS, ...settings },
      faults: undefined,
      deeds: [],
      problems: [],
    });
  });

  it.each([
    ['?endpoint=status-500', { endpoint: 'status-500' }],
    ['?access=revoked', { access: 'revoked' }],
    ['?delivery=slow&link=500', { delivery: 'slow', linkKbps: 500 }],
    ['?viewer-clock=-86400', { clockSkewSeconds: 86_400 }],
    ['?viewer-clock=+60', { clockSkewSeconds: -60 }],
    ['?server-clock=30', { endpointClockSeconds: 30 }],
    ['?endpoint=normal', {}],
  ])('reads what is broken of %j', (query, faults) => {
    const link = parseLink(query);
    expect(link.faults).toEqual({ ...NO_FAULTS, ...faults });
    expect(link.problems).toEqual([]);
  });

  it('reads what is to be done, and when', () => {
    const { deeds, faults, problems } = parseLink('?do=revoke-key@10,hide@2.5,endpoint:normal@20');
    expect(problems).toEqual([]);
    // What was broken before would make it another story.
    expect(faults).toEqual(NO_FAULTS);
    expect(deeds).toEqual([
      { deed: { name: 'revoke-key' }, atSeconds: 10 },
      { deed: { name: 'hide' }, atSeconds: 2.5 },
      { deed: { name: 'endpoint', text: '' }, atSeconds: 20 },
    ]);
  });

  it.each([
    '?player=vlc',
    '?lifetime=1',
    '?lifetime=',
    '?lifetime=90000',
    '?auth=none',
    '?exp=always',
    '?live=perhaps',
    '?endpoint=500',
    '?access=none',
    '?delivery=fast',
    '?link=0',
    '?link=fast',
    '?viewer-clock=1e9',
    '?server-clock=soon',
    '?do=explode@3',
    '?do=hide',
    '?do=hide:now@3',
    '?do=endpoint:what@3',
    '?do=endpoint@3',
    '?plaier=hls',
    '?__proto__=1',
    '?live=constructor',
  ])('says that it does not understand %s, and takes the default', (query) => {
    const { problems, ...link } = parseLink(query);
    expect(problems).toHaveLength(1);
    expect(link).toEqual({ settings: DEFAULT_SETTINGS, faults: undefined, deeds: [] });
  });

  it('takes the rest of a link that is wrong in part', () => {
    const link = parseLink('?player=vlc&lifetime=30&do=hide@1,what@2&endpoint=html');
    expect(link.settings.lifetimeSeconds).toBe(30);
    expect(link.faults?.endpoint).toBe('html');
    expect(link.deeds).toHaveLength(1);
    expect(link.problems).toHaveLength(2);
  });

  it('repeats no more than a little of what it does not understand', () => {
    const [problem] = parseLink(`?player=${'x'.repeat(10_000)}`).problems;
    expect(problem?.length).toBeLessThan(150);
  });
});

describe('formatLink', () => {
  it('leaves an address clean where nothing is chosen', () => {
    expect(formatLink({ settings: DEFAULT_SETTINGS, faults: NO_FAULTS, deeds: [] })).toBe('');
  });

  it.each([
    '?player=iframe',
    '?player=hls&lifetime=5&auth=token-bound-names&live&exp=string&beside',
    '?lifetime=60&auth=own-signature',
    '?endpoint=hang&access=ended&delivery=drop&link=300&viewer-clock=-86400&server-clock=-3',
    '?do=revoke-key@10,freeze@12.5,endpoint:status-500@14,endpoint:normal@20,put-back@21',
  ])('writes what parseLink reads: %s', (query) => {
    expect(formatLink(parseLink(query))).toBe(query);
  });
});

describe('findUnavailable', () => {
  const account = createAccountConfig({
    accountId: 'a',
    apiToken: 't',
    videoId: 'v',
    customerCode: 'code',
    deliveryOrigin: undefined,
    apiOrigin: undefined,
  });

  it.each([
    'endpoint=expired',
    'delivery=slow',
    'link=500',
    'viewer-clock=60',
    'access=revoked',
    'do=revoke-key@3',
    'do=link:500@3',
  ])('says of %s that only the local Stream can do it', (query) => {
    expect(findUnavailable(parseLink(`?${query}`), account)).toEqual([
      expect.stringContaining(query.replace(/@3$/, '')),
    ]);
  });

  it('says so of every fault where there is no endpoint to make them in', () => {
    const link = parseLink('?endpoint=html&server-clock=3&access=ended');
    expect(findUnavailable(link, account)).toEqual([]);
    expect(findUnavailable(link, createIncompleteConfig([]))).toHaveLength(3);
  });

  it('lets every page be hidden, frozen and emptied', () => {
    const link = parseLink('?do=hide@1,show@2,freeze@3,remove@4,put-back@5');
    expect(findUnavailable(link, account)).toEqual([]);
  });
});
