/** Tells when an element comes near the viewport, once. */
export class NearViewport {
  readonly #element: Element;
  readonly #onNear: () => void;
  #observer: IntersectionObserver | undefined;
  #near = false;

  constructor(element: Element, onNear: () => void) {
    this.#element = element;
    this.#onNear = onNear;
  }

  get isNear(): boolean {
    return this.#near;
  }

  start(): void {
    if (this.#observer !== undefined || this.#near) return;
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#near = true;
        this.stop();
        this.#onNear();
      },
      { rootMargin: '50% 0%' },
    );
    this.#observer.observe(this.#element);
  }

  stop(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }
}
