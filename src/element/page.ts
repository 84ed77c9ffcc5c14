import { LeaseRegistry } from '../token/lease-registry.js';
import type { Time } from '../token/time.js';

/** The browser's clocks and timers. */
const browserTime: Time = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  setTimer(callback, delayMs) {
    const id = setTimeout(callback, Math.min(delayMs, LONGEST_TIMER_MS));
    return () => clearTimeout(id);
  },
};

let registry: LeaseRegistry | undefined;

/**
 * The leases of this page, made when the first element needs one. Whatever may mean that time was
 * lost (sleep, a hidden tab, the back-forward cache) or the network is back has them looked at.
 */
export function pageLeases(): LeaseRegistry {
  if (registry !== undefined) return registry;
  const leases = new LeaseRegistry(browserTime, Math.random);
  const wake = (): void => leases.wake();
  for (const type of ['pageshow', 'online', 'focus']) addEventListener(type, wake);
  for (const type of ['visibilitychange', 'resume']) document.addEventListener(type, wake);
  registry = leases;
  return leases;
}

/** `setTimeout` takes a 32-bit number and fires at once beyond it. A late look does no harm. */
const LONGEST_TIMER_MS = 600_000;
