import type { Delivery } from '../../delivery/origin.js';
import { buildManifestUrl } from '../../delivery/urls.js';
import { SignedStreamError } from '../../errors.js';

/**
 * Finds out why a player failed: neither the Stream player's `error` event nor a video's says whether
 * a token was refused, so the manifest is asked for with the same one.
 */
export async function diagnose(
  delivery: Delivery,
  token: string,
  signal: AbortSignal,
): Promise<SignedStreamError> {
  const limit = new AbortController();
  const abort = (): void => limit.abort();
  const timer = setTimeout(abort, LONGEST_MS);
  signal.addEventListener('abort', abort, { once: true });
  let status: number;
  try {
    ({ status } = await fetch(buildManifestUrl(delivery, token), {
      cache: 'no-store',
      signal: limit.signal,
    }));
  } catch {
    return new SignedStreamError('network-failed', 'Stream could not be reached.', {
      retryable: true,
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
  if (status === 401 || status === 403) {
    return new SignedStreamError(
      'playback-forbidden',
      `Stream refused a fresh token (${status}).`,
      { status, retryable: true },
    );
  }
  if (status === 404 || status === 424 || status === 204) {
    return new SignedStreamError('video-not-found', `Stream has no such video (${status}).`, {
      status,
      retryable: true,
    });
  }
  return new SignedStreamError('media-failed', 'The player could not play the video.', {
    status,
    retryable: true,
  });
}

const LONGEST_MS = 10_000;
