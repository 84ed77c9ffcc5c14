import { describe, expect, it } from 'vitest';
import { resolveDelivery } from '../../../src/delivery/origin.js';

const SHARED = {
  origin: 'https://videodelivery.net',
  playerOrigin: 'https://iframe.videodelivery.net',
  playerPath: '',
};

const own = (origin: string): unknown => ({
  origin,
  playerOrigin: origin,
  playerPath: '/iframe',
});

describe('resolveDelivery', () => {
  it.each([{}, { customerCode: '', deliveryOrigin: '' }, { customerCode: undefined }])(
    "is the vendor's shared hosts for %j",
    (options) => {
      expect(resolveDelivery(options)).toEqual(SHARED);
    },
  );

  it.each([
    'abc123',
    ' abc123 ',
    'ABC123',
    'customer-abc123',
    'customer-abc123.cloudflarestream.com',
    'https://customer-abc123.cloudflarestream.com',
    'https://customer-abc123.cloudflarestream.com/',
  ])('understands the customer code %j', (customerCode) => {
    expect(resolveDelivery({ customerCode })).toEqual(
      own('https://customer-abc123.cloudflarestream.com'),
    );
  });

  it.each([
    'a b',
    'abc.evil.test',
    'customer-abc123.cloudflarestream.com.evil.test',
    'customer-abc123.evilcloudflarestream.com',
    'http://customer-abc123.cloudflarestream.com',
    'abc/../x',
    'abc@evil.test',
    '-',
  ])('refuses the customer code %j', (customerCode) => {
    expect(() => resolveDelivery({ customerCode })).toThrow(TypeError);
  });

  it.each([
    ['https://video.page.test', 'https://video.page.test'],
    ['https://video.page.test/', 'https://video.page.test'],
    ['https://video.page.test/path?query#hash', 'https://video.page.test'],
    ['video.page.test', 'https://video.page.test'],
    ['localhost:8080', 'https://localhost:8080'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['HTTPS://VIDEO.page.test:443', 'https://video.page.test'],
    [' https://video.page.test ', 'https://video.page.test'],
  ])('reads the origin %j', (deliveryOrigin, origin) => {
    expect(resolveDelivery({ deliveryOrigin })).toEqual(own(origin));
  });

  it.each([
    'ftp://video.page.test',
    'javascript://video.page.test',
    'file:///x',
    'https://user@video.page.test',
    'https://user:word@video.page.test',
    'https://:word@video.page.test',
    'https://',
    ' ',
    'a b',
  ])('refuses the origin %j', (deliveryOrigin) => {
    expect(() => resolveDelivery({ deliveryOrigin })).toThrow(TypeError);
  });

  it('takes the origin before the customer code', () => {
    const options = { deliveryOrigin: 'https://video.page.test', customerCode: 'abc' };
    expect(resolveDelivery(options)).toEqual(own('https://video.page.test'));
  });
});
