import { swapToken } from '../../delivery/swap-token.js';

/**
 * Gives the URLs of a playlist the names that they would have with the player's first token.
 *
 * Where hls.js reads a list again, it takes a segment whose path has changed for another one, and
 * the list for a broken one. Queries may change.
 */
export function stabilizePlaylist(text: string, token: string, firstToken: string): string {
  if (token === firstToken) return text;
  const stabilize = (uri: string): string => swapToken(uri, [token], firstToken) ?? uri;
  return text
    .split('\n')
    .map((line) =>
      line.startsWith('#')
        ? line.replace(/([:,]URI=")([^"]*)/g, (_match, name: string, uri: string) => {
            return name + stabilize(uri);
          })
        : stabilize(line),
    )
    .join('\n');
}
