import { resolveDelivery } from '../../../src/delivery/origin.js';
import type { OwnAccount, TokenOrigin } from '../../shared/own-account.js';

/** What the form says of an account, or the field that is wrong and why. */
export type FormResult =
  { readonly account: OwnAccount } | { readonly field: string; readonly problem: string };

export function readForm(data: FormData, pageUrl: string): FormResult {
  const read = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const videoId = read('video-id');
  if (!/^[0-9a-f]{32}$/.test(videoId)) {
    return { field: 'video-id', problem: 'A uid is 32 characters, each 0-9 or a-f.' };
  }
  const customerCode = read('customer-code') || undefined;
  const deliveryOrigin = read('delivery-origin') || undefined;
  const field = deliveryOrigin === undefined ? 'customer-code' : 'delivery-origin';
  try {
    resolveDelivery({ customerCode, deliveryOrigin });
  } catch {
    return { field, problem: 'This names no place that Stream delivers from.' };
  }
  const tokens = readTokens(read, pageUrl);
  return 'kind' in tokens ? { account: { videoId, customerCode, deliveryOrigin, tokens } } : tokens;
}

function readTokens(
  read: (name: string) => string,
  pageUrl: string,
): TokenOrigin | { readonly field: string; readonly problem: string } {
  if (read('tokens') === 'api') {
    const [accountId, apiToken] = [read('account-id'), read('api-token')];
    if (accountId === '') return { field: 'account-id', problem: 'The account’s id is missing.' };
    if (apiToken === '') return { field: 'api-token', problem: 'The API token is missing.' };
    return { kind: 'api', accountId, apiToken };
  }
  const address = read('token-endpoint');
  const url = URL.canParse(address, pageUrl) ? new URL(address, pageUrl) : undefined;
  if (address === '' || !url || !/^https?:$/.test(url.protocol)) {
    return { field: 'token-endpoint', problem: 'An address with https:// is wanted here.' };
  }
  const credentials = (['include', 'omit'] as const).find((each) => each === read('credentials'));
  return {
    kind: 'endpoint',
    // An address has braces escaped, and the element looks for them as they were written.
    url: url.href.replaceAll(/%7B(video-id)%7D/gi, '{$1}'),
    method: read('method') === 'post' ? 'post' : 'get',
    credentials: credentials ?? 'same-origin',
  };
}
