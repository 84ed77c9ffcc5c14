import { usageError } from '../cli-error.js';

/** The element's `customer-code` and `delivery-origin`. */
export interface DeliveryOptions {
  readonly customerCode?: string | undefined;
  readonly deliveryOrigin?: string | undefined;
}

/** Where the media is fetched: the options are read as the element reads its attributes. */
export function readDeliveryOrigin({ customerCode, deliveryOrigin }: DeliveryOptions): string {
  if (deliveryOrigin) return parseOrigin(deliveryOrigin);
  if (!customerCode) return 'https://videodelivery.net';
  const [, code] = CUSTOMER_CODE.exec(customerCode.trim()) ?? [];
  if (code !== undefined) return `https://customer-${code.toLowerCase()}.cloudflarestream.com`;
  throw usageError('--customer-code takes the <code> of customer-<code>.cloudflarestream.com.');
}

const CUSTOMER_CODE = /^(?:https:\/\/)?(?:customer-)?([a-z0-9]+)(?:\.cloudflarestream\.com\/?)?$/i;

function parseOrigin(text: string): string {
  const address = text.includes('://') ? text : `https://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url && isWeb && url.username + url.password === '') return url.origin;
  throw usageError('--delivery-origin takes an origin, such as https://video.example.com.');
}
