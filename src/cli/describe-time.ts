const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A length of time in its two largest units: `1 hour 30 minutes`. */
export function describeDuration(seconds: number): string {
  const words: string[] = [];
  let rest = Math.round(Math.abs(seconds));
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
    if (words.length === 2) break;
  }
  return words.length === 0 ? 'no time' : words.join(' ');
}

/** A moment, and how far it is from now: `2026-11-22 04:00:00 UTC, in 59 minutes`. */
export function describeMoment(seconds: number, nowSeconds: number): string {
  const distance = seconds - nowSeconds;
  const away = describeDuration(distance);
  const relative = distance === 0 ? 'now' : distance > 0 ? `in ${away}` : `${away} ago`;
  return `${formatMoment(seconds)}, ${relative}`;
}

/** A moment in universal time, or the bare number where no calendar has it. */
export function formatMoment(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return String(seconds);
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
