import type { Step } from '../../../src/cli/doctor/step.js';
import type { OwnAccount } from '../../shared/own-account.js';
import { find, findPart } from '../find.js';
import { examine } from './examine.js';
import { readForm } from './read-form.js';

/** The form for a video of somebody's own. What is typed into it stays in it: nothing is stored. */
export class OwnPanel {
  readonly #form = find('#own', HTMLFormElement);
  readonly #status = findPart(this.#form, 'status', HTMLElement);
  readonly #steps = findPart(this.#form, 'steps', HTMLOListElement);
  readonly #onChange: (account: OwnAccount | undefined) => void;
  #examining = new AbortController();

  /** Called with the account to play from; with none, to play the demo's own video again. */
  constructor(onChange: (account: OwnAccount | undefined) => void) {
    this.#onChange = onChange;
  }

  start(): void {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#form.addEventListener('reset', () => {
      this.#clear();
      this.#status.textContent = 'Forgotten.';
      // The fields are empty only after the event.
      queueMicrotask(() => this.#showTokenFields());
      this.#onChange(undefined);
    });
    this.#form.addEventListener('change', () => this.#showTokenFields());
    this.#form.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLInputElement) target.setCustomValidity('');
    });
    this.#showTokenFields();
  }

  #submit(): void {
    const result = readForm(new FormData(this.#form), location.href);
    if ('problem' in result) {
      const input = find(`[name="${result.field}"]`, HTMLInputElement, this.#form);
      input.setCustomValidity(result.problem);
      input.reportValidity();
      return;
    }
    this.#clear();
    this.#onChange(result.account);
    void this.#examine(result.account);
  }

  async #examine(account: OwnAccount): Promise<void> {
    const { signal } = this.#examining;
    this.#status.textContent = 'Checking …';
    let failed = 0;
    try {
      for await (const step of examine(account, signal)) {
        this.#steps.append(toItem(step));
        if (step.status === 'failed') failed += 1;
      }
      this.#status.textContent = failed === 0 ? 'All is well.' : 'Something is wrong.';
    } catch {
      if (!signal.aborted) this.#status.textContent = 'The demo’s server could not check it.';
    }
  }

  #clear(): void {
    this.#examining.abort();
    this.#examining = new AbortController();
    this.#steps.replaceChildren();
  }

  /** Only the fields that count; what is in the others is not sent. */
  #showTokenFields(): void {
    const wanted = new FormData(this.#form).get('tokens');
    for (const fields of this.#form.querySelectorAll<HTMLFieldSetElement>('[data-tokens]')) {
      const isWanted = fields.dataset['tokens'] === wanted;
      fields.hidden = !isWanted;
      fields.disabled = !isWanted;
    }
  }
}

const MARKS: Readonly<Record<Step['status'], readonly [mark: string, word: string]>> = {
  ok: ['✓', 'passed'],
  warning: ['!', 'warning'],
  failed: ['✗', 'failed'],
};

function toItem({ name, status, message, hints = [] }: Step): HTMLLIElement {
  const item = document.createElement('li');
  item.dataset['status'] = status;
  const [sign, word] = MARKS[status];
  const mark = createText('b', sign);
  mark.ariaHidden = 'true';
  const title = createText('code', name);
  const spoken = createText('span', `${word}: `);
  spoken.className = 'visually-hidden';
  const text = document.createElement('p');
  text.append(spoken, message);
  item.append(mark, title, text, ...hints.map((hint) => createText('small', hint)));
  return item;
}

function createText(name: string, text: string): HTMLElement {
  const node = document.createElement(name);
  node.textContent = text;
  return node;
}
