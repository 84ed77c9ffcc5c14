import type { Grant } from './grant.js';

/** A playlist's text, and the address that answered: it may differ from the one asked. */
export interface PlaylistAnswer {
  readonly text: string;
  readonly url: string;
}

/** A playlist that we asked for ourselves did not come. */
export class PlaylistError extends Error {
  /** The HTTP status; 0 where there was no answer, or one that is no playlist. */
  readonly status: number;
  readonly token: string;

  constructor(status: number, token: string) {
    super(`playlist not available (${status})`);
    this.status = status;
    this.token = token;
  }

  /** Whether Stream refused the token. */
  get isRefusal(): boolean {
    return this.status === 401 || this.status === 403;
  }

  /** Whether there is no such list, so that asking again is in vain. */
  get isMissing(): boolean {
    return this.status === 404 || this.status === 410 || this.status === 424;
  }
}

/**
 * Fetches a playlist past every cache.
 *
 * @param end ends the request with the player
 * @throws PlaylistError where none comes within `PLAYLIST_TIMEOUT_MS`
 */
export async function fetchPlaylist(
  { url, token }: Grant,
  end: AbortSignal,
): Promise<PlaylistAnswer> {
  const limit = new AbortController();
  const abort = (): void => limit.abort();
  const timer = setTimeout(abort, PLAYLIST_TIMEOUT_MS);
  end.addEventListener('abort', abort, { once: true });
  try {
    const response = await fetch(url, { cache: 'no-store', signal: limit.signal });
    if (!response.ok) throw new PlaylistError(response.status, token);
    const text = await response.text();
    // A live input that rests answers with nothing at all, and a proxy may answer with anything.
    if (!text.startsWith('#EXTM3U')) throw new PlaylistError(0, token);
    return { text, url: response.url || url };
  } catch (error) {
    throw error instanceof PlaylistError ? error : new PlaylistError(0, token);
  } finally {
    clearTimeout(timer);
    end.removeEventListener('abort', abort);
  }
}

/** As long as hls.js waits for a playlist that it asks for itself. */
const PLAYLIST_TIMEOUT_MS = 10_000;
