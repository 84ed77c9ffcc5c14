/**
 * The value of a JSON text, `undefined` where it is none. The parser's own error is dropped: it quotes
 * the text, which may be a key.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
