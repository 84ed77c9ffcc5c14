import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importPatiently } from '../../../src/element/import-patiently.js';

describe('importPatiently', () => {
  beforeEach(() => void vi.stubGlobal('navigator', { onLine: true }));
  afterEach(() => void vi.unstubAllGlobals());

  it('resolves to what comes', async () => {
    const { signal } = new AbortController();
    expect(await importPatiently(() => Promise.resolve('code'), signal)).toBe('code');
  });

  // Who goes on with it would ask for more, for an element that has been taken away.
  it('gives nothing to who has gone before it came', async () => {
    const end = new AbortController();
    let come: (code: string) => void = () => {};
    const code = importPatiently(
      () => new Promise<string>((resolve) => (come = resolve)),
      end.signal,
    );
    end.abort();
    come('code');
    await expect(code).rejects.toBe(end.signal.reason);
  });
});
