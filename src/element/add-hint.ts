/** Tells the browser, once in a page, of an address that will be asked for soon. */
export function addHint(href: string, kind: Partial<HTMLLinkElement>): void {
  if (hinted.has(href)) return;
  hinted.add(href);
  document.head.append(Object.assign(document.createElement('link'), kind, { href }));
}

const hinted = new Set<string>();
