import { find } from '../find.js';
import { formatLink, type Link } from './link.js';

/** The whole address that shows what a link says. */
export function toAddress(link: Link): string {
  return `${location.origin}${location.pathname}${formatLink(link)}`;
}

/** Keeps the address true; a step that somebody may want to go back from is one in the history. */
export function writeAddress(link: Link, isStep: boolean): void {
  const address = `${location.pathname}${formatLink(link)}${location.hash}`;
  if (address === `${location.pathname}${location.search}${location.hash}`) return;
  if (isStep) history.pushState(null, '', address);
  else history.replaceState(null, '', address);
}

/** Says what of the address was not understood; the rest of it counts. */
export function showLinkProblems(problems: readonly string[]): void {
  const list = find('#link-problems ul', HTMLUListElement);
  list.replaceChildren(
    ...problems.map((problem) => {
      const item = document.createElement('li');
      item.textContent = problem;
      return item;
    }),
  );
  find('#link-problems', HTMLElement).hidden = problems.length === 0;
}
