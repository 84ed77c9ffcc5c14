/** Tells whether an element is near the viewport; one observer watches all of them. */
export class NearViewport {
  readonly #element: Element;
  readonly #onChange: () => void;
  #near = false;

  constructor(element: Element, onChange: () => void) {
    this.#element = element;
    this.#onChange = onChange;
  }

  /** As last seen; `false` until then. */
  get isNear(): boolean {
    return this.#near;
  }

  start(): void {
    observer ??= new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) watched.get(target)?.(isIntersecting);
      },
      { rootMargin: '50% 0%' },
    );
    watched.set(this.#element, (isNear) => this.#see(isNear));
    observer.observe(this.#element);
  }

  stop(): void {
    if (watched.delete(this.#element)) observer?.unobserve(this.#element);
  }

  #see(isNear: boolean): void {
    if (isNear === this.#near) return;
    this.#near = isNear;
    this.#onChange();
  }
}

const watched = new WeakMap<Element, (isNear: boolean) => void>();
let observer: IntersectionObserver | undefined;
