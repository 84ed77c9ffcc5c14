/** Pauses that can be cut short, all at once. */
export class Pauses {
  readonly #cuts = new Set<() => void>();

  /** Resolves after `pauseMs`, at the next `cutShort`, or when the signal is aborted. */
  wait(pauseMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#cuts.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, pauseMs);
      this.#cuts.add(end);
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
    });
  }

  cutShort(): void {
    for (const cut of [...this.#cuts]) cut();
  }
}

/** The pause before another try: doubled with each, up to half a minute, never the same twice. */
export function growPauseMs(attempt: number): number {
  return Math.min(30_000, 1000 * 2 ** attempt) * (0.75 + Math.random() / 2);
}
