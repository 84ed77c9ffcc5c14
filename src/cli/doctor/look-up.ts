import { isIP } from 'node:net';
import type { Viewer } from '../../issuer/decide-access.js';
import type { CliContext } from '../cli-context.js';
import { CliError } from '../cli-error.js';
import { openStreamApi, type StreamApi } from '../sdk.js';
import { ask } from './ask-endpoint.js';
import type { AccountFacts } from './explain-refusal.js';

const NOTHING = { keyIds: undefined, allowedOrigins: undefined };
const GIVE_CREDENTIALS =
  'With CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN set, this is looked up instead of guessed';
const NOT_TOLD =
  'The Stream API told neither keys nor origins: may CLOUDFLARE_API_TOKEN read them?';

/** What the API says of keys and origins; nothing but a hint without credentials, SDK or permission. */
export async function lookUpAccount(videoId: string, context: CliContext): Promise<AccountFacts> {
  let api: StreamApi;
  try {
    api = await openStreamApi(context);
  } catch (error) {
    const isSetUp = error instanceof CliError && error.code !== 'credentials-missing';
    return { ...NOTHING, hint: isSetUp ? `Not looked up: ${error.message}` : GIVE_CREDENTIALS };
  }
  const { client, accountId } = api;
  const account = { account_id: accountId };
  const [keys, video] = await Promise.allSettled([
    client.stream.keys.get(account),
    client.stream.get(videoId, account),
  ]);
  if (keys.status === 'rejected' && video.status === 'rejected') {
    return { ...NOTHING, hint: NOT_TOLD };
  }
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
