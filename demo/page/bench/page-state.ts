type StartTimer = (handler: TimerHandler, delayMs?: number, ...values: unknown[]) => unknown;

/**
 * Makes the page believe that nobody sees it, or that it is frozen. A page cannot hide itself: its
 * scripts are told what a browser would tell them, and their timers go as in a hidden tab.
 */
export class PageState {
  readonly #setTimeout: StartTimer = window.setTimeout.bind(window);
  #isHidden = false;

  get isHidden(): boolean {
    return this.#isHidden;
  }

  hide(): void {
    if (this.#isHidden) return;
    this.#isHidden = true;
    Object.defineProperties(document, {
      hidden: { value: true, configurable: true },
      visibilityState: { value: 'hidden', configurable: true },
    });
    // Browsers let the timers of a hidden tab go off once a second.
    const throttled: StartTimer = (handler, delayMs = 0, ...values) =>
      this.#setTimeout(handler, Math.max(1000, delayMs), ...values);
    Object.assign(window, { setTimeout: throttled });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }

  show(): void {
    if (!this.#isHidden) return;
    this.#isHidden = false;
    // The document's own properties are those of its prototype.
    Reflect.deleteProperty(document, 'hidden');
    Reflect.deleteProperty(document, 'visibilityState');
    Object.assign(window, { setTimeout: this.#setTimeout });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }

  /** No script of the page runs until the server has answered: that is what a frozen page is like. */
  freeze(): void {
    document.dispatchEvent(new Event('freeze', { bubbles: true }));
    const request = new XMLHttpRequest();
    request.open('GET', `/api/wait?seconds=${FREEZE_SECONDS}`, false);
    try {
      request.send();
    } catch {
      // Without a server the page is frozen for no time.
    }
    document.dispatchEvent(new Event('resume', { bubbles: true }));
  }
}

/** Longer than the shortest tokens live. */
const FREEZE_SECONDS = 8;
