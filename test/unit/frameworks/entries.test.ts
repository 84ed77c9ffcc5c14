import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadWhenIdle } from '../../../src/element/load-message.js';

vi.mock(import('../../../src/element/load-message.js'), async (importOriginal) => ({
  ...(await importOriginal()),
  loadWhenIdle: vi.fn<() => void>(),
}));

const define = vi.fn<CustomElementRegistry['define']>();
beforeEach(() => {
  vi.resetModules();
  vi.mocked(loadWhenIdle).mockClear();
  define.mockClear();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each([
  ['signed-stream', () => import('../../../src/index.js')],
  ['signed-stream/react-wrapper', () => import('../../../src/frameworks/react-wrapper.js')],
])('%s', (_name, load) => {
  it('registers the element, and loads what tells of trouble while there is a network', async () => {
    vi.stubGlobal('customElements', { get: () => undefined, define });
    await load();
    expect(define).toHaveBeenCalledExactlyOnceWith('signed-stream', expect.any(Function));
    expect(loadWhenIdle).toHaveBeenCalledOnce();
  });

  it('does neither where another copy came first', async () => {
    vi.stubGlobal('customElements', { get: () => Object, define });
    await load();
    expect(define).not.toHaveBeenCalled();
    expect(loadWhenIdle).not.toHaveBeenCalled();
  });
});
