import { buildPlayerUrl } from '../../delivery/urls.js';
import { toPreload } from '../data-saver.js';
import type { Engine, EngineOptions, PlayerSettings } from '../engine.js';
import { ExchangeEngine } from '../exchange/exchange-engine.js';
import type { Deck, DeckFactory, DeckListener, DeckStart } from '../exchange/deck.js';
import { PlayerHabits } from '../exchange/player-habits.js';
import { toThumbnailUrl, wantsThumbnail } from '../show-thumbnail.js';
import { PlayerFrame } from './player-frame.js';
import { loadSdk, type StreamSdk } from './sdk.js';

export { loadSdk };

/**
 * Plays in Stream's own player, in a frame of its own origin.
 *
 * The player cannot be given another token without starting over, so for each token another frame
 * is made ready behind the one that plays, and takes over when it plays at the same place.
 */
export function createIframeEngine(options: EngineOptions): Engine {
  return new ExchangeEngine(options, (settings) => new FrameFactory(options, settings));
}

class FrameFactory implements DeckFactory {
  readonly startsOver = true;
  readonly tellsLive = false;
  /**
   * Chromium mixes the sound of frames that share a process in the first one that sounded. When that
   * frame goes while another one sounds, the other one's sound and clock stand still for good.
   */
  readonly mustGoFirst = /Chrom(?:e|ium)\//.test(navigator.userAgent);
  /** WebKit empties its decoders to change the speed: the video jolts, and at times stands still. */
  readonly habits = new PlayerHabits(!navigator.vendor.startsWith('Apple'));
  readonly #options: EngineOptions;
  readonly #settings: () => PlayerSettings;
  #sdk: StreamSdk | undefined;

  constructor(options: EngineOptions, settings: () => PlayerSettings) {
    this.#options = options;
    this.#settings = settings;
  }

  async prepare(): Promise<void> {
    this.#sdk = await loadSdk(this.#options.sdkUrl);
  }

  create(parent: HTMLElement, start: DeckStart, listener: DeckListener): Deck {
    if (this.#sdk === undefined) throw new TypeError('the SDK is not there yet');
    const settings = this.#settings();
    const { token, atSeconds, autoplay, muted, isNext, isResumed } = start;
    const isFirst = !autoplay && !isNext && atSeconds <= this.#options.startSeconds;
    const url = buildPlayerUrl(this.#options.delivery, token, {
      ...settings,
      adUrl: isResumed ? '' : settings.adUrl,
      poster: this.#findPoster(token, settings, isFirst),
      autoplay,
      muted,
      startTimeSeconds: atSeconds,
      // A frame that is not going to play yet would otherwise load no more than its first segment.
      preload: isNext || atSeconds > 0 ? 'auto' : toPreload(settings),
    });
    const { title } = settings;
    return new PlayerFrame(
      this.#sdk,
      parent,
      { url, token, title, startSeconds: atSeconds },
      listener,
    );
  }

  /** The player shows the picture that is set at Stream by itself, so that only another one is told. */
  #findPoster(token: string, settings: PlayerSettings, isFirst: boolean): string | undefined {
    const { poster, posterTime } = settings;
    if (isFirst && posterTime !== '' && wantsThumbnail(settings)) {
      return toThumbnailUrl(this.#options, token, settings, POSTER_HEIGHT);
    }
    return poster === 'none' ? undefined : poster;
  }

  /**
   * Full screen is a frame's own, and so is leave to sound where the page itself may not: another
   * frame cannot take them over.
   */
  isPinned({ node, player }: Deck): boolean {
    const root = node.getRootNode();
    const isFullScreen = root instanceof ShadowRoot && root.fullscreenElement === node;
    return isFullScreen || (this.mustGoFirst && !player.muted && !mayPageSound());
  }
}

/** A frame is not laid out yet when its address is made. */
const POSTER_HEIGHT = 720;

/** Whether what plays in this page, frames included, may sound without a gesture of its own. */
function mayPageSound(): boolean {
  const policy: unknown = 'featurePolicy' in document ? document.featurePolicy : undefined;
  return !isPolicy(policy) || policy.allowsFeature('autoplay');
}

function isPolicy(value: unknown): value is { allowsFeature(feature: string): boolean } {
  return typeof value === 'object' && value !== null && 'allowsFeature' in value;
}
