import { loadWhenIdle } from './element/load-message.js';
import type { RenditionList as Renditions } from './element/rendition-list.js';
import { SignedStreamElement } from './element/signed-stream-element.js';
import type { TrackList as Tracks } from './element/track-list.js';

// On a server there is no registry; in a page another copy may have come first.
if (typeof customElements !== 'undefined' && customElements.get('signed-stream') === undefined) {
  customElements.define('signed-stream', SignedStreamElement);
  loadWhenIdle();
}

export { SignedStreamElement };
// Types alone: a page makes no such lists.
export type RenditionList = Renditions;
export type TrackList<T extends { readonly id?: string | undefined }> = Tracks<T>;
export { SignedStreamErrorEvent, TokenChangeEvent, TokenErrorEvent } from './element/events.js';
export type { AudioTrackChoice, Rendition } from './engine/engine.js';
export type { PlaybackError } from './element/playback-error.js';
export { setTexts } from './element/texts/own-texts.js';
export type { TextKey, Texts } from './element/texts/texts.js';
export type { TokenState } from './element/token-state.js';
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
