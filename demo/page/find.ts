/** An element that the page's HTML has; without it the page is broken, and says so. */
export function find<T extends Element>(
  selector: string,
  kind: abstract new (...args: never) => T,
  within: ParentNode = document,
): T {
  const element = within.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`The page has no ${selector}`);
  return element;
}

/** A part of a player's card. */
export function findPart<T extends Element>(
  card: ParentNode,
  part: string,
  kind: abstract new (...args: never) => T,
): T {
  return find(`[data-part="${part}"]`, kind, card);
}

/** Listens to all buttons with this `data-action`. */
export function onAction(name: string, act: () => void): void {
  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest(`[data-action="${name}"]`)) act();
  });
}

/** Checks the radio of a group that has this value. */
export function choose(form: HTMLFormElement, name: string, value: string): void {
  for (const input of form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)) {
    input.checked = input.value === value;
  }
}
