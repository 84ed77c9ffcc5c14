import { isIP } from 'node:net';
import type { Viewer } from '../../issuer/decide-access.js';
import type { CliContext } from '../cli-context.js';
import { openStreamApi } from '../sdk.js';
import { ask } from './ask-endpoint.js';
import type { AccountFacts } from './explain-refusal.js';

/** What the API says of keys and origins; `undefined` without credentials, SDK or permission. */
export async function lookUpAccount(
  videoId: string,
  context: CliContext,
): Promise<AccountFacts | undefined> {
  const api = await openStreamApi(context).catch(() => undefined);
  if (!api) return undefined;
  const { client, accountId } = api;
  const account = { account_id: accountId };
  const [keys, video] = await Promise.allSettled([
    client.stream.keys.get(account),
    client.stream.get(videoId, account),
  ]);
  if (keys.status === 'rejected' && video.status === 'rejected') return undefined;
  return {
    keyIds:
      keys.status === 'fulfilled'
        ? keys.value.result.map((key) => key.id ?? key.key_id ?? '')
        : undefined,
    allowedOrigins: video.status === 'fulfilled' ? (video.value.allowedOrigins ?? []) : undefined,
  };
}

/** Address and country as the vendor's network sees this machine; empty where it does not say. */
export async function lookUpViewer(deliveryOrigin: string, context: CliContext): Promise<Viewer> {
  const answer = await ask(context, `${deliveryOrigin}/cdn-cgi/trace`, {}).catch(() => undefined);
  const read = (name: string): string | undefined =>
    answer?.status === 200 ? new RegExp(`^${name}=(\\S+)$`, 'm').exec(answer.body)?.[1] : undefined;
  const ip = read('ip');
  const country = read('loc');
  return {
    ...(ip !== undefined && isIP(ip) !== 0 && { ip }),
    ...(country !== undefined && /^[A-Z]{2}$/.test(country) && { country }),
  };
}
