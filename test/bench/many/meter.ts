import type { CDPSession, Page } from 'playwright';

/** What a page has cost so far, as Chromium tells it: times are those of the processor. */
export interface PageCost {
  readonly scriptMs: number;
  /** Whatever the main thread did: scripts, styles, layout, painting. */
  readonly taskMs: number;
  /** After everything that can be collected has been. */
  readonly heapKb: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** Reads what a page costs. */
export class PageMeter {
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async attach(page: Page): Promise<PageMeter> {
    const session = await page.context().newCDPSession(page);
    // The thread's own time, whatever else the machine does.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await session.send('HeapProfiler.enable');
    return new PageMeter(session);
  }

  /** Time first: to collect garbage takes some, too. */
  async read(): Promise<PageCost> {
    const before = await this.#metrics();
    for (let round = 0; round < 3; round += 1) {
      await this.#session.send('HeapProfiler.collectGarbage');
    }
    const after = await this.#metrics();
    return {
      scriptMs: (before.get('ScriptDuration') ?? NaN) * 1000,
      taskMs: (before.get('TaskDuration') ?? NaN) * 1000,
      heapKb: (after.get('JSHeapUsedSize') ?? NaN) / 1000,
      nodes: after.get('Nodes') ?? NaN,
      listeners: after.get('JSEventListeners') ?? NaN,
    };
  }

  async #metrics(): Promise<ReadonlyMap<string, number>> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return new Map(metrics.map(({ name, value }) => [name, value]));
  }
}
