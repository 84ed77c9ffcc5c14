/**
 * Loads a module that a page may ask for more than once, because it did not come the first time.
 * Chromium up to at least 150 remembers such a failure for good, as HTML once had it
 * (https://github.com/whatwg/html/pull/10327); it names the address, which is asked for in other words.
 *
 * @param load calls `import()`
 * @param attempt which one this is, from 0
 */
export async function importAgain<T>(load: () => Promise<T>, attempt: number): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const [, url] = FAILED_IMPORT.exec(String(error)) ?? [];
    if (attempt === 0 || url === undefined) throw error;
    const again = new URL(url);
    again.searchParams.set('attempt', String(attempt));
    const module: T = await import(/* webpackIgnore: true */ /* @vite-ignore */ again.href);
    return module;
  }
}

const FAILED_IMPORT = /imported module: (https?:\S+)/;
