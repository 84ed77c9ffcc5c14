import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { swapToken } from '../../../src/delivery/swap-token.js';

const OLD = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.old';
const NEW = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.new-one';

describe('swapToken', () => {
  it.each([
    [`https://v.test/${OLD}/manifest/video.m3u8`, `https://v.test/${NEW}/manifest/video.m3u8`],
    [`https://v.test/${OLD}`, `https://v.test/${NEW}`],
    [`https://v.test/${OLD}?a=1`, `https://v.test/${NEW}?a=1`],
    [`https://v.test/${OLD}#a`, `https://v.test/${NEW}#a`],
    [`https://v.test/a/b/${OLD}/c.mp4`, `https://v.test/a/b/${NEW}/c.mp4`],
    [`/${OLD}/seg.mp4`, `/${NEW}/seg.mp4`],
    [`../../${OLD}/seg.mp4`, `../../${NEW}/seg.mp4`],
    [`//v.test/${OLD}/seg.mp4`, `//v.test/${NEW}/seg.mp4`],
    [`/${OLD}/seg.mp4?next=https://v.test/x`, `/${NEW}/seg.mp4?next=https://v.test/x`],
    [
      `https://v.test/${OLD}/s.mp4?p=${OLD}&s=%2f+%20`,
      `https://v.test/${NEW}/s.mp4?p=${OLD}&s=%2f+%20`,
    ],
    [`https://v.test/%41/${OLD}/%2e/s.mp4`, `https://v.test/%41/${NEW}/%2e/s.mp4`],
    [`https://v.test/x${OLD}/${OLD}/s.mp4`, `https://v.test/x${OLD}/${NEW}/s.mp4`],
    [`https://v.test/${OLD}x/${OLD}/s.mp4`, `https://v.test/${OLD}x/${NEW}/s.mp4`],
  ])('turns %s into %s', (url, swapped) => {
    expect(swapToken(url, [OLD], NEW)).toBe(swapped);
  });

  it.each([
    ['is only in the query', `https://v.test/a/b.mp4?token=/${OLD}/`],
    ['is only in the fragment', `https://v.test/a/b.mp4#/${OLD}/`],
    ['is only in a query after a relative path', `/a.mp4?u=https://v.test/${OLD}/x`],
    ['is part of a longer segment', `https://v.test/${OLD}x/a.mp4`],
    ['is the end of a longer segment', `https://v.test/x${OLD}/a.mp4`],
    ['is the host', `https://${OLD}/a.mp4`],
    ['is nowhere', 'https://v.test/a.mp4'],
    ['has no path to be in', 'https://v.test'],
    ['has no path but a query', `https://v.test?x=/${OLD}/`],
  ])('has nothing to do where the token %s', (_, url) => {
    expect(swapToken(url, [OLD], NEW)).toBeUndefined();
  });

  it('finds any of the known tokens', () => {
    expect(swapToken(`https://v.test/${OLD}/a`, ['other', OLD], NEW)).toBe(
      `https://v.test/${NEW}/a`,
    );
  });

  it('takes no empty token for a known one', () => {
    expect(swapToken('https://v.test//a', [''], NEW)).toBeUndefined();
  });

  it('knows no patterns, in the new token either', () => {
    expect(swapToken('https://v.test/a.c/x', ['a.c'], "$&$1$'")).toBe("https://v.test/$&$1$'/x");
    expect(swapToken('https://v.test/abc/x', ['a.c'], NEW)).toBeUndefined();
  });

  it('changes nothing but the segment, whatever the URL', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aA.-_%2f&=+ ~*ü'.split('')), maxLength: 8 });
    const token = fc.string({
      unit: fc.constantFrom(...'aA.-_'.split('')),
      minLength: 1,
      maxLength: 4,
    });
    const property = fc.property(
      fc.constantFrom('https://v.test', '//v.test', 'http://[::1]:80', ''),
      fc.array(fc.oneof(text, token), { maxLength: 5 }),
      fc.constantFrom('', '?', '#'),
      fc.array(fc.oneof(text, token), { maxLength: 3 }),
      token,
      token,
      (origin, segments, mark, rest, known, next) => {
        const path = segments.map((segment) => `/${segment}`).join('');
        const tail = mark === '' ? '' : mark + rest.join('/');
        const url = origin + path + tail;
        fc.pre(origin !== '' || !path.startsWith('//'));
        const index = segments.indexOf(known);
        const expected =
          index < 0 || (origin === '' && path === '')
            ? undefined
            : origin + segments.map((s, i) => `/${i === index ? next : s}`).join('') + tail;
        expect(swapToken(url, [known], next)).toBe(expected);
      },
    );
    fc.assert(property, { numRuns: 20_000 });
  });
});
