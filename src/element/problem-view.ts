import { html, type ReactiveController, type ReactiveElement, type TemplateResult } from 'lit';
import type { SignedStreamError } from '../errors.js';
import { describeError } from './texts/describe-error.js';
import type { ElementTexts } from './texts/element-texts.js';

/** The message in the place of the video; the page may say it, or offer another try, itself. */
export function renderProblem(
  problem: SignedStreamError,
  startsAt: Date | null,
  { current: { texts, language } }: ElementTexts,
  retry: () => void,
): TemplateResult {
  return html`<div class="problem" part="error" role="alert" lang=${language}>
    <slot name="error"><p>${describeError(problem, startsAt, texts, language)}</p></slot>
    <slot name="retry" @click=${retry}>
      <button part="retry" type="button">${texts['try-again']}</button>
    </slot>
  </div>`;
}

/** Whoever has pressed the button in the message finds the focus in the player, not nowhere. */
export class ProblemFocus implements ReactiveController {
  readonly #host: ReactiveElement;
  #isInside = false;

  constructor(host: ReactiveElement) {
    this.#host = host;
  }

  hostUpdate(): void {
    this.#isInside = this.#find('.problem:focus-within') !== null;
  }

  hostUpdated(): void {
    if (!this.#isInside || this.#find('.problem') !== null) return;
    this.#find('.player')?.focus({ preventScroll: true });
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }
}
