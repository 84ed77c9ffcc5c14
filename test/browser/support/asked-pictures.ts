/** Queries of the pictures that have been asked for. */
export function pictures(): string[] {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ pathname }) => pathname.endsWith('/thumbnails/thumbnail.jpg'))
    .map(({ search }) => search);
}
