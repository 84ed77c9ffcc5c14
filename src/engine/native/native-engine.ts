import { buildManifestUrl } from '../../delivery/urls.js';
import { SignedStreamError } from '../../errors.js';
import type { Engine, EngineOptions, PlayerSettings, RemoteFront } from '../engine.js';
import type { Deck, DeckFactory, DeckListener, DeckStart } from '../exchange/deck.js';
import { ExchangeEngine } from '../exchange/exchange-engine.js';
import { PlayerHabits } from '../exchange/player-habits.js';
import { serveRemote } from '../serve-remote.js';
import { showThumbnail } from '../show-thumbnail.js';
import { VideoDeck } from './video-deck.js';

/**
 * Plays HLS by the browser itself, where there is no MediaSource for hls.js. Its requests cannot be
 * changed, so that for each token another `<video>` takes over.
 *
 * @throws SignedStreamError `engine-unsupported`
 */
export function createNativeEngine(options: EngineOptions): Engine {
  const probe = document.createElement('video');
  if (probe.canPlayType('application/vnd.apple.mpegurl') === '') {
    throw new SignedStreamError('engine-unsupported', 'This browser plays no HLS.');
  }
  let factory: VideoFactory | undefined;
  const engine: Engine = new ExchangeEngine(options, (settings) => {
    factory = new VideoFactory(options, settings);
    return factory;
  });
  return Object.assign(engine, {
    serveRemote: (front: RemoteFront) => factory?.serveRemote(front),
  });
}

class VideoFactory implements DeckFactory {
  readonly startsOver = false;
  readonly tellsLive = true;
  readonly mustGoFirst = false;
  /** What WebKit does to change the speed is seen: a jolt, and at times a video that stands still. */
  readonly habits = new PlayerHabits(false, START_LATENCY_SECONDS);
  readonly #options: EngineOptions;
  readonly #settings: () => PlayerSettings;
  #remote: RemoteFront | undefined;
  #seen: VideoDeck | undefined;

  constructor(options: EngineOptions, settings: () => PlayerSettings) {
    this.#options = options;
    this.#settings = settings;
  }

  async prepare(): Promise<void> {}

  create(parent: HTMLElement, start: DeckStart, listener: DeckListener): VideoDeck {
    const settings = this.#settings();
    const buildUrl = (token: string): string =>
      buildManifestUrl(this.#options.delivery, token, settings);
    const deck = new VideoDeck(parent, settings, start, buildUrl, listener);
    const { token, atSeconds, autoplay, isNext } = start;
    // One that is going to take over has no use for a picture.
    if (!autoplay && !isNext && atSeconds <= this.#options.startSeconds) {
      showThumbnail(deck.node, this.#options, token, settings, deck.end);
    }
    return deck;
  }

  shown(deck: Deck): void {
    if (!(deck instanceof VideoDeck)) return;
    if (this.#seen !== undefined) deck.tracks = this.#seen.tracks;
    this.#seen = deck;
    this.#serve();
  }

  serveRemote(front: RemoteFront): void {
    this.#remote = front;
    this.#serve();
  }

  /** Full screen, picture-in-picture and AirPlay belong to one video element. */
  isPinned({ node }: Deck): boolean {
    const root = node.getRootNode();
    const inRoot = root instanceof ShadowRoot ? root : document;
    const isRemote =
      (node instanceof HTMLVideoElement && isElsewhere(node)) ||
      ('webkitCurrentPlaybackTargetIsWireless' in node &&
        node.webkitCurrentPlaybackTargetIsWireless === true);
    const isFullScreen =
      'webkitDisplayingFullscreen' in node && node.webkitDisplayingFullscreen === true;
    return (
      isRemote ||
      isFullScreen ||
      inRoot.fullscreenElement === node ||
      inRoot.pictureInPictureElement === node
    );
  }

  #serve(): void {
    if (this.#remote && this.#seen) serveRemote(this.#remote, this.#seen.node, this.#seen.end);
  }
}

function isElsewhere(video: HTMLVideoElement): boolean {
  return 'remote' in video && video.remote.state !== 'disconnected';
}

/** A video of the page's own, loaded and at its place, starts at once. */
const START_LATENCY_SECONDS = 0.03;
