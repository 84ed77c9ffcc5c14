import { resolveDelivery } from '../../src/delivery/origin.js';
import { isVideoId } from '../../src/issuer/video-id.js';
import type { OwnAccount, TokenOrigin } from '../shared/own-account.js';

type Fields = Readonly<Record<string, unknown>>;

/** An account as the page sends it; `undefined` where it is none. */
export function readOwnAccount(value: unknown): OwnAccount | undefined {
  if (!isFields(value) || !isFields(value['tokens'])) return undefined;
  const videoId = readText(value['videoId']);
  const tokens = readTokenOrigin(value['tokens']);
  if (videoId === undefined || !isVideoId(videoId) || tokens === undefined) return undefined;
  const customerCode = readText(value['customerCode']);
  const deliveryOrigin = readText(value['deliveryOrigin']);
  if (!isDelivery({ customerCode, deliveryOrigin })) return undefined;
  return { videoId, customerCode, deliveryOrigin, tokens };
}

function isDelivery(options: Pick<OwnAccount, 'customerCode' | 'deliveryOrigin'>): boolean {
  try {
    resolveDelivery(options);
    return true;
  } catch {
    return false;
  }
}

function readTokenOrigin(fields: Fields): TokenOrigin | undefined {
  if (fields['kind'] === 'api') {
    const [accountId, apiToken] = [readText(fields['accountId']), readText(fields['apiToken'])];
    return accountId !== undefined && apiToken !== undefined
      ? { kind: 'api', accountId, apiToken }
      : undefined;
  }
  const url = readText(fields['url']);
  if (fields['kind'] !== 'endpoint' || url === undefined || !isWebAddress(url)) return undefined;
  const credentials = (['include', 'omit'] as const).find((each) => each === fields['credentials']);
  return {
    kind: 'endpoint',
    url,
    method: fields['method'] === 'post' ? 'post' : 'get',
    credentials: credentials ?? 'same-origin',
  };
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 2000 ? value : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
