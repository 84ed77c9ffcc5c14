/** Where requests wait for the next token. */
export class WaitingRoom {
  readonly #wakes = new Set<() => void>();

  get size(): number {
    return this.#wakes.size;
  }

  /** Resolves at the next `wakeAll`, or when the signal is aborted. */
  async wait(signal: AbortSignal): Promise<void> {
    let wake = (): void => {};
    const woken = new Promise<void>((resolve) => (wake = resolve));
    this.#wakes.add(wake);
    try {
      await raceAbort(woken, signal);
    } finally {
      this.#wakes.delete(wake);
    }
  }

  wakeAll(): void {
    for (const wake of [...this.#wakes]) wake();
  }
}

/** Waits for a promise or for the signal, and leaves no listener behind. */
export async function raceAbort(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  let end = (): void => {};
  const aborted = new Promise<void>((resolve) => (end = resolve));
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
