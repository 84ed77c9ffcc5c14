import { find, onAction } from './find.js';

/** A button that copies a text, and says so for a moment. */
export function startCopyButton(action: string, getText: () => string): void {
  const button = find(`[data-action="${action}"]`, HTMLButtonElement);
  const label = button.textContent;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (text: string): void => {
    button.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = label), 2000);
  };
  onAction(action, () => {
    navigator.clipboard.writeText(getText()).then(
      () => say('Copied'),
      () => say('Select and copy it'),
    );
  });
}
