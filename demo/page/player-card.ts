import type { SignedStreamElement } from '../../src/index.js';
import { describeEvent, LOGGED_EVENTS, type EventEntry } from './event-entry.js';
import { Card, sample } from './card.js';
import { findPart } from './find.js';
import type { Recording } from './recording/recording.js';
import { StallMeter } from './recording/stall-meter.js';
import type { PlayerKind } from './settings.js';
import type { Source } from './source.js';
import { describeTokenLife } from './token-life.js';

const NAMES: Readonly<Record<PlayerKind, string>> = {
  iframe: 'Stream’s player',
  hls: 'hls.js',
};

export interface PlayerCardOptions {
  readonly kind: PlayerKind;
  /** The time by which tokens live and die. */
  readonly nowMs: () => number;
  readonly onEvent: (entry: EventEntry) => void;
  readonly recording: Recording;
}

/** One player, its token's life and what happened to it. */
export class PlayerCard {
  readonly #options: PlayerCardOptions;
  readonly #card: Card;
  readonly #element: SignedStreamElement;
  #frame = 0;
  #renewals = 0;
  readonly #stalls = new StallMeter();
  #failedAttempts = 0;
  #lifetimeSeconds = 1;

  constructor(options: PlayerCardOptions, source: Source) {
    this.#options = options;
    this.#card = new Card(NAMES[options.kind]);
    this.#element = createElement(options.kind);
    this.#listen();
    options.recording.lane(options.kind).isOpen = true;
    this.update(source);
    this.#card.stage.append(this.#element);
    findPart(this.node, 'renew', HTMLButtonElement).addEventListener('click', () => {
      // Why it failed is in the log: the element says so with `tokenerror`.
      this.#element.renewToken().catch(() => undefined);
    });
    const animate = (): void => {
      sample(options.recording.lane(options.kind), this.#element, this.#stalls);
      this.#showLife();
      this.#frame = requestAnimationFrame(animate);
    };
    this.#frame = requestAnimationFrame(animate);
  }

  get node(): HTMLElement {
    return this.#card.node;
  }

  update(source: Source): void {
    const element = this.#element;
    for (const [name, value] of listAttributes(source)) {
      if (value === undefined) element.removeAttribute(name);
      else element.setAttribute(name, value);
    }
    element.tokenProvider = source.tokenProvider;
    if (element.getAttribute('video-id') !== source.videoId) {
      this.#startOver();
      element.setAttribute('video-id', source.videoId);
      void this.#play();
    }
    element.title = `${source.title} (${NAMES[this.#options.kind]})`;
    element.toggleAttribute('loop', !source.live);
  }

  /** Not `autoplay`: browsers pause what started so when it is scrolled away, as to the switches. */
  async #play(): Promise<void> {
    await this.#element.updateComplete;
    // A browser that does not let it start leaves that to the viewer and the controls.
    await this.#element.play().catch(() => undefined);
  }

  removeElement(): void {
    this.#stalls.restart();
    this.#element.remove();
  }

  putElementBack(): void {
    if (this.#element.isConnected) return;
    this.#card.stage.append(this.#element);
    void this.#play();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#options.recording.lane(this.#options.kind).isOpen = false;
    this.node.remove();
  }

  #startOver(): void {
    this.#renewals = 0;
    this.#stalls.restart();
    this.#failedAttempts = 0;
  }

  #listen(): void {
    for (const [type, group] of Object.entries(LOGGED_EVENTS)) {
      this.#element.addEventListener(type, (event) => {
        this.#stalls.take(type, this.#element, performance.now());
        const detail = describeEvent(event, this.#element, this.#options.nowMs());
        const player = NAMES[this.#options.kind];
        this.#options.onEvent({ at: new Date(), player, type, group, detail });
      });
    }
    const lane = this.#options.recording.lane(this.#options.kind);
    this.#element.addEventListener('tokenchange', ({ reason, expiresAt }) => {
      this.#failedAttempts = 0;
      if (reason !== 'initial') this.#renewals += 1;
      const leftMs = (expiresAt?.getTime() ?? Infinity) - this.#options.nowMs();
      this.#lifetimeSeconds = Math.max(1, leftMs / 1000);
      const fromMs = performance.now();
      lane.addToken({ fromMs, endsMs: fromMs + leftMs, reason });
    });
    this.#element.addEventListener('tokenerror', ({ attempt, error: { code, status } }) => {
      this.#failedAttempts = attempt;
      lane.failures.push({ atMs: performance.now(), code, status });
    });
  }

  #showLife(): void {
    const { tokenState, expiresAt } = this.#element;
    const left = expiresAt && (expiresAt.getTime() - this.#options.nowMs()) / 1000;
    const view = describeTokenLife({
      state: tokenState,
      leftSeconds: left ?? undefined,
      lifetimeSeconds: this.#lifetimeSeconds,
      failedAttempts: this.#failedAttempts,
    });
    const percent = String(Math.round(view.share * 100));
    const bar = findPart(this.node, 'bar', HTMLElement);
    bar.setAttribute('aria-label', `Life of the token, ${NAMES[this.#options.kind]}`);
    bar.setAttribute('aria-valuenow', percent);
    bar.classList.toggle('is-low', view.share < 0.2);
    // Moved, not scaled: its end stays round.
    findPart(this.node, 'fill', HTMLElement).style.translate =
      `${(view.share * 100 - 100).toFixed(2)}%`;
    const chip = findPart(this.node, 'state', HTMLElement);
    chip.dataset['tone'] = view.tone;
    this.#card.setText('state', view.chip);
    this.#card.setText('left', view.left);
    this.#card.showFacts(this.#element, this.#stalls, this.#renewals);
  }
}

function createElement(kind: PlayerKind): SignedStreamElement {
  const element = document.createElement('signed-stream');
  element.setAttribute('player', kind);
  for (const flag of ['controls', 'muted', 'playsinline']) {
    element.toggleAttribute(flag, true);
  }
  // These two minutes would be buffered whole at once, and need no second token; a film would not.
  element.hlsConfig = { maxMaxBufferLength: 20 };
  return element;
}

function listAttributes(source: Source): readonly (readonly [string, string | undefined])[] {
  return [
    ['token-endpoint', source.tokenEndpoint],
    ['token-method', source.tokenMethod],
    ['token-credentials', source.tokenCredentials],
    ['delivery-origin', source.deliveryOrigin],
    ['customer-code', source.customerCode],
    ['sdk-url', source.sdkUrl],
  ];
}
