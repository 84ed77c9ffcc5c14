import type { DemoConfig } from '../shared/demo-config.js';
import type { Bench } from './bench/bench.js';
import { choose, find, onAction } from './find.js';
import { DEED_NAMES } from './link/deeds.js';
import { FAULT_NAMES, isFaultName } from './link/fault-texts.js';

/** The switches that break things, and the bar that says what is broken. */
export class FaultPanel {
  readonly #bench: Bench;
  readonly #form = find('#faults', HTMLFormElement);

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  start(config: DemoConfig): void {
    removeUnavailable(this.#form, config);
    this.#form.addEventListener('change', ({ target }) => {
      if (!(target instanceof HTMLInputElement) || !isFaultName(target.name)) return;
      void this.#bench.perform({ name: target.name, text: target.value });
    });
    this.#form.addEventListener('submit', (event) => event.preventDefault());
    onAction('back-to-normal', () => {
      // The bar goes away with its button: the keyboard must not lose its place.
      if (document.activeElement?.closest('#fault-bar')) find('#players', HTMLElement).focus();
      void this.#bench.mend();
    });
    for (const name of DEED_NAMES) onAction(name, () => void this.#bench.perform({ name }));
    onAction('toggle-hidden', () => {
      void this.#bench.perform({ name: this.#bench.isHidden ? 'show' : 'hide' });
    });
    onAction('toggle-removed', () => {
      void this.#bench.perform({ name: this.#bench.isRemoved ? 'put-back' : 'remove' });
    });
    this.show();
  }

  show(): void {
    const { faultTexts, isHidden, isRemoved } = this.#bench;
    for (const name of FAULT_NAMES) {
      choose(this.#form, name, faultTexts[name], (text) => `${text}${UNITS[name] ?? ''}`);
    }
    this.#setPressed('toggle-hidden', isHidden);
    this.#setPressed('toggle-removed', isRemoved);
    this.#showBar();
  }

  #setPressed(action: string, isPressed: boolean): void {
    const button = find(`[data-action="${action}"]`, HTMLButtonElement, this.#form);
    button.ariaPressed = String(isPressed);
  }

  #showBar(): void {
    const { isHidden, isRemoved } = this.#bench;
    const parts = [
      ...[...this.#form.querySelectorAll<HTMLInputElement>('input:checked')]
        .filter(({ value }) => value !== '')
        .map(describeChoice),
      ...(isHidden ? ['the page is hidden'] : []),
      ...(isRemoved ? ['the players are removed'] : []),
    ];
    const isBroken = parts.length > 0;
    find('#fault-summary', HTMLElement).textContent = isBroken ? `${parts.join('; ')}.` : '';
    find('#fault-bar', HTMLElement).hidden = !isBroken;
    for (const button of this.#form.querySelectorAll<HTMLButtonElement>(
      '[data-action="back-to-normal"]',
    )) {
      button.disabled = !isBroken;
    }
  }
}

/** What a link sets that is no choice of the form. */
const UNITS: Readonly<Record<string, string>> = {
  link: ' kb/s',
  'viewer-clock': ' s ahead',
  'server-clock': ' s ahead',
};

/** Faults that the server cannot throw have no switch. */
function removeUnavailable(form: HTMLFormElement, { endpointFaults }: DemoConfig): void {
  for (const input of form.querySelectorAll<HTMLInputElement>('input[name="endpoint"]')) {
    const isAvailable = input.value === '' || endpointFaults.some((name) => name === input.value);
    if (!isAvailable) input.closest('label')?.remove();
  }
  if (endpointFaults.length > 0) return;
  for (const node of form.querySelectorAll('[data-needs="endpoint"]')) node.remove();
}

function describeChoice(input: HTMLInputElement): string {
  const legend = input.closest('fieldset')?.querySelector('legend')?.textContent ?? '';
  const label = input.closest('label')?.textContent ?? '';
  return `${legend.trim()}: ${label.replaceAll(/\s+/g, ' ').trim().toLowerCase()}`;
}
