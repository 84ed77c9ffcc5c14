import { property } from 'lit/decorators.js';
import type { TokenProvider } from '../token/token-fetcher.js';
import { parseStartTime } from './attributes.js';
import { VideoHost } from './video-host.js';

/** What a page says is to be played, and how: the attributes of `<signed-stream>`. */
export abstract class OptionHost extends VideoHost {
  /** Uid of the video or live input. */
  @property({ attribute: 'video-id', useDefault: true }) videoId = '';
  /**
   * URL of the page's token endpoint; `{video-id}` in it is replaced, otherwise `?video-id=` is
   * added.
   */
  @property({ attribute: 'token-endpoint', useDefault: true }) tokenEndpoint = '';
  /** `get`, or `post` to send JSON `{ "videoId": … }`. Default `get`. */
  @property({ attribute: 'token-method', useDefault: true }) tokenMethod = 'get';
  /** `same-origin`, `include` or `omit`. Default `same-origin`. */
  @property({ attribute: 'token-credentials', useDefault: true }) tokenCredentials = 'same-origin';
  /** A token that is already in the page: the first frame needs no round trip. */
  @property({ useDefault: true }) token = '';
  /** The `<code>` of `customer-<code>.cloudflarestream.com`. Default: the vendor's shared hosts. */
  @property({ attribute: 'customer-code', useDefault: true }) customerCode = '';
  /** Any other origin that delivers the video; goes before `customer-code`. */
  @property({ attribute: 'delivery-origin', useDefault: true }) deliveryOrigin = '';
  /** Where the Stream player's SDK is loaded from. Default: the vendor's. */
  @property({ attribute: 'sdk-url', useDefault: true }) sdkUrl = '';
  /** `iframe` (Stream's own player) or `hls` (hls.js). Default `iframe`. */
  @property({ useDefault: true }) override player = 'iframe';
  /** `lazy`: no request until the element is near the viewport. Default `eager`. */
  @property({ useDefault: true }) loading = 'eager';
  /**
   * Plays as soon as it can, where the browser allows that. The attribute `autoplay="muted-fallback"`
   * plays without sound where it does not. Default off.
   */
  @property({ type: Boolean, reflect: true, useDefault: true }) autoplay = false;
  /** Shows the player's controls. Default off. */
  @property({ type: Boolean, reflect: true }) controls = false;
  /** Begins again at the end. Default off. */
  @property({ type: Boolean, reflect: true }) loop = false;
  /** Plays in the page, where a phone would go to full screen. Default off. */
  @property({ type: Boolean, reflect: true, attribute: 'playsinline' }) playsInline = false;
  @property({ type: Boolean, reflect: true, attribute: 'muted' }) override defaultMuted = false;
  /** Address of a picture shown before the first frame. */
  @property({ reflect: true, useDefault: true }) poster = '';
  /** `none` (no token until play), `metadata` or `auto`. */
  @property({ reflect: true, useDefault: true }) preload = '';
  /** Where to begin: seconds, or `1h12m27s`. Default 0. */
  @property({ attribute: 'start-time', converter: parseStartTime }) startTime = 0;
  /** Accent colour of the Stream player. */
  @property({ attribute: 'primary-color', useDefault: true }) primaryColor = '';
  /** Colour of the bars beside the picture in the Stream player. */
  @property({ attribute: 'letterbox-color', useDefault: true }) letterboxColor = '';
  /** BCP-47 code of the captions to show at the start in the Stream player. */
  @property({ attribute: 'default-text-track', useDefault: true }) defaultTextTrack = '';
  /** VAST address of ads in the Stream player. */
  @property({ attribute: 'ad-url', useDefault: true }) adUrl = '';
  /** Low-latency HLS where the live input has it. */
  @property({ type: Boolean, attribute: 'low-latency' }) lowLatency = false;
  /** Rewinding in a live stream. */
  @property({ type: Boolean }) override dvr = false;
  /** A function that gives tokens, instead of an endpoint. */
  @property({ attribute: false }) tokenProvider: TokenProvider | undefined;
  /** Headers for the token endpoint. */
  @property({ attribute: false }) tokenHeaders: Readonly<Record<string, string>> = {};
  /** More options for hls.js; read when a player is made, so that a change is for the next one. */
  @property({ attribute: false }) hlsConfig: Readonly<Record<string, unknown>> | undefined;
}
