import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';

/** The three ways of authorising segments, of a video and of a live stream. */
export const VIDEOS = {
  'vod path-token': SAMPLE_UIDS.pathToken,
  'vod own-signature': SAMPLE_UIDS.ownSignature,
  'vod token-bound-names': SAMPLE_UIDS.tokenBoundNames,
  'live path-token': SAMPLE_UIDS.livePathToken,
  'live own-signature': SAMPLE_UIDS.liveOwnSignature,
  'live token-bound-names': SAMPLE_UIDS.liveTokenBoundNames,
} as const;
export type Video = keyof typeof VIDEOS;
export const VOD_VIDEOS: readonly Video[] = [
  'vod path-token',
  'vod own-signature',
  'vod token-bound-names',
];
