import { importPatiently } from './import-patiently.js';

type MessageModule = typeof import('./message/message.js');

let loading: Promise<MessageModule> | undefined;

/**
 * Loads what tells a viewer that something is wrong. Most never need it, so that it comes apart; where it
 * does not come, it is asked for again until it does.
 */
export function loadMessage(): Promise<MessageModule> {
  return (loading ??= importPatiently(() => import('./message/message.js')));
}

/** Loads it when the page has nothing better to do: later there may be no network to load it over. */
export function loadWhenIdle(): void {
  // Servers that stand in for a browser may have a registry of elements, but no page.
  if (typeof document === 'undefined') return;
  const load = (): void => void loadMessage();
  const wait = (): void => void (globalThis.requestIdleCallback ?? setTimeout)(load);
  if (document.readyState === 'complete') wait();
  else addEventListener('load', wait, { once: true });
}
