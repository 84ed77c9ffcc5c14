import { createTokenHandler, type Restrictions, type TokenIssuer } from '../../src/issuer/index.js';
import { logIn, logOut } from './log-in.js';
import { createSessions } from './sessions.js';

export interface BackendOptions {
  readonly issuer: TokenIssuer;
  /** Signs the log-in cookies: long and random. */
  readonly sessionSecret: string;
  /** What members log in with. */
  readonly password: string;
  /** Origins of the pages that show the videos. */
  readonly pageOrigins: readonly string[];
  /** The videos members may watch; all of the account's unless given. */
  readonly videoIds?: readonly string[] | undefined;
  readonly restrictions?: Restrictions | undefined;
  readonly onError?: ((error: unknown) => void) | undefined;
  readonly now?: (() => number) | undefined;
}

/** `/api/stream-token` for members who logged in at `/login`: a `Request → Response` function. */
export function createBackend(options: BackendOptions): (request: Request) => Promise<Response> {
  const { issuer, password, pageOrigins, videoIds, restrictions, onError, now } = options;
  const sessions = createSessions({ secret: options.sessionSecret, ...(now && { now }) });

  const giveToken = createTokenHandler({
    issuer,
    restrictions,
    cors: pageOrigins,
    authorize: async (request, videoId) => {
      const member = await sessions.read(request);
      if (member === undefined) return 'unauthenticated';
      return videoIds?.includes(videoId) ?? true;
    },
    onError,
    now,
  });

  return async (request) => {
    switch (new URL(request.url).pathname) {
      case '/api/stream-token':
        return giveToken(request);
      case '/login':
        return logIn(request, { sessions, password, pageOrigins });
      case '/logout':
        return logOut(request, { sessions, password, pageOrigins });
      default:
        return new Response('Not found', { status: 404 });
    }
  };
}
