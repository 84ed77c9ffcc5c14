import type { ReactiveControllerHost } from 'lit';
import { loadTexts, readTexts } from './languages.js';
import type { Texts } from './texts.js';

/** What one element says, in the language of where it stands. */
export class ElementTexts {
  readonly #host: ReactiveControllerHost & Element;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
  }

  get current(): { readonly texts: Texts; readonly language: string } {
    return readTexts(findLanguage(this.#host));
  }

  /** Loads the language; the element is rendered anew when it has come. */
  async load(): Promise<void> {
    if (await loadTexts(findLanguage(this.#host))) this.#host.requestUpdate();
  }
}

/** The language of what is in an element: its own `lang`, or that of what it stands in. */
function findLanguage(element: Element): string {
  const holder = element.closest('[lang]');
  if (holder !== null) return holder.getAttribute('lang') ?? '';
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? findLanguage(root.host) : '';
}
