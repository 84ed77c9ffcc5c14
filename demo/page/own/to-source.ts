import type { TokenProvider } from '../../../src/index.js';
import { parseTokenResponse } from '../../../src/token/response.js';
import type { DemoConfig } from '../../shared/demo-config.js';
import type { OwnAccount } from '../../shared/own-account.js';
import type { Source } from '../source.js';

/** What the players are given to play a video of somebody's own. */
export function toSource(account: OwnAccount, config: DemoConfig): Source {
  const { videoId, customerCode, deliveryOrigin, tokens } = account;
  const isEndpoint = tokens.kind === 'endpoint';
  return {
    videoId,
    title: 'Your own video',
    live: false,
    tokenEndpoint: isEndpoint ? tokens.url : undefined,
    tokenMethod: isEndpoint ? tokens.method : 'get',
    tokenCredentials: isEndpoint ? tokens.credentials : 'same-origin',
    tokenProvider: isEndpoint ? undefined : createProvider(account),
    deliveryOrigin,
    customerCode,
    // The local Stream has an SDK of its own.
    sdkUrl: deliveryOrigin === config.deliveryOrigin ? config.sdkUrl : undefined,
    secondOrigin: undefined,
  };
}

/** Asks the API by way of the demo's server: no page may ask it, and none should. */
function createProvider(account: OwnAccount): TokenProvider {
  return async ({ signal }) => {
    const response = await fetch('/api/own/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
      signal,
    });
    return parseTokenResponse(await response.text());
  };
}
