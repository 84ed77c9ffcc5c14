/**
 * Loads a module that may have failed to come before. Chromium up to at least 150 remembers such a
 * failure for good, as HTML once had it (https://github.com/whatwg/html/pull/10327); it names the
 * address, which is asked for in other words then. Only at the page's own origin: elsewhere that would
 * get around the integrity that an import map demands of the address itself.
 *
 * @param load calls `import()`
 */
export async function importAgain<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const [, url] = FAILED_IMPORT.exec(String(error)) ?? [];
    if (url === undefined) throw error;
    const again = new URL(url);
    if (again.origin !== globalThis.location.origin) throw error;
    again.searchParams.set('attempt', String((attempts += 1)));
    const module: T = await import(/* webpackIgnore: true */ /* @vite-ignore */ again.href);
    return module;
  }
}

const FAILED_IMPORT = /imported module: (https?:\S+)/;

/** No address may be asked for a second time. */
let attempts = 0;
