import { importAgain } from './import-again.js';
import { pause } from './pause.js';

/**
 * Loads code that may not come at once (offline, perhaps), and asks again until it has come.
 *
 * @param load calls `import()`
 * @param signal ends the asking
 * @param onFailure called after each attempt that failed
 * @throws the signal's reason, and nothing else
 */
export async function importPatiently<T>(
  load: () => Promise<T>,
  signal: AbortSignal,
  onFailure?: () => void,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      // Some browsers remember what did not come. One that is wrong about its network waits a little.
      if (!navigator.onLine) await pause(OFFLINE_PAUSE_MS, signal);
      signal.throwIfAborted();
      const code = await importAgain(load);
      // Nobody is left to use what has come: it would ask for more.
      signal.throwIfAborted();
      return code;
    } catch {
      signal.throwIfAborted();
      onFailure?.();
      await pause(Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** attempt), signal);
      signal.throwIfAborted();
    }
  }
}

/** The longest pause between two attempts. */
const LONGEST_PAUSE_MS = 30_000;

/** How long code is not asked for where the browser says that there is no network. */
const OFFLINE_PAUSE_MS = 5000;
