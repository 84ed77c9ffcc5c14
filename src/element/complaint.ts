import type { SignedStreamError } from '../errors.js';
import { loadMessage } from './load-message.js';
import type { Message } from './message/message.js';

/** The element, as what it has to say sees it. */
export interface ComplaintHost {
  /** The words are there, or are others now. */
  wordsChanged(): void;
  /** The viewer wants it tried again. */
  retry(): void;
}

/** What a viewer is told when nothing can be played. Its code and its words come when needed. */
export class Complaint {
  readonly #element: HTMLElement;
  readonly #host: ComplaintHost;
  #message: Message | undefined;
  /** Aborted when what is wrong need not be said any more. */
  #isWrong = new AbortController();

  constructor(element: HTMLElement, host: ComplaintHost) {
    this.#element = element;
    this.#host = host;
  }

  /** What a player is called that has no name of its own, in the viewer's language. */
  get defaultTitle(): string {
    return this.#message?.defaultTitle ?? 'Video';
  }

  /** Has it ready, so that it can be said when there is no network. */
  prepare(): void {
    void this.#load();
  }

  /** Has it come as soon as it can, if there is something to say, and gives up waiting if not. */
  raise(isWrong: boolean): void {
    this.#isWrong.abort();
    if (!isWrong) return;
    this.#isWrong = new AbortController();
    void this.#load(this.#isWrong.signal);
  }

  /** Shows it, as far as it is there, or takes it away. */
  update(box: HTMLElement, problem: SignedStreamError | undefined, startsAt: Date | null): void {
    this.#message?.update(box, problem, startsAt);
  }

  async #load(signal?: AbortSignal): Promise<void> {
    const loaded = await loadMessage(signal).catch(() => undefined);
    if (loaded === undefined) return;
    this.#message ??= new loaded.Message(this.#element, () => this.#host.retry());
    this.#host.wordsChanged();
    if (await this.#message.loadLanguage()) this.#host.wordsChanged();
  }
}
