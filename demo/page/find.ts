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

/** Checks the choice of a group that has this value. One that the page does not offer is added in its place. */
export function choose(
  form: HTMLFormElement,
  name: string,
  value: string,
  describe: (value: string) => string = String,
): void {
  const inputs = [...form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)];
  const isOffered = inputs.some((input) => input.value === value);
  const before = inputs.findLast((input) => Number(input.value) < Number(value)) ?? inputs[0];
  if (!isOffered && before?.type === 'radio') {
    inputs.push(addChoice(before, value, describe(value)));
  }
  for (const input of inputs) input.checked = input.value === value;
}

function addChoice(model: HTMLInputElement, value: string, text: string): HTMLInputElement {
  const label = document.createElement('label');
  label.className = model.closest('label')?.className ?? '';
  const input = document.createElement('input');
  Object.assign(input, { type: 'radio', name: model.name, value });
  label.append(input, text);
  model.closest('label')?.after(label);
  return input;
}
