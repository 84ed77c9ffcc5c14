import { importAgain } from './import-again.js';
import { importPatiently } from './import-patiently.js';

type MessageModule = typeof import('./message/message.js');

/**
 * Loads what tells a viewer that something is wrong. Most never need it, so that it comes apart.
 *
 * @param signal where given, what does not come is asked for again until this is aborted
 */
export function loadMessage(signal?: AbortSignal): Promise<MessageModule> {
  const load = (): Promise<MessageModule> => import('./message/message.js');
  return signal === undefined ? importAgain(load) : importPatiently(load, signal);
}

/** Loads it when the page has nothing better to do: later there may be no network to load it over. */
export function loadWhenIdle(): void {
  // Servers that stand in for a browser may have a registry of elements, but no page.
  if (typeof document === 'undefined') return;
  // What does not come now is asked for when it is needed.
  const load = (): void => void loadMessage().catch(() => {});
  const wait = (): void => void (globalThis.requestIdleCallback ?? setTimeout)(load);
  if (document.readyState === 'complete') wait();
  else addEventListener('load', wait, { once: true });
}
