import fc from 'fast-check';
import { describe, it } from 'vitest';
import { buildDownloadUrl } from '../../../src/delivery/download-url.js';
import { resolveDelivery, type Delivery } from '../../../src/delivery/origin.js';
import {
  buildManifestUrl,
  buildPlayerUrl,
  type PlayerOptions,
} from '../../../src/delivery/urls.js';
import { check } from '../../support/fuzz.js';

const text = fc.oneof(
  fc.string(),
  fc.webUrl(),
  fc.constantFrom(
    '..',
    '.',
    '//evil.test',
    '\\evil.test',
    '@evil.test',
    'a&b=c',
    '#x',
    '?x',
    '%2f',
  ),
);

const playerOptions: fc.Arbitrary<PlayerOptions> = fc.record({
  autoplay: fc.boolean(),
  muted: fc.boolean(),
  loop: fc.boolean(),
  controls: fc.boolean(),
  preload: text,
  poster: text,
  startTimeSeconds: fc.double({ min: -10, max: 1e9, noNaN: true }),
  primaryColor: text,
  letterboxColor: text,
  defaultTextTrack: text,
  adUrl: text,
  dvr: fc.boolean(),
});

/** Where an option leads, or nothing where it is refused. */
function resolve(options: Parameters<typeof resolveDelivery>[0]): Delivery | undefined {
  try {
    return resolveDelivery(options);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

describe('any URL at Stream', () => {
  it('stays at the origin that it was made for: 10,000 of them', () => {
    const deliveries = fc.constantFrom(
      resolveDelivery({}),
      resolveDelivery({ customerCode: 'abc' }),
      resolveDelivery({ deliveryOrigin: 'http://localhost:8080' }),
    );
    const property = fc.property(deliveries, text, playerOptions, (delivery, id, options) => {
      const { origin, playerOrigin } = delivery;
      check(new URL(buildManifestUrl(delivery, id, { dvr: true })).origin === origin, 'manifest');
      check(new URL(buildDownloadUrl(delivery, id)).origin === origin, 'download');
      const player = new URL(buildPlayerUrl(delivery, id, options));
      check(player.origin === playerOrigin, 'player');
      check(player.hash === '', 'nothing gets out of the query');
      check(player.searchParams.get('poster') === (options.poster || null), 'poster');
      check(player.searchParams.has('autoplay') === options.autoplay, 'autoplay');
      check([...player.searchParams].length <= 12, 'no parameter comes of another');
    });
    fc.assert(property, { numRuns: 10_000 });
  });

  it('has an origin whatever is said of it, or is refused: 10,000 options', () => {
    const property = fc.property(text, (value) => {
      const own = resolve({ deliveryOrigin: value });
      check(own === undefined || new URL(own.origin).origin === own.origin, 'an origin');
      const ofCustomer = resolve({ customerCode: value });
      const host = ofCustomer && new URL(ofCustomer.origin).host;
      const isVendors = /^(customer-[a-z0-9]+\.cloudflarestream\.com|videodelivery\.net)$/;
      check(host === undefined || isVendors.test(host), `a customer code leads to ${host}`);
    });
    fc.assert(property, { numRuns: 10_000 });
  });
});
