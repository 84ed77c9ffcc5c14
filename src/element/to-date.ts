/** A time as the page gets it: `null` where there is none, or no end of it. */
export function toDate(ms: number | undefined): Date | null {
  return ms === undefined || !Number.isFinite(ms) || ms === 0 ? null : new Date(ms);
}
