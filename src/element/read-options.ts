import { resolveDelivery } from '../delivery/origin.js';
import { VENDOR_SDK_URL } from '../delivery/sdk-url.js';
import type { PlayerSettings } from '../engine/engine.js';
import type { TokenOrigin } from '../token/lease-registry.js';
import { parseCredentials, parseMethod, parsePlayer, parsePreload } from './attributes.js';
import type { SessionSource } from './session.js';
import { resolveTokenOrigin } from './token-origin.js';
import type { TokenProvider } from '../token/token-fetcher.js';

/** The element's attributes and properties, as they are. */
export interface ElementOptions {
  readonly title: string;
  readonly videoId: string;
  readonly tokenEndpoint: string;
  readonly tokenMethod: string;
  readonly tokenCredentials: string;
  /** A framework that takes away what it has set leaves nothing in its place. */
  readonly tokenHeaders: Readonly<Record<string, string>> | undefined | null;
  readonly tokenProvider: TokenProvider | undefined | null;
  readonly customerCode: string;
  readonly deliveryOrigin: string;
  readonly sdkUrl: string;
  readonly player: string;
  readonly hlsConfig: Readonly<Record<string, unknown>> | undefined;
  readonly autoplay: boolean;
  readonly controls: boolean;
  readonly loop: boolean;
  readonly defaultMuted: boolean;
  readonly playsInline: boolean;
  readonly poster: string;
  readonly posterTime: string;
  readonly preload: string;
  readonly primaryColor: string;
  readonly letterboxColor: string;
  readonly defaultTextTrack: string;
  readonly adUrl: string;
  readonly lowLatency: boolean;
  readonly dvr: boolean;
}

/**
 * What the element's attributes say is to be played.
 *
 * @throws TypeError where they cannot be read
 */
export function readSource(element: ElementOptions): SessionSource {
  return {
    videoId: element.videoId,
    player: parsePlayer(element.player),
    delivery: resolveDelivery(element),
    sdkUrl: element.sdkUrl || VENDOR_SDK_URL,
    hlsConfig: element.hlsConfig,
  };
}

/**
 * What they say the player is to look and behave like.
 *
 * @param defaultTitle what a player is called that has no `title`
 */
export function readSettings(element: ElementOptions, defaultTitle: string): PlayerSettings {
  const { autoplay, controls, loop, poster, posterTime, lowLatency, dvr, adUrl } = element;
  const { primaryColor, letterboxColor, defaultTextTrack } = element;
  return {
    title: element.title || defaultTitle,
    autoplay,
    controls,
    loop,
    muted: element.defaultMuted,
    playsinline: element.playsInline,
    preload: parsePreload(element.preload),
    poster,
    posterTime,
    primaryColor,
    letterboxColor,
    defaultTextTrack,
    adUrl,
    lowLatency,
    dvr,
  };
}

/** Where they say tokens come from. */
export function readTokenOrigin(element: ElementOptions): TokenOrigin {
  return resolveTokenOrigin({
    endpoint: element.tokenEndpoint,
    method: parseMethod(element.tokenMethod),
    credentials: parseCredentials(element.tokenCredentials),
    headers: element.tokenHeaders ?? {},
    provider: element.tokenProvider ?? undefined,
    owner: element,
  });
}
