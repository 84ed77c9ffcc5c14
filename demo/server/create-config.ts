import { SEGMENT_AUTHS, type DemoConfig, type DemoVideo } from '../shared/demo-config.js';
import { ENDPOINT_FAULTS, LOCAL_ENDPOINT_FAULTS } from '../shared/faults.js';
import type { LocalStream } from '../stream/start.js';
import type { Account } from './account.js';

export function createLocalConfig(stream: LocalStream): DemoConfig {
  const playable = stream.videos.filter(
    ({ state, requireSignedURLs }) => state === 'ready' && requireSignedURLs,
  );
  const pick = (kind: DemoVideo['kind']): DemoVideo[] =>
    SEGMENT_AUTHS.flatMap((segmentAuth) => {
      const video = playable.find((each) => each.kind === kind && each.segmentAuth === segmentAuth);
      return video ? [{ uid: video.uid, title: video.name, kind, segmentAuth }] : [];
    });
  return {
    mode: 'local',
    missingVariables: [],
    videos: [...pick('vod'), ...pick('live')],
    sdkUrl: stream.sdkUrl,
    deliveryOrigin: stream.origins.delivery,
    customerCode: undefined,
    requestEventsUrl: `${stream.origins.api}/__control/events`,
    secondOrigin: stream.origins.player,
    endpointFaults: ENDPOINT_FAULTS,
    backend: undefined,
  };
}

export function createAccountConfig(account: Account): DemoConfig {
  const { videoId, customerCode, deliveryOrigin } = account;
  return {
    mode: 'account',
    missingVariables: [],
    videos: [{ uid: videoId, title: 'Your video', kind: 'vod', segmentAuth: undefined }],
    sdkUrl: undefined,
    deliveryOrigin,
    customerCode,
    requestEventsUrl: undefined,
    // The vendor's shared host has the videos of every account.
    secondOrigin: deliveryOrigin === undefined ? 'https://videodelivery.net' : undefined,
    endpointFaults: ENDPOINT_FAULTS.filter((name) => !LOCAL_ENDPOINT_FAULTS.includes(name)),
    backend: undefined,
  };
}

export function createIncompleteConfig(missingVariables: readonly string[]): DemoConfig {
  return {
    mode: 'incomplete',
    missingVariables,
    videos: [],
    sdkUrl: undefined,
    deliveryOrigin: undefined,
    customerCode: undefined,
    requestEventsUrl: undefined,
    secondOrigin: undefined,
    endpointFaults: [],
    backend: undefined,
  };
}
