/** A whole number between two. In an address a `+` before it is a space. */
export function parseWhole(text: string, least: number, most: number): number | undefined {
  const trimmed = text.trim();
  if (!/^-?\d{1,9}$/.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return value >= least && value <= most ? value : undefined;
}
