import { setTimeout as sleep } from 'node:timers/promises';

/** A link whose speed all connections share, as viewers behind one line do. */
export class Link {
  /** Speed in kilobits a second; undefined is unlimited. */
  kbps: number | undefined;
  /** Added before the first byte of each answer. */
  latencyMs = 0;
  #freeAtMs = 0;

  get isIdeal(): boolean {
    return this.kbps === undefined && this.latencyMs <= 0;
  }

  /** How much to send at a time: little enough that connections take turns. */
  get chunkBytes(): number {
    if (this.kbps === undefined) return 64 * 1024;
    return Math.max(256, Math.min(64 * 1024, Math.round((this.kbps * 125 * TURN_MS) / 1000)));
  }

  /** Resolves when the link has carried so many bytes; requests queue in order. */
  async carry(bytes: number, signal: AbortSignal): Promise<void> {
    if (this.kbps === undefined) return;
    const now = performance.now();
    this.#freeAtMs = Math.max(now, this.#freeAtMs) + (bytes * 8) / this.kbps;
    await sleep(this.#freeAtMs - now, undefined, { signal });
  }
}

const TURN_MS = 40;
