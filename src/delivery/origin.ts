/** Where a video is delivered from, and where the Stream player and its SDK live. */
export interface Delivery {
  /** Origin of manifests, thumbnails and downloads. */
  readonly origin: string;
  /** Origin of the player page, and whether its path ends in `/iframe`. */
  readonly playerOrigin: string;
  readonly playerPath: '' | '/iframe';
}

/** The attributes that say where to find a video. */
export interface DeliveryOptions {
  /** `abc` of `customer-abc.cloudflarestream.com`; the whole host name is understood too. */
  readonly customerCode?: string | undefined;
  /** Any other origin; goes before `customerCode`. */
  readonly deliveryOrigin?: string | undefined;
}

/**
 * Finds the delivery origin; without options the vendor's shared hosts.
 *
 * @throws TypeError where an option cannot be read
 */
export function resolveDelivery({ customerCode, deliveryOrigin }: DeliveryOptions): Delivery {
  if (deliveryOrigin !== undefined && deliveryOrigin !== '') {
    return ownOrigin(parseOrigin(deliveryOrigin));
  }
  if (customerCode !== undefined && customerCode !== '') {
    const [, code] = CUSTOMER_CODE.exec(customerCode.trim()) ?? [];
    if (code === undefined) throw new TypeError('customer-code is not a Stream customer code');
    return ownOrigin(`https://customer-${code.toLowerCase()}.cloudflarestream.com`);
  }
  return {
    origin: 'https://videodelivery.net',
    playerOrigin: 'https://iframe.videodelivery.net',
    playerPath: '',
  };
}

function ownOrigin(origin: string): Delivery {
  return { origin, playerOrigin: origin, playerPath: '/iframe' };
}

function parseOrigin(value: string): string {
  const url = parseUrl(value.includes('://') ? value : `https://${value}`);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username + url.password !== '') {
    throw new TypeError('delivery-origin is not an http or https origin');
  }
  return url.origin;
}

function parseUrl(value: string): URL | null {
  try {
    return new URL(value);
  } catch {
    return null;
  }
}

const CUSTOMER_CODE = /^(?:https:\/\/)?(?:customer-)?([a-z0-9]+)(?:\.cloudflarestream\.com\/?)?$/i;
