const MAX_LENGTH = 40;

/** A value as it may stand in a message: one line, short, whatever was given. */
export function quote(value: unknown): string {
  const text = toText(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

function toText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
    case 'boolean':
    case 'undefined':
      return String(value);
    default:
      return Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;
  }
}
