import type { DemoConfig, DemoStatus } from '../shared/demo-config.js';
import { NO_FAULTS, type Faults } from '../shared/faults.js';

/** The page's own server: what it plays, and what is broken. */
export class DemoServer {
  #offsetMs = 0;
  #faults = NO_FAULTS;

  get faults(): Faults {
    return this.#faults;
  }

  /** The time by which tokens live and die, which this machine's clock need not have. */
  nowMs(): number {
    return Date.now() + this.#offsetMs;
  }

  async loadConfig(): Promise<DemoConfig> {
    const config: DemoConfig = await fetchJson('/api/demo-config');
    this.#take(await fetchJson('/api/faults'));
    return config;
  }

  async changeFaults(change: Partial<Faults>): Promise<void> {
    this.#take(await fetchJson('/api/faults', { method: 'PATCH', body: JSON.stringify(change) }));
  }

  /** Something that happens once. */
  async act(name: 'refuse-segment' | 'revoke-key'): Promise<void> {
    this.#take(await fetchJson(`/api/${name}`, { method: 'POST' }));
  }

  #take({ faults, serverNowMs }: DemoStatus): void {
    this.#faults = faults;
    this.#offsetMs = serverNowMs - Date.now();
  }
}

async function fetchJson<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, { ...init, cache: 'no-store' });
  if (!response.ok) throw new Error(`The demo’s server answered ${response.status}`);
  return response.json();
}
