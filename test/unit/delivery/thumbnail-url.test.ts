import { describe, expect, it } from 'vitest';
import { resolveDelivery } from '../../../src/delivery/origin.js';
import { buildThumbnailUrl } from '../../../src/delivery/thumbnail-url.js';

const DELIVERY = resolveDelivery({ customerCode: 'abc' });
const BASE = 'https://customer-abc.cloudflarestream.com/to%2Fken/thumbnails/thumbnail.jpg';

describe('buildThumbnailUrl', () => {
  it.each([
    ['', '?height=360'],
    ['90', '?time=90s&height=360'],
    ['1.5', '?time=1.5s&height=360'],
    ['1m30s', '?time=1m30s&height=360'],
    ['1s&height=9', '?time=1s%26height%3D9&height=360'],
  ])('names the picture at %j', (time, query) => {
    expect(buildThumbnailUrl(DELIVERY, 'to/ken', time, 360)).toBe(BASE + query);
  });
});
