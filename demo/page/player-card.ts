import type { SignedStreamElement } from '../../src/index.js';
import type { DemoConfig } from '../shared/demo-config.js';
import { describeEvent, LOGGED_EVENTS, type EventEntry } from './event-entry.js';
import { find, findPart } from './find.js';
import type { PlayerKind } from './settings.js';
import type { Source } from './source.js';
import { describeTokenLife } from './token-life.js';

const NAMES: Readonly<Record<PlayerKind, string>> = {
  iframe: 'Stream’s player',
  hls: 'hls.js',
};

export interface PlayerCardOptions {
  readonly kind: PlayerKind;
  readonly config: DemoConfig;
  /** The time by which tokens live and die. */
  readonly nowMs: () => number;
  readonly onEvent: (entry: EventEntry) => void;
}

/** One player, its token's life and what happened to it. */
export class PlayerCard {
  readonly node: HTMLElement;
  readonly #options: PlayerCardOptions;
  readonly #element: SignedStreamElement;
  #frame = 0;
  #renewals = 0;
  #stalls = 0;
  #hasPlayed = false;
  #failedAttempts = 0;
  #lifetimeSeconds = 1;

  constructor(options: PlayerCardOptions, source: Source) {
    this.#options = options;
    this.node = cloneCard();
    find('h2', HTMLHeadingElement, this.node).textContent = NAMES[options.kind];
    this.#element = createElement(options);
    this.#listen();
    this.update(source);
    findPart(this.node, 'stage', HTMLElement).append(this.#element);
    findPart(this.node, 'renew', HTMLButtonElement).addEventListener('click', () => {
      // Why it failed is in the log: the element says so with `tokenerror`.
      this.#element.renewToken().catch(() => undefined);
    });
    const animate = (): void => {
      this.#showLife();
      this.#frame = requestAnimationFrame(animate);
    };
    this.#frame = requestAnimationFrame(animate);
  }

  update(source: Source): void {
    const element = this.#element;
    if (element.getAttribute('video-id') !== source.videoId) {
      this.#startOver();
      element.setAttribute('video-id', source.videoId);
      void this.#play();
    }
    element.setAttribute('token-endpoint', source.tokenEndpoint);
    element.title = `${source.title} (${NAMES[this.#options.kind]})`;
    element.toggleAttribute('loop', !source.live);
  }

  /** Not `autoplay`: browsers pause what started so when it is scrolled away, as to the switches. */
  async #play(): Promise<void> {
    await this.#element.updateComplete;
    // A browser that does not let it start leaves that to the viewer and the controls.
    await this.#element.play().catch(() => undefined);
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.node.remove();
  }

  #startOver(): void {
    this.#renewals = 0;
    this.#stalls = 0;
    this.#hasPlayed = false;
    this.#failedAttempts = 0;
  }

  #listen(): void {
    for (const [type, group] of Object.entries(LOGGED_EVENTS)) {
      this.#element.addEventListener(type, (event) => {
        this.#count(event);
        const detail = describeEvent(event, this.#element, this.#options.nowMs());
        const player = NAMES[this.#options.kind];
        this.#options.onEvent({ at: new Date(), player, type, group, detail });
      });
    }
    this.#element.addEventListener('tokenchange', ({ reason, expiresAt }) => {
      this.#failedAttempts = 0;
      if (reason !== 'initial') this.#renewals += 1;
      const endsMs = expiresAt?.getTime() ?? Infinity;
      this.#lifetimeSeconds = Math.max(1, (endsMs - this.#options.nowMs()) / 1000);
    });
    this.#element.addEventListener('tokenerror', ({ attempt }) => {
      this.#failedAttempts = attempt;
    });
  }

  /** A stall is a wait that nobody asked for: not the first start, not a seek, not the loop. */
  #count({ type }: Event): void {
    const { seeking, ended, paused } = this.#element;
    if (type === 'playing') this.#hasPlayed = true;
    if (type === 'waiting' && this.#hasPlayed && !seeking && !ended && !paused) this.#stalls += 1;
    if (type === 'seeking' || type === 'ended' || type === 'emptied') this.#hasPlayed = false;
  }

  #showLife(): void {
    const { tokenState, expiresAt, buffered, currentTime, videoWidth, videoHeight } = this.#element;
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
    findPart(this.node, 'fill', HTMLElement).style.scale = `${view.share.toFixed(4)} 1`;
    const chip = findPart(this.node, 'state', HTMLElement);
    chip.dataset['tone'] = view.tone;
    this.#setText('state', view.chip);
    this.#setText('left', view.left);
    this.#setText('renewals', String(this.#renewals));
    this.#setText('stalls', String(this.#stalls));
    this.#setText('buffered', formatBuffered(buffered, currentTime));
    this.#setText('picture', videoHeight > 0 ? `${videoWidth} × ${videoHeight}` : '–');
  }

  #setText(part: string, text: string): void {
    const node = findPart(this.node, part, HTMLElement);
    if (node.textContent !== text) node.textContent = text;
  }
}

function cloneCard(): HTMLElement {
  const template = find('#player-card', HTMLTemplateElement);
  return find('.card', HTMLElement, document.importNode(template.content, true));
}

function createElement({ kind, config }: PlayerCardOptions): SignedStreamElement {
  const element = document.createElement('signed-stream');
  const { deliveryOrigin, customerCode, sdkUrl } = config;
  element.setAttribute('player', kind);
  if (deliveryOrigin !== undefined) element.setAttribute('delivery-origin', deliveryOrigin);
  if (customerCode !== undefined) element.setAttribute('customer-code', customerCode);
  if (sdkUrl !== undefined) element.setAttribute('sdk-url', sdkUrl);
  for (const flag of ['controls', 'muted', 'playsinline']) {
    element.toggleAttribute(flag, true);
  }
  // These two minutes would be buffered whole at once, and need no second token; a film would not.
  element.hlsConfig = { maxMaxBufferLength: 20 };
  return element;
}

/** How many seconds ahead of the picture are there to play. */
function formatBuffered(buffered: TimeRanges, currentTime: number): string {
  for (let index = 0; index < buffered.length; index += 1) {
    const [start, end] = [buffered.start(index), buffered.end(index)];
    if (start <= currentTime + 0.1 && currentTime <= end) {
      return `${(end - currentTime).toFixed(0)} s ahead`;
    }
  }
  return '–';
}
