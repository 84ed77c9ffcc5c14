/** Whether a text has the outer form of a token: three base64url parts, the first an object. */
export function isTokenShaped(text: string): boolean {
  return text.length <= MAX_TOKEN_LENGTH && /^eyJ[\w-]+\.eyJ[\w-]*\.[\w-]+$/.test(text);
}

/** A token stands in a URL's path, and servers refuse longer ones. */
const MAX_TOKEN_LENGTH = 8192;
