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

  /** @param from what it was before; to collect garbage takes time that is not the page's */
  async readSince(from: PageCost): Promise<PageCost> {
    const spent = await this.#metrics();
    const { heapKb, nodes, listeners } = await this.read();
    const { scriptMs, taskMs } = toCost(spent);
    return {
      scriptMs: scriptMs - from.scriptMs,
      taskMs: taskMs - from.taskMs,
      heapKb: heapKb - from.heapKb,
      nodes: nodes - from.nodes,
      listeners: listeners - from.listeners,
    };
  }

  async read(): Promise<PageCost> {
    for (let round = 0; round < 3; round += 1) {
      await this.#session.send('HeapProfiler.collectGarbage');
    }
    return toCost(await this.#metrics());
  }

  async #metrics(): Promise<ReadonlyMap<string, number>> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return new Map(metrics.map(({ name, value }) => [name, value]));
  }
}

function toCost(metrics: ReadonlyMap<string, number>): PageCost {
  const read = (name: string): number => metrics.get(name) ?? NaN;
  return {
    scriptMs: read('ScriptDuration') * 1000,
    taskMs: read('TaskDuration') * 1000,
    heapKb: read('JSHeapUsedSize') / 1000,
    nodes: read('Nodes'),
    listeners: read('JSEventListeners'),
  };
}
