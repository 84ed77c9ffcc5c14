import { describe, expect, it } from 'vitest';
import { ExchangeSlot } from '../../../../src/engine/exchange/exchange-slot.js';

/** Goes on until it is ended. */
function lasting(signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('ended')), { once: true });
  });
}

describe('ExchangeSlot', () => {
  it('is taken while an exchange is under way, whichever way that ends', async () => {
    const slot = new ExchangeSlot(new AbortController().signal);
    await slot.run(() => {
      expect(slot.isTaken).toBe(true);
      return Promise.resolve();
    });
    expect(slot.isTaken).toBe(false);
    await slot.run(() => Promise.reject(new Error('no network')));
    expect(slot.isTaken).toBe(false);
  });

  it.each<[string, (slot: ExchangeSlot, end: AbortController) => void]>([
    ['by whoever goes before it', (slot) => slot.abort()],
    ['with the engine', (_, end) => end.abort()],
  ])('has an exchange ended %s', async (_, stop) => {
    const end = new AbortController();
    const slot = new ExchangeSlot(end.signal);
    const over = slot.run(lasting);
    stop(slot, end);
    await over;
    expect(slot.isTaken).toBe(false);
  });

  it('stays taken by an exchange that has gone before another one', async () => {
    const slot = new ExchangeSlot(new AbortController().signal);
    const first = slot.run(lasting);
    slot.abort();
    const second = slot.run(lasting);
    await first;
    expect(slot.isTaken).toBe(true);
    slot.abort();
    await second;
    expect(slot.isTaken).toBe(false);
  });
});
