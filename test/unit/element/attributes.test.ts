import { describe, expect, it } from 'vitest';
import {
  parseCredentials,
  parseMethod,
  parsePlayer,
  parsePreload,
  parseStartTime,
} from '../../../src/element/attributes.js';

describe('attributes', () => {
  it.each([
    ['hls', 'hls'],
    ['HLS', 'hls'],
    ['iframe', 'iframe'],
    ['', 'iframe'],
    ['dash', 'iframe'],
  ])('player %j: %s', (value, parsed) => {
    expect(parsePlayer(value)).toBe(parsed);
  });

  it.each([
    ['post', 'post'],
    ['POST', 'post'],
    ['get', 'get'],
    ['', 'get'],
    ['put', 'get'],
  ])('token-method %j: %s', (value, parsed) => {
    expect(parseMethod(value)).toBe(parsed);
  });

  it.each([
    ['include', 'include'],
    ['Include', 'include'],
    ['omit', 'omit'],
    ['same-origin', 'same-origin'],
    ['', 'same-origin'],
    ['yes', 'same-origin'],
  ])('token-credentials %j: %s', (value, parsed) => {
    expect(parseCredentials(value)).toBe(parsed);
  });

  it.each([
    ['none', 'none'],
    ['METADATA', 'metadata'],
    ['auto', 'auto'],
    ['', ''],
    ['all', ''],
  ])('preload %j: %j', (value, parsed) => {
    expect(parsePreload(value)).toBe(parsed);
  });

  it.each([
    [null, 0],
    ['', 0],
    ['90', 90],
    ['90.5', 90.5],
    [' 90 ', 90],
    ['90s', 90],
    ['1h12m27s', 4347],
    ['2h', 7200],
    ['3m', 180],
    ['1h0.5s', 3600.5],
    ['-5', 0],
    ['1:30', 0],
    ['soon', 0],
    ['5s3m', 0],
    ['1e3', 0],
    ['9'.repeat(400), 0],
  ])('start-time %j: %d s', (value, seconds) => {
    expect(parseStartTime(value)).toBe(seconds);
  });
});
