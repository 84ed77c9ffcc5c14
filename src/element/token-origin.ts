import { createEndpointFetcher } from '../token/endpoint.js';
import type { TokenOrigin } from '../token/lease-registry.js';
import { createProviderFetcher } from '../token/provider.js';
import type { TokenProvider } from '../token/token-fetcher.js';

/** What the element's attributes and properties say of where tokens come from. */
export interface TokenOptions {
  readonly endpoint: string;
  readonly method: 'get' | 'post';
  readonly credentials: RequestCredentials;
  readonly headers: Readonly<Record<string, string>>;
  readonly provider: TokenProvider | undefined;
  /** Tells apart elements that have nothing but a token of their own. */
  readonly owner: object;
}

/** Where tokens come from: the page's function, else its endpoint, else nowhere. */
export function resolveTokenOrigin(options: TokenOptions): TokenOrigin {
  const { endpoint, method, credentials, headers, provider, owner } = options;
  if (provider !== undefined) {
    return { key: provider, fetchToken: createProviderFetcher(provider) };
  }
  if (endpoint === '') return { key: owner, fetchToken: undefined };
  const url = resolveUrl(endpoint);
  return {
    key: JSON.stringify([url, method, credentials, headers]),
    fetchToken: createEndpointFetcher({ url, method, credentials, headers }, askNetwork, Date.now),
  };
}

/** Looked up at each call, so that a page (or a test) that wraps `fetch` is respected. */
const askNetwork: typeof fetch = (input, init) => fetch(input, init);

/** An address that cannot be read stays as it is: asking it fails with a clear error. */
function resolveUrl(endpoint: string): string {
  try {
    return new URL(endpoint, document.baseURI).href;
  } catch {
    return endpoint;
  }
}
