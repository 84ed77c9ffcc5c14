import { SignedStreamError } from '../errors.js';
import { parseTokenResponse } from './response.js';
import type { TokenFetcher, TokenProvider } from './token-fetcher.js';

/** Makes a page's `tokenProvider` function look like an endpoint. */
export function createProviderFetcher(provider: TokenProvider): TokenFetcher {
  return async (request) => {
    let text: unknown;
    try {
      text = await provider(request);
    } catch (error) {
      if (error instanceof SignedStreamError) throw error;
      throw new SignedStreamError('endpoint-unreachable', 'The token provider failed.', {
        retryable: true,
      });
    }
    if (typeof text !== 'string') {
      throw new SignedStreamError(
        'endpoint-malformed',
        'The token provider answered with something that is not a string.',
      );
    }
    return { text: parseTokenResponse(text) };
  };
}
