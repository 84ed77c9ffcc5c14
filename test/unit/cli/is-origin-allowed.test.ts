import { describe, expect, it } from 'vitest';
import { isOriginAllowed as isAllowedByStream } from '../../../demo/stream/access/allowed-origins.js';
import { isOriginAllowed } from '../../../src/cli/doctor/is-origin-allowed.js';

const origins = [
  undefined,
  'null',
  'https://example.com',
  'http://example.com',
  'https://example.com:8443',
  'https://example.com:80',
  'http://example.com:443',
  'https://www.example.com',
  'https://a.b.example.com:8443',
  'https://badexample.com',
  'http://localhost:5173',
  'http://127.0.0.1',
  'http://[::1]:8080',
];

describe('isOriginAllowed of the doctor', () => {
  it.each<readonly [string, string, boolean]>([
    ['example.com', 'https://example.com', true],
    ['example.com', 'https://example.com:8443', false],
    ['example.com:443', 'https://example.com', true],
    ['example.com:443', 'http://example.com', false],
    ['example.com:80', 'http://example.com', true],
    ['*.example.com', 'https://www.example.com', true],
    ['*.example.com', 'https://example.com', false],
    ['*.example.com:8443', 'https://a.b.example.com:8443', true],
    ['*.example.com:8443', 'https://www.example.com', false],
    ['*:5173', 'http://localhost:5173', true],
  ])('with %s, of %s: %s', (rule, origin, expected) => {
    expect(isOriginAllowed([rule], origin)).toBe(expected);
  });

  it.each([
    ['none'],
    ['example.com'],
    ['Example.COM'],
    ['example.com:443'],
    ['example.com:80'],
    ['example.com:8443'],
    ['www.example.com'],
    ['*.example.com'],
    ['*.example.com:443'],
    ['*.example.com:8443'],
    ['*.EXAMPLE.com:8443'],
    ['*'],
    ['*:443'],
    ['*:5173'],
    ['localhost'],
    ['localhost:5173'],
    ['127.0.0.1'],
    ['[::1]:8080'],
    ['https://example.com'],
    ['example.com/'],
    ['ex*mple.com'],
    [''],
  ])('answers as the local Stream does, with %j', (rule) => {
    const rules = rule === 'none' ? [] : [rule];
    const answers = origins.map((origin) => [origin, isOriginAllowed(rules, origin)]);
    expect(answers).toEqual(origins.map((origin) => [origin, isAllowedByStream(rules, origin)]));
  });

  it('answers as the local Stream does, with several', () => {
    for (const origin of origins) {
      const rules = ['nonsense/', '*.example.com', 'localhost:5173'];
      expect(isOriginAllowed(rules, origin)).toBe(isAllowedByStream(rules, origin));
    }
  });
});
