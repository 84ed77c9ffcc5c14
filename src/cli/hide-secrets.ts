/** Where the parser quotes what it was given. Greedy: what is quoted may have quotes in it. */
const QUOTED = /(unknown (?:option|command) '|' argument ')(.*)'/s;
/** Longer than any command or option is, shorter than any key or token. */
const MAX_LENGTH = 30;

/** The parser quotes what it does not know, and that may be a token or a key in a wrong place. */
export function hideSecrets(text: string): string {
  return text.replace(
    QUOTED,
    (_match, start: string, value: string) => `${start}${shorten(value)}'`,
  );
}

/** What an option is set to is nobody's business but the option's. */
function shorten(value: string): string {
  const name = value.replace(/=.*/s, '=…');
  return name.length > MAX_LENGTH ? '…' : name;
}
