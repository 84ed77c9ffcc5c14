import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importAgain } from '../../../src/element/import-again.js';

describe('importAgain', () => {
  beforeEach(() => void vi.stubGlobal('location', { origin: 'https://page.example' }));
  afterEach(() => void vi.unstubAllGlobals());

  const fail = (message: string) => {
    const error = new TypeError(message);
    return { error, load: () => Promise.reject(error) };
  };

  it('asks for nothing else where the module comes', async () => {
    expect(await importAgain(() => Promise.resolve({ a: 1 }))).toEqual({ a: 1 });
  });

  // Integrity is demanded of an address, and would not be of another one.
  it('asks for no other address at another origin', async () => {
    const { error, load } = fail(
      'Failed to fetch dynamically imported module: https://cdn.example/chunks/hls-engine.js',
    );
    await expect(importAgain(load)).rejects.toBe(error);
  });

  it.each([
    'Importing a module script failed.',
    'error loading dynamically imported module: /x.js',
  ])('asks for nothing where no address is named: %s', async (message) => {
    const { error, load } = fail(message);
    await expect(importAgain(load)).rejects.toBe(error);
  });

  it('asks for it in other words at the origin of the page', async () => {
    const { error, load } = fail(
      'Failed to fetch dynamically imported module: https://page.example/chunks/hls-engine.js',
    );
    // Node fetches no module from there, and says so.
    const refusal = await importAgain(load).catch((reason: unknown) => reason);
    expect(refusal).not.toBe(error);
    expect(String(refusal)).toContain('https:');
  });
});
