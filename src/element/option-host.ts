import type { PropertyDeclaration, PropertyValues } from '@lit/reactive-element';
import type { TokenProvider } from '../token/token-fetcher.js';
import { parseStartTime } from './attributes.js';
import { VideoHost } from './video-host.js';

/** As Lit has it, with what it is before anything is said of it: `false` or no text, unless given. */
interface OptionDeclaration extends PropertyDeclaration {
  readonly initial?: unknown;
}

/** What a page says is to be played, and how: the attributes of `<signed-stream>`. */
export abstract class OptionHost extends VideoHost {
  static override properties: Readonly<Record<string, OptionDeclaration>> = {
    videoId: { attribute: 'video-id' },
    tokenEndpoint: { attribute: 'token-endpoint' },
    tokenMethod: { attribute: 'token-method', initial: 'get' },
    tokenCredentials: { attribute: 'token-credentials', initial: 'same-origin' },
    token: {},
    customerCode: { attribute: 'customer-code' },
    deliveryOrigin: { attribute: 'delivery-origin' },
    sdkUrl: { attribute: 'sdk-url' },
    player: { initial: 'iframe' },
    loading: { initial: 'eager' },
    autoplay: { type: Boolean, reflect: true },
    controls: { type: Boolean, reflect: true },
    loop: { type: Boolean, reflect: true },
    playsInline: { type: Boolean, reflect: true, attribute: 'playsinline' },
    defaultMuted: { type: Boolean, reflect: true, attribute: 'muted' },
    poster: { reflect: true },
    posterTime: { attribute: 'poster-time' },
    preload: { reflect: true },
    startTime: { attribute: 'start-time', converter: parseStartTime, initial: 0 },
    primaryColor: { attribute: 'primary-color' },
    letterboxColor: { attribute: 'letterbox-color' },
    defaultTextTrack: { attribute: 'default-text-track' },
    adUrl: { attribute: 'ad-url' },
    lowLatency: { type: Boolean, attribute: 'low-latency' },
    dvr: { type: Boolean },
    tokenProvider: { attribute: false },
    tokenHeaders: { attribute: false, initial: Object.freeze({}) },
    hlsConfig: { attribute: false },
  };

  static {
    for (const [name, option] of Object.entries(this.properties)) complete(this, name, option);
  }

  /**
   * Uid of the video or live input.
   *
   * @default ''
   */
  videoId!: string;
  /**
   * URL of the page's token endpoint; `{video-id}` in it is replaced, otherwise `?video-id=` is
   * added.
   *
   * @default ''
   */
  tokenEndpoint!: string;
  /**
   * `get`, or `post` to send JSON `{ "videoId": … }`. Default `get`.
   *
   * @default 'get'
   */
  tokenMethod!: string;
  /**
   * `same-origin`, `include` or `omit`. Default `same-origin`.
   *
   * @default 'same-origin'
   */
  tokenCredentials!: string;
  /**
   * A token that is already in the page: the first frame needs no round trip.
   *
   * @default ''
   */
  token!: string;
  /**
   * The `<code>` of `customer-<code>.cloudflarestream.com`. Default: the vendor's shared hosts.
   *
   * @default ''
   */
  customerCode!: string;
  /**
   * Any other origin that delivers the video; goes before `customer-code`.
   *
   * @default ''
   */
  deliveryOrigin!: string;
  /**
   * Where the Stream player's SDK is loaded from. Default: the vendor's.
   *
   * @default ''
   */
  sdkUrl!: string;
  /**
   * `iframe` (Stream's own player) or `hls` (hls.js). Default `iframe`.
   *
   * @default 'iframe'
   */
  override player!: string;
  /**
   * `lazy`: no request until the element is near the viewport. Default `eager`.
   *
   * @default 'eager'
   */
  loading!: string;
  /**
   * Plays as soon as it can, where the browser allows that. The attribute `autoplay="muted-fallback"`
   * plays without sound where it does not. Default off.
   *
   * @default false
   */
  autoplay!: boolean;
  /**
   * Shows the player's controls. Default off.
   *
   * @default false
   */
  controls!: boolean;
  /**
   * Begins again at the end. Default off.
   *
   * @default false
   */
  loop!: boolean;
  /**
   * Plays in the page, where a phone would go to full screen. Default off.
   *
   * @default false
   */
  playsInline!: boolean;
  /** @default false */
  override defaultMuted!: boolean;
  /**
   * Address of a picture shown before it plays; `none` for none. Default: the video's own.
   *
   * @default ''
   */
  poster!: string;
  /**
   * Where in the video its own picture is from: `90`, `90s` or `1m30s`.
   *
   * @default ''
   */
  posterTime!: string;
  /**
   * `none` (no token until play), `metadata` or `auto`.
   *
   * @default ''
   */
  preload!: string;
  /**
   * Where to begin: seconds, or `1h12m27s`. Default 0.
   *
   * @default 0
   */
  startTime!: number;
  /**
   * Accent colour of the Stream player.
   *
   * @default ''
   */
  primaryColor!: string;
  /**
   * Colour of the bars beside the picture in the Stream player.
   *
   * @default ''
   */
  letterboxColor!: string;
  /**
   * BCP-47 code of the captions to show at the start in the Stream player.
   *
   * @default ''
   */
  defaultTextTrack!: string;
  /**
   * VAST address of ads in the Stream player.
   *
   * @default ''
   */
  adUrl!: string;
  /**
   * Low-latency HLS where the live input has it.
   *
   * @default false
   */
  lowLatency!: boolean;
  /**
   * Rewinding in a live stream.
   *
   * @default false
   */
  override dvr!: boolean;
  /** A function that gives tokens, instead of an endpoint. */
  tokenProvider: TokenProvider | undefined;
  /**
   * Headers for the token endpoint.
   *
   * @default {}
   */
  tokenHeaders!: Readonly<Record<string, string>>;
  /** More options for hls.js; read when a player is made, so that a change is for the next one. */
  hlsConfig: Readonly<Record<string, unknown>> | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    // A framework that takes a property away sets it to `undefined` or `null`.
    for (const key of changed.keys()) {
      const initial: unknown = Reflect.get(OptionHost.getPropertyOptions(key), 'initial');
      if (typeof initial === 'string') Reflect.set(this, key, Reflect.get(this, key) ?? initial);
    }
  }
}

/**
 * Gives a property its accessors and its first value, which is the prototype's: what nothing is said of
 * costs an element nothing. They are those of the class above, or Lit would take each first value for a
 * change.
 */
function complete(
  { prototype }: { readonly prototype: OptionHost },
  name: string,
  option: OptionDeclaration,
): void {
  const { type, attribute, initial = findInitial(type, attribute) } = option;
  const toText = (value: string | null): unknown => value ?? initial;
  const converter = option.converter ?? (typeof initial === 'string' ? toText : undefined);
  Object.assign(option, { initial, converter, noAccessor: true });
  const key = Symbol(name);
  const above: object = Object.getPrototypeOf(prototype);
  Object.defineProperty(above, key, { value: initial, writable: true });
  Object.defineProperty(above, name, {
    configurable: true,
    enumerable: true,
    get(this: OptionHost): unknown {
      return Reflect.get(this, key);
    },
    set(this: OptionHost, value: unknown) {
      const before: unknown = Reflect.get(this, key);
      Reflect.set(this, key, value);
      this.requestUpdate(name, before);
    },
  });
}

function findInitial(type: unknown, attribute: unknown): false | '' | undefined {
  if (type === Boolean) return false;
  return attribute === false ? undefined : '';
}
