import { describe, expect, it } from 'vitest';
import { CliError } from '../../../src/cli/cli-error.js';
import {
  readDeliveryOrigin,
  type DeliveryOptions,
} from '../../../src/cli/doctor/delivery-origin.js';
import { resolveDelivery } from '../../../src/delivery/origin.js';
import { run } from './support/run-cli.js';

const VIDEO = '5d5bc37ffcf54c9b82e996823bffbb81';
const ENDPOINT = 'https://www.example.com/token';

/** As the element's attributes are read; `undefined` where they cannot be. */
function readByElement(options: DeliveryOptions): string | undefined {
  try {
    return resolveDelivery(options).origin;
  } catch {
    return undefined;
  }
}

describe('readDeliveryOrigin', () => {
  it.each<DeliveryOptions>([
    {},
    { customerCode: '', deliveryOrigin: '' },
    { customerCode: 'abc123' },
    { customerCode: ' ABC123 ' },
    { customerCode: 'customer-abc123' },
    { customerCode: 'customer-abc123.cloudflarestream.com' },
    { customerCode: 'https://customer-abc123.cloudflarestream.com/' },
    { customerCode: 'http://customer-abc123.cloudflarestream.com' },
    { customerCode: 'customer-abc123.cloudflarestream.com.evil.test' },
    { customerCode: 'a b' },
    { customerCode: '-' },
    { deliveryOrigin: 'video.page.test' },
    { deliveryOrigin: 'localhost:8080' },
    { deliveryOrigin: 'http://[::1]:8080' },
    { deliveryOrigin: ' https://video.page.test/path?query#hash ' },
    { deliveryOrigin: 'ftp://video.page.test' },
    { deliveryOrigin: 'https://user@video.page.test' },
    { deliveryOrigin: 'https://:word@video.page.test' },
    { deliveryOrigin: 'https://' },
    { deliveryOrigin: 'a b' },
    { customerCode: 'a b', deliveryOrigin: 'video.page.test' },
  ])('reads %j as the element does', (options) => {
    const origin = readByElement(options);
    if (origin === undefined) expect(() => readDeliveryOrigin(options)).toThrow(CliError);
    else expect(readDeliveryOrigin(options)).toBe(origin);
  });

  it.each(['--customer-code', '--delivery-origin'])('is told by %s, and names it', async (name) => {
    const args = ['doctor', VIDEO, '--endpoint', ENDPOINT, name, 'a b'];
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(`Error: ${name} takes`);
  });
});
