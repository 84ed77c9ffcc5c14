import type { VideoSettings } from './state/videos.js';

/** The videos and live inputs every local Stream has. Their uids never change. */
export const SAMPLE_UIDS = {
  /** Private; segment URLs carry the token in their path. */
  pathToken: '5d5bc37ffcf54c9b82e996823bffbb81',
  /** Private; segment URLs carry the uid and a signature that dies with the token. */
  ownSignature: '6b9e68b07dfee8cc2d116e4c51d6a957',
  /** Private; rendition names belong to the token they were handed to. */
  tokenBoundNames: '31c9291ab41fac05471db4e73aa11717',
  /** Private; rendition names, and what signs the segments, belong to the token. */
  tokenBoundMedia: '7d0f7ab2d31f4e7f8d8f0d3f3d1c2b9e',
  /** Private, as `ownSignature`; has sound in two languages. */
  dubbed: 'e1f6a5d04c8b47d3a2905b7c63d8f21e',
  /** Anybody may watch it, with its uid or with a token. */
  public: 'ea95132c15732412d22c1476fa83f27a',
  /** Encoding failed: 424 for everything. */
  errored: 'cc2b2c12c42d6b742f28e7d3e3e9461f',
  /** Uploaded, but not ready yet. */
  queued: '8f926b2b01f383510025a78a4dcbf6a8',
  livePathToken: '66be4bf738797e01e1fca35a7bdecdcd',
  liveOwnSignature: '55b9b5ce48c3968c6b514c458959d6a3',
  liveTokenBoundNames: 'b236bde30eb07b9d01318940e5fc3eda',
  /** A live input to which nobody broadcasts. */
  liveIdle: '0cd68bb1bc4d4d8fb05eb6ea7e1dd6d4',
} as const;

/** Fresh settings, so that what one server's tests change is not seen by the next. */
export function createSampleVideos(): VideoSettings[] {
  const videos: Omit<VideoSettings, 'allowedOrigins'>[] = [
    { ...PRIVATE_VIDEO, uid: SAMPLE_UIDS.pathToken, name: 'Private, token in the path' },
    {
      ...PRIVATE_VIDEO,
      uid: SAMPLE_UIDS.ownSignature,
      name: 'Private, segments with a signature of their own',
      segmentAuth: 'own-signature',
    },
    {
      ...PRIVATE_VIDEO,
      uid: SAMPLE_UIDS.tokenBoundNames,
      name: 'Private, names bound to the token',
      segmentAuth: 'token-bound-names',
    },
    {
      ...PRIVATE_VIDEO,
      uid: SAMPLE_UIDS.tokenBoundMedia,
      name: 'Private, names and segments bound to the token',
      segmentAuth: 'token-bound-media',
    },
    {
      ...PRIVATE_VIDEO,
      uid: SAMPLE_UIDS.dubbed,
      name: 'Private, with sound in two languages',
      segmentAuth: 'own-signature',
      dubbed: true,
    },
    {
      ...PRIVATE_VIDEO,
      uid: SAMPLE_UIDS.public,
      name: 'Public',
      requireSignedURLs: false,
    },
    { ...PRIVATE_VIDEO, uid: SAMPLE_UIDS.errored, name: 'Failed to encode', state: 'error' },
    { ...PRIVATE_VIDEO, uid: SAMPLE_UIDS.queued, name: 'Not ready yet', state: 'queued' },
    { ...PRIVATE_LIVE, uid: SAMPLE_UIDS.livePathToken, name: 'Live, token in the path' },
    {
      ...PRIVATE_LIVE,
      uid: SAMPLE_UIDS.liveOwnSignature,
      name: 'Live, segments with a signature of their own',
      segmentAuth: 'own-signature',
    },
    {
      ...PRIVATE_LIVE,
      uid: SAMPLE_UIDS.liveTokenBoundNames,
      name: 'Live, names bound to the token',
      segmentAuth: 'token-bound-names',
    },
    {
      ...PRIVATE_LIVE,
      uid: SAMPLE_UIDS.liveIdle,
      name: 'Live, nobody broadcasts',
      state: 'queued',
    },
  ];
  return videos.map((video) => ({ ...video, allowedOrigins: [] }));
}

const PRIVATE_VIDEO = {
  kind: 'vod',
  requireSignedURLs: true,
  segmentAuth: 'path-token',
  downloadEnabled: true,
  dubbed: false,
  state: 'ready',
} as const;

const PRIVATE_LIVE = { ...PRIVATE_VIDEO, kind: 'live', downloadEnabled: false } as const;
