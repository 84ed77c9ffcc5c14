import type { EngineMedia } from '../engine.js';
import type { DeckEventType } from './deck.js';

type Told = Pick<
  EngineMedia,
  'playbackRate' | 'volume' | 'muted' | 'duration' | 'videoWidth' | 'videoHeight'
>;

/**
 * What the page has been told of what plays. A deck that takes over has its own story (it loaded,
 * it started, it was brought to the right speed), of which the page must hear nothing: an event is
 * passed on only if it is news to the page.
 */
export class ToldState {
  #paused = true;
  #seeking = false;
  /** Whether the page waits for pictures to move. */
  #stalled = true;
  /** Whether the page has yet to hear that they will move to the end. */
  #doubtful = true;
  #loaded = new Set<DeckEventType>();
  readonly #values = new Map<DeckEventType, string>();

  constructor(media: Told) {
    for (const type of ['ratechange', 'volumechange'] as const) this.#isChange(type, media);
  }

  /** Whether an event is news; if so, the page knows from now on. */
  admits(type: DeckEventType, media: Told): boolean {
    switch (type) {
      case 'play':
        return this.#paused && this.#set({ paused: false });
      case 'pause':
        return !this.#paused && this.#set({ paused: true, stalled: true });
      case 'ended':
        return this.#set({ paused: true, stalled: true });
      case 'waiting':
        return this.#set({ stalled: true, doubtful: true });
      case 'seeking':
        return this.#set({ seeking: true, stalled: true, doubtful: true });
      case 'seeked':
        return this.#seeking && this.#set({ seeking: false });
      case 'playing':
        return this.#stalled && this.#set({ stalled: false });
      case 'canplay':
        return this.#stalled;
      case 'canplaythrough':
        return this.#doubtful && this.#set({ doubtful: false });
      case 'loadstart':
      case 'loadedmetadata':
      case 'loadeddata':
        return !this.#loaded.has(type) && this.#loaded.add(type).has(type);
      case 'durationchange':
      case 'resize':
      case 'ratechange':
      case 'volumechange':
        return this.#isChange(type, media);
      default:
        return true;
    }
  }

  #set(state: {
    paused?: boolean;
    seeking?: boolean;
    stalled?: boolean;
    doubtful?: boolean;
  }): true {
    this.#paused = state.paused ?? this.#paused;
    this.#seeking = state.seeking ?? this.#seeking;
    this.#stalled = state.stalled ?? this.#stalled;
    this.#doubtful = state.doubtful ?? this.#doubtful;
    return true;
  }

  #isChange(type: DeckEventType, media: Told): boolean {
    const value = describe(type, media);
    const isNew = this.#values.get(type) !== value;
    this.#values.set(type, value);
    return isNew;
  }
}

function describe(type: DeckEventType, media: Told): string {
  if (type === 'durationchange') return String(media.duration);
  if (type === 'resize') return `${media.videoWidth} ${media.videoHeight}`;
  if (type === 'ratechange') return String(media.playbackRate);
  return `${media.volume} ${media.muted}`;
}
