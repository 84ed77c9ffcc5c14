import { NO_FAULTS } from '../../shared/faults.js';
import type { DemoServer } from '../demo-server.js';
import type { Deed, DeedName, TimedDeed } from '../link/deeds.js';
import { parseFault, toFaultTexts, type FaultName } from '../link/fault-texts.js';
import type { Players } from '../players.js';
import type { Recording } from '../recording/recording.js';
import { describeDeed } from './describe-deed.js';
import { PageState } from './page-state.js';

export interface BenchOptions {
  readonly server: DemoServer;
  readonly players: Players;
  readonly recording: Recording;
  readonly onChange: () => void;
}

/** Everything that can be done to the players on purpose, and the record of it. */
export class Bench {
  readonly #options: BenchOptions;
  readonly #page = new PageState();
  readonly #done: TimedDeed[] = [];

  constructor(options: BenchOptions) {
    this.#options = options;
  }

  /** What has been done since the page was opened. */
  get done(): readonly TimedDeed[] {
    return this.#done;
  }

  get isHidden(): boolean {
    return this.#page.isHidden;
  }

  get isRemoved(): boolean {
    return this.#options.players.isRemoved;
  }

  get faultTexts(): Readonly<Record<FaultName, string>> {
    return toFaultTexts(this.#options.server.faults);
  }

  async perform(deed: Deed): Promise<void> {
    const atMs = performance.now();
    this.#options.recording.deeds.push({ atMs, name: describeDeed(deed) });
    this.#done.push({ deed, atSeconds: atMs / 1000 });
    await this.#do(deed);
    this.#options.onChange();
  }

  /** Mends all that lasts. */
  async mend(): Promise<void> {
    for (const [name, text] of Object.entries(this.faultTexts)) {
      if (text !== '') await this.perform({ name: name as FaultName, text: '' });
    }
    if (this.isHidden) await this.perform({ name: 'show' });
    if (this.isRemoved) await this.perform({ name: 'put-back' });
    // Also what another page has broken since this one was told.
    await this.#options.server.changeFaults(NO_FAULTS);
    this.#options.onChange();
  }

  /** Does what a link says, each at its time. */
  schedule(deeds: readonly TimedDeed[]): void {
    for (const { deed, atSeconds } of deeds) {
      setTimeout(() => void this.perform(deed), atSeconds * 1000 - performance.now());
    }
  }

  async #do(deed: Deed): Promise<void> {
    if (!('text' in deed)) {
      await this.#doOnce(deed.name);
      return;
    }
    const change = parseFault(deed.name, deed.text);
    if (change) await this.#options.server.changeFaults(change);
  }

  async #doOnce(name: DeedName): Promise<void> {
    const { server, players } = this.#options;
    switch (name) {
      case 'refuse-segment':
      case 'revoke-key':
        await server.act(name);
        break;
      case 'hide':
        this.#page.hide();
        break;
      case 'show':
        this.#page.show();
        break;
      case 'freeze':
        this.#page.freeze();
        break;
      case 'remove':
        players.remove();
        break;
      case 'put-back':
        players.putBack();
        break;
    }
  }
}
