import type { PropertyDeclarations } from '@lit/reactive-element';
import type { TokenProvider } from '../token/token-fetcher.js';
import { parseStartTime } from './attributes.js';
import { VideoHost } from './video-host.js';

/** What a page says is to be played, and how: the attributes of `<signed-stream>`. */
export abstract class OptionHost extends VideoHost {
  static override properties: PropertyDeclarations = {
    videoId: { attribute: 'video-id', useDefault: true },
    tokenEndpoint: { attribute: 'token-endpoint', useDefault: true },
    tokenMethod: { attribute: 'token-method', useDefault: true },
    tokenCredentials: { attribute: 'token-credentials', useDefault: true },
    token: { useDefault: true },
    customerCode: { attribute: 'customer-code', useDefault: true },
    deliveryOrigin: { attribute: 'delivery-origin', useDefault: true },
    sdkUrl: { attribute: 'sdk-url', useDefault: true },
    player: { useDefault: true },
    loading: { useDefault: true },
    autoplay: { type: Boolean, reflect: true, useDefault: true },
    controls: { type: Boolean, reflect: true },
    loop: { type: Boolean, reflect: true },
    playsInline: { type: Boolean, reflect: true, attribute: 'playsinline' },
    defaultMuted: { type: Boolean, reflect: true, attribute: 'muted' },
    poster: { reflect: true, useDefault: true },
    preload: { reflect: true, useDefault: true },
    startTime: { attribute: 'start-time', converter: parseStartTime },
    primaryColor: { attribute: 'primary-color', useDefault: true },
    letterboxColor: { attribute: 'letterbox-color', useDefault: true },
    defaultTextTrack: { attribute: 'default-text-track', useDefault: true },
    adUrl: { attribute: 'ad-url', useDefault: true },
    lowLatency: { type: Boolean, attribute: 'low-latency' },
    dvr: { type: Boolean },
    tokenProvider: { attribute: false },
    tokenHeaders: { attribute: false },
    hlsConfig: { attribute: false },
  };

  /** Uid of the video or live input. */
  videoId = '';
  /**
   * URL of the page's token endpoint; `{video-id}` in it is replaced, otherwise `?video-id=` is
   * added.
   */
  tokenEndpoint = '';
  /** `get`, or `post` to send JSON `{ "videoId": … }`. Default `get`. */
  tokenMethod = 'get';
  /** `same-origin`, `include` or `omit`. Default `same-origin`. */
  tokenCredentials = 'same-origin';
  /** A token that is already in the page: the first frame needs no round trip. */
  token = '';
  /** The `<code>` of `customer-<code>.cloudflarestream.com`. Default: the vendor's shared hosts. */
  customerCode = '';
  /** Any other origin that delivers the video; goes before `customer-code`. */
  deliveryOrigin = '';
  /** Where the Stream player's SDK is loaded from. Default: the vendor's. */
  sdkUrl = '';
  /** `iframe` (Stream's own player) or `hls` (hls.js). Default `iframe`. */
  override player = 'iframe';
  /** `lazy`: no request until the element is near the viewport. Default `eager`. */
  loading = 'eager';
  /**
   * Plays as soon as it can, where the browser allows that. The attribute `autoplay="muted-fallback"`
   * plays without sound where it does not. Default off.
   */
  autoplay = false;
  /** Shows the player's controls. Default off. */
  controls = false;
  /** Begins again at the end. Default off. */
  loop = false;
  /** Plays in the page, where a phone would go to full screen. Default off. */
  playsInline = false;
  override defaultMuted = false;
  /** Address of a picture shown before the first frame. */
  poster = '';
  /** `none` (no token until play), `metadata` or `auto`. */
  preload = '';
  /** Where to begin: seconds, or `1h12m27s`. Default 0. */
  startTime = 0;
  /** Accent colour of the Stream player. */
  primaryColor = '';
  /** Colour of the bars beside the picture in the Stream player. */
  letterboxColor = '';
  /** BCP-47 code of the captions to show at the start in the Stream player. */
  defaultTextTrack = '';
  /** VAST address of ads in the Stream player. */
  adUrl = '';
  /** Low-latency HLS where the live input has it. */
  lowLatency = false;
  /** Rewinding in a live stream. */
  override dvr = false;
  /** A function that gives tokens, instead of an endpoint. */
  tokenProvider: TokenProvider | undefined;
  /** Headers for the token endpoint. */
  tokenHeaders: Readonly<Record<string, string>> = {};
  /** More options for hls.js; read when a player is made, so that a change is for the next one. */
  hlsConfig: Readonly<Record<string, unknown>> | undefined;
}
