import type { DemoConfig, DemoVideo } from '../shared/demo-config.js';
import type { Settings } from './settings.js';

/** What the players are given; both have the same. */
export interface Source {
  readonly videoId: string;
  readonly tokenEndpoint: string;
  readonly live: boolean;
  readonly title: string;
}

export function resolveSource(config: DemoConfig, settings: Settings): Source | undefined {
  const video = findVideo(config, settings);
  if (!video) return undefined;
  const text = settings.stringTimes && config.mode === 'local' ? '&exp=string' : '';
  return {
    videoId: video.uid,
    tokenEndpoint: `/api/stream-token?lifetime=${settings.lifetimeSeconds}${text}`,
    live: video.kind === 'live',
    title: video.title,
  };
}

function findVideo({ mode, videos }: DemoConfig, { auth, live }: Settings): DemoVideo | undefined {
  if (mode !== 'local') return videos[0];
  const kind = live ? 'live' : 'vod';
  return videos.find((video) => video.kind === kind && video.segmentAuth === auth);
}
