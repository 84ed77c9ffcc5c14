/**
 * Puts another token into a URL whose path carries one of the known tokens as a whole segment.
 * By position: nothing else changes, no character is encoded anew (that breaks signed URLs).
 *
 * @returns the new URL, or `undefined` where the path carries none of them
 */
export function swapToken(
  url: string,
  known: Iterable<string>,
  newToken: string,
): string | undefined {
  const [start, end] = findPath(url);
  for (const token of known) {
    const at = findSegment(url, token, start, end);
    if (at !== undefined) return url.slice(0, at) + newToken + url.slice(at + token.length);
  }
  return undefined;
}

/** Where a text stands between two slashes, or between a slash and the end of the path. */
function findSegment(url: string, text: string, start: number, end: number): number | undefined {
  if (text === '') return undefined;
  for (let slash = start; ; slash += 1) {
    slash = url.indexOf(`/${text}`, slash);
    const after = slash + 1 + text.length;
    if (slash < 0 || after > end) return undefined;
    if (after === end || url[after] === '/') return slash + 1;
  }
}

/** From the first slash after the host to the query or the fragment. */
function findPath(url: string): readonly [start: number, end: number] {
  const end = /[?#]/.exec(url)?.index ?? url.length;
  const [authority = ''] = /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*/i.exec(url) ?? [];
  return [authority.length, end];
}
