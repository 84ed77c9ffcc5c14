import { SignedStreamError } from '../../../src/index.js';
import { parseToken, type SignedToken } from '../../../src/token/claims.js';
import { parseTokenResponse } from '../../../src/token/response.js';
import type { Source } from '../source.js';

/** Asks for a token as a page does by itself: once, with no lease and no clock of the server. */
export async function fetchToken(source: Source, signal: AbortSignal): Promise<SignedToken> {
  const { videoId, tokenEndpoint, tokenProvider, tokenMethod, tokenCredentials } = source;
  if (tokenProvider) {
    return parseToken(await tokenProvider({ videoId, reason: 'initial', signal }));
  }
  const isPost = tokenMethod === 'post';
  const response = await fetch(buildUrl(tokenEndpoint ?? '', videoId, isPost), {
    method: isPost ? 'POST' : 'GET',
    credentials: tokenCredentials,
    signal,
    ...(isPost && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ videoId }),
    }),
  });
  if (!response.ok) {
    const { status } = response;
    throw new SignedStreamError('endpoint-refused', 'The endpoint refuses.', { status });
  }
  return parseToken(parseTokenResponse(await response.text()));
}

function buildUrl(endpoint: string, videoId: string, isPost: boolean): URL {
  const placed = endpoint.replaceAll('{video-id}', videoId);
  const url = new URL(placed, location.href);
  if (!isPost && placed === endpoint) url.searchParams.set('video-id', videoId);
  // For the timeline, which tells by it who asked; an endpoint elsewhere is asked as it is.
  if (url.origin === location.origin) url.searchParams.set('for', 'reload');
  return url;
}
