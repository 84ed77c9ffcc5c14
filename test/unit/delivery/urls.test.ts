import { describe, expect, it } from 'vitest';
import { buildDownloadUrl } from '../../../src/delivery/download-url.js';
import { resolveDelivery } from '../../../src/delivery/origin.js';
import {
  buildManifestUrl,
  buildPlayerUrl,
  type PlayerOptions,
} from '../../../src/delivery/urls.js';

const OWN = resolveDelivery({ deliveryOrigin: 'https://v.test' });
const SHARED = resolveDelivery({});

describe('buildManifestUrl', () => {
  it.each([
    [{}, ''],
    [{ lowLatency: false, dvr: false }, ''],
    [{ lowLatency: true }, '?protocol=llhls'],
    [{ dvr: true }, '?dvrEnabled=true'],
    [{ lowLatency: true, dvr: true }, '?protocol=llhls&dvrEnabled=true'],
  ])('with %j', (options, query) => {
    expect(buildManifestUrl(OWN, 'id', options)).toBe(
      `https://v.test/id/manifest/video.m3u8${query}`,
    );
  });

  it("uses the vendor's shared host", () => {
    expect(buildManifestUrl(SHARED, 'id')).toBe('https://videodelivery.net/id/manifest/video.m3u8');
  });

  it('leaves a token as it is, and encodes what is none', () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.a-b_c';
    expect(buildManifestUrl(OWN, token)).toContain(`/${token}/`);
    expect(new URL(buildManifestUrl(OWN, '../a?b#c')).pathname).toBe(
      '/..%2Fa%3Fb%23c/manifest/video.m3u8',
    );
  });
});

describe('buildPlayerUrl', () => {
  const query = (options: PlayerOptions): string =>
    new URL(buildPlayerUrl(OWN, 'id', options)).search;

  it.each([
    [OWN, 'https://v.test/id/iframe'],
    [SHARED, 'https://iframe.videodelivery.net/id'],
  ])('is the page of the player', (delivery, url) => {
    expect(buildPlayerUrl(delivery, 'id', {})).toBe(url);
  });

  it.each(['autoplay', 'muted', 'loop'] as const)(
    'says %s by being there, because the player takes a false for a yes',
    (flag) => {
      expect(query({ [flag]: true })).toBe(`?${flag}=true`);
      expect(query({ [flag]: false })).toBe('');
    },
  );

  it('says controls only to hide them', () => {
    expect([query({ controls: true }), query({ controls: false })]).toEqual([
      '',
      '?controls=false',
    ]);
  });

  it.each([
    [{ preload: 'metadata' }, '?preload=metadata'],
    [{ poster: 'https://p.test/a.jpg?b=1&c' }, '?poster=https%3A%2F%2Fp.test%2Fa.jpg%3Fb%3D1%26c'],
    [{ primaryColor: '#f00' }, '?primaryColor=%23f00'],
    [{ letterboxColor: 'transparent' }, '?letterboxColor=transparent'],
    [{ defaultTextTrack: 'de' }, '?defaultTextTrack=de'],
    [{ adUrl: 'https://a.test/?x=1' }, '?ad-url=https%3A%2F%2Fa.test%2F%3Fx%3D1'],
    [{ dvr: true }, '?dvrEnabled=true'],
    [{ startTimeSeconds: 90 }, '?startTime=90'],
    [{ startTimeSeconds: 90.5 }, '?startTime=90.5'],
    [{ startTimeSeconds: 0.123_456 }, '?startTime=0.123'],
    [{ startTimeSeconds: 0 }, ''],
  ])('with %j', (options, expected) => {
    expect(query(options)).toBe(expected);
  });

  it('leaves out what is empty', () => {
    const empty = { poster: '', preload: '', primaryColor: '', adUrl: '', defaultTextTrack: '' };
    expect(query(empty)).toBe('');
  });
});

describe('buildDownloadUrl', () => {
  it('is the MP4', () => {
    expect(buildDownloadUrl(OWN, 'id')).toBe('https://v.test/id/downloads/default.mp4');
  });
});
