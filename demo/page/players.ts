import type { DemoConfig } from '../shared/demo-config.js';
import type { EventEntry } from './event-entry.js';
import { find } from './find.js';
import type { Recording } from './recording/recording.js';
import { PlayerCard } from './player-card.js';
import { toPlayerKinds, type PlayerKind, type Settings } from './settings.js';
import { resolveSource } from './source.js';

export interface PlayersOptions {
  readonly config: DemoConfig;
  readonly nowMs: () => number;
  readonly onEvent: (entry: EventEntry) => void;
  readonly recording: Recording;
}

/** The players that the settings ask for; one that is not shown does not run. */
export class Players {
  readonly #options: PlayersOptions;
  readonly #section = find('#players', HTMLElement);
  readonly #cards = new Map<PlayerKind, PlayerCard>();

  #isRemoved = false;

  constructor(options: PlayersOptions) {
    this.#options = options;
  }

  get isRemoved(): boolean {
    return this.#isRemoved;
  }

  /** Takes the elements out of the page, as a framework does with a part that is not shown. */
  remove(): void {
    this.#isRemoved = true;
    for (const card of this.#cards.values()) card.removeElement();
  }

  putBack(): void {
    this.#isRemoved = false;
    for (const card of this.#cards.values()) card.putElementBack();
  }

  update(settings: Settings): void {
    const source = resolveSource(this.#options.config, settings);
    const kinds = source ? toPlayerKinds(settings) : [];
    for (const [kind, card] of this.#cards) {
      if (kinds.includes(kind)) continue;
      card.destroy();
      this.#cards.delete(kind);
    }
    if (!source) return;
    for (const kind of kinds) {
      const card = this.#cards.get(kind);
      if (card) {
        card.update(source);
        continue;
      }
      const added = new PlayerCard({ ...this.#options, kind }, source);
      this.#cards.set(kind, added);
      if (kind === 'iframe') this.#section.prepend(added.node);
      else this.#section.append(added.node);
    }
    this.#section.dataset['count'] = String(kinds.length);
  }
}
