/** Where an exchange is under way, that whoever goes before it can end. */
export class ExchangeSlot {
  readonly #end: AbortSignal;
  #current: AbortController | undefined;

  /** @param end ends whatever is under way */
  constructor(end: AbortSignal) {
    this.#end = end;
  }

  get isTaken(): boolean {
    return this.#current !== undefined;
  }

  abort(): void {
    this.#current?.abort();
  }

  /** Does what brings another token into the player. What is given up is nobody's concern. */
  async run(task: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const exchange = new AbortController();
    this.#current = exchange;
    const end = (): void => exchange.abort();
    this.#end.addEventListener('abort', end, { once: true });
    try {
      await task(exchange.signal);
    } catch {
      // Given up: the player died, the engine ended, or another exchange goes before it.
    } finally {
      this.#end.removeEventListener('abort', end);
      if (this.#current === exchange) this.#current = undefined;
    }
  }
}
