import { loadWhenIdle } from './element/load-message.js';
import { SignedStreamElement } from './element/signed-stream-element.js';

// On a server there is no registry; in a page another copy may have come first.
if (typeof customElements !== 'undefined' && customElements.get('signed-stream') === undefined) {
  customElements.define('signed-stream', SignedStreamElement);
  loadWhenIdle();
}

export { SignedStreamElement };
export { SignedStreamErrorEvent, TokenChangeEvent, TokenErrorEvent } from './element/events.js';
export type { AudioTrackChoice, Rendition } from './engine/engine.js';
export type { PlaybackError } from './element/playback-error.js';
export type { RenditionList } from './element/rendition-list.js';
export { setTexts } from './element/texts/own-texts.js';
export type { TextKey, Texts } from './element/texts/texts.js';
export type { TokenState } from './element/token-state.js';
export type { TrackList } from './element/track-list.js';
export type { StreamType } from './element/video-host.js';
export {
  SignedStreamError,
  type SignedStreamErrorCode,
  type SignedStreamErrorOptions,
} from './errors.js';
export type { TokenClaims } from './token/claims.js';
export type { RenewalReason, TokenProvider, TokenRequest } from './token/token-fetcher.js';

declare global {
  interface HTMLElementTagNameMap {
    'signed-stream': SignedStreamElement;
  }
}
