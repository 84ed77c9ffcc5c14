import type { ReloadCard } from './beside/reload-card.js';
import type { EventEntry } from './event-entry.js';
import { find } from './find.js';
import { PlayerCard } from './player-card.js';
import type { Recording } from './recording/recording.js';
import { toPlayerKinds, type PlayerKind, type Settings } from './settings.js';
import type { Source } from './source.js';

export interface PlayersOptions {
  readonly nowMs: () => number;
  readonly onEvent: (entry: EventEntry) => void;
  readonly recording: Recording;
}

/** The players that the settings ask for; one that is not shown does not run. */
export class Players {
  readonly #options: PlayersOptions;
  readonly #section = find('#players', HTMLElement);
  readonly #cards = new Map<PlayerKind, PlayerCard>();
  #reloadCard: ReloadCard | undefined;
  #source: Source | undefined;
  #isBeside = false;
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
    for (const card of this.#listCards()) card.removeElement();
  }

  putBack(): void {
    this.#isRemoved = false;
    for (const card of this.#listCards()) card.putElementBack();
  }

  update(settings: Settings, source: Source | undefined): void {
    this.#source = source;
    this.#isBeside = settings.beside && source !== undefined;
    const kinds = source ? toPlayerKinds(settings) : [];
    for (const [kind, card] of this.#cards) {
      if (kinds.includes(kind)) continue;
      card.destroy();
      this.#cards.delete(kind);
    }
    if (source) {
      for (const kind of kinds) this.#show(kind, source);
    }
    void this.#showReloadCard();
    this.#section.dataset['count'] = String(kinds.length + (this.#isBeside ? 1 : 0));
  }

  #show(kind: PlayerKind, source: Source): void {
    const card = this.#cards.get(kind);
    if (card) {
      card.update(source);
      return;
    }
    const added = new PlayerCard({ ...this.#options, kind }, source);
    this.#cards.set(kind, added);
    const before = kind === 'hls' ? this.#cards.get('iframe') : undefined;
    if (before) before.node.after(added.node);
    else this.#section.prepend(added.node);
  }

  /** Loaded only when somebody wants to see it. */
  async #showReloadCard(): Promise<void> {
    if (!this.#isBeside) {
      this.#reloadCard?.destroy();
      this.#reloadCard = undefined;
      return;
    }
    const { ReloadCard } = await import('./beside/reload-card.js');
    const source = this.#source;
    // It may have been switched off, or on twice, while it was on its way.
    if (!this.#isBeside || !source) return;
    if (this.#reloadCard) {
      this.#reloadCard.update(source);
      return;
    }
    this.#reloadCard = new ReloadCard(this.#options.recording, source);
    this.#section.append(this.#reloadCard.node);
  }

  #listCards(): readonly (PlayerCard | ReloadCard)[] {
    return [...this.#cards.values(), ...(this.#reloadCard ? [this.#reloadCard] : [])];
  }
}
