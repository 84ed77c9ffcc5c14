declare global {
  interface Window {
    pageCounts: { timers: number; observers: number };
  }
}

/** Counts the timers of a page that are set, and its observers. Runs before any script of its own. */
export function installPageCounts(): void {
  const timers = new Set<unknown>();
  const counts = {
    observers: 0,
    get timers() {
      return timers.size;
    },
  };
  window.pageCounts = counts;
  const wrap = (set: 'setTimeout' | 'setInterval', clear: 'clearTimeout' | 'clearInterval') => {
    const start = window[set].bind(window);
    const end = window[clear].bind(window);
    Object.defineProperty(window, set, {
      value: (callback: (...args: readonly unknown[]) => void, ...rest: readonly unknown[]) => {
        const run = (...args: readonly unknown[]): void => {
          if (set === 'setTimeout') timers.delete(id);
          callback(...args);
        };
        const id: unknown = Reflect.apply(start, window, [run, ...rest]);
        timers.add(id);
        return id;
      },
    });
    Object.defineProperty(window, clear, {
      value: (id: number) => {
        timers.delete(id);
        end(id);
      },
    });
  };
  wrap('setTimeout', 'clearTimeout');
  wrap('setInterval', 'clearInterval');
  const Original = window.IntersectionObserver;
  window.IntersectionObserver = class extends Original {
    constructor(...args: ConstructorParameters<typeof Original>) {
      super(...args);
      counts.observers += 1;
    }
  };
}
