import type { TokenProvider } from '../../src/index.js';
import type { DemoConfig, DemoVideo } from '../shared/demo-config.js';
import type { Settings } from './settings.js';

/** What the players are given; all have the same. */
export interface Source {
  readonly videoId: string;
  readonly title: string;
  readonly live: boolean;
  /** Absent where a function gives the tokens. */
  readonly tokenEndpoint: string | undefined;
  readonly tokenProvider: TokenProvider | undefined;
  readonly tokenMethod: 'get' | 'post';
  readonly tokenCredentials: 'same-origin' | 'include' | 'omit';
  readonly deliveryOrigin: string | undefined;
  readonly customerCode: string | undefined;
  /** Absent: the vendor's own script. */
  readonly sdkUrl: string | undefined;
  /** Another origin that delivers the same video; absent where there is none. */
  readonly secondOrigin: string | undefined;
}

export function resolveSource(config: DemoConfig, settings: Settings): Source | undefined {
  const video = findVideo(config, settings);
  if (!video) return undefined;
  const { deliveryOrigin, customerCode, sdkUrl, secondOrigin } = config;
  const text = settings.stringTimes && config.mode === 'local' ? '&exp=string' : '';
  return {
    videoId: video.uid,
    title: video.title,
    live: video.kind === 'live',
    tokenEndpoint: `/api/stream-token?lifetime=${settings.lifetimeSeconds}${text}`,
    tokenProvider: undefined,
    tokenMethod: 'get',
    tokenCredentials: 'same-origin',
    deliveryOrigin,
    customerCode,
    sdkUrl,
    secondOrigin,
  };
}

function findVideo({ mode, videos }: DemoConfig, { auth, live }: Settings): DemoVideo | undefined {
  if (mode !== 'local') return videos[0];
  const kind = live ? 'live' : 'vod';
  return videos.find((video) => video.kind === kind && video.segmentAuth === auth);
}
