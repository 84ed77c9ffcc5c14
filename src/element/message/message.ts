import { adoptStyles } from '@lit/reactive-element/css-tag.js';
import type { SignedStreamError } from '../../errors.js';
import { describeError } from '../texts/describe-error.js';
import { loadTexts, readTexts } from '../texts/languages.js';
import { findLanguage } from './find-language.js';
import { messageStyles } from './message-styles.js';

/**
 * What one element says, in the language of where it stands: a message in the place of the video. The
 * page may say it, or offer another try, itself.
 */
export class Message {
  readonly #host: Element;
  readonly #retry: () => void;
  #parts: Parts | undefined;

  /** @param retry called when the viewer wants another try */
  constructor(host: Element, retry: () => void) {
    this.#host = host;
    this.#retry = retry;
  }

  /** What a player is called that has no `title`. */
  get defaultTitle(): string {
    return readTexts(findLanguage(this.#host)).texts.video;
  }

  /** Loads the language, and says whether there is more to say in it than before. */
  loadLanguage(): Promise<boolean> {
    return loadTexts(findLanguage(this.#host));
  }

  /**
   * Says what is wrong, or nothing any more.
   *
   * @param player what it stands in front of
   * @param startsAt when playback begins by itself, where it is too early
   */
  update(player: HTMLElement, problem: SignedStreamError | undefined, startsAt: Date | null): void {
    if (problem === undefined) {
      // Whoever has pressed the button finds the focus in the player, not nowhere.
      if (this.#parts?.box.matches(':focus-within')) player.focus({ preventScroll: true });
      this.#parts?.box.remove();
      this.#parts = undefined;
      return;
    }
    const { texts, language } = readTexts(findLanguage(this.#host));
    const { box, sentence, button } = (this.#parts ??= createParts(this.#retry));
    box.lang = language;
    write(sentence, describeError(problem, startsAt, texts, language));
    write(button, texts['try-again']);
    if (box.isConnected) return;
    const root = player.getRootNode();
    if (root instanceof ShadowRoot) adopt(root);
    player.after(box);
  }
}

interface Parts {
  readonly box: HTMLElement;
  readonly sentence: HTMLElement;
  readonly button: HTMLElement;
}

function createParts(retry: () => void): Parts {
  // The language has its own direction, whatever that of the page: else a full stop comes first.
  const sentence = create('p', { dir: 'auto' });
  const button = create('button', { part: 'retry', type: 'button' });
  const retrySlot = create('slot', { name: 'retry' }, button);
  retrySlot.addEventListener('click', retry);
  const box = create(
    'div',
    { class: 'problem', part: 'error', role: 'alert' },
    create('slot', { name: 'error' }, sentence),
    retrySlot,
  );
  return { box, sentence, button };
}

/** Beside the looks that are there, some of which are the player's. */
function adopt(root: ShadowRoot): void {
  const { styleSheet } = messageStyles;
  if (styleSheet === undefined) adoptStyles(root, [messageStyles]);
  else if (!root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet);
}

/** What is said already is not said again. */
function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function create(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Node[]
): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
