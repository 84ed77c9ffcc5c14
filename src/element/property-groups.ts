/** A change of one of these needs another player. */
export const SOURCE_KEYS = [
  'videoId',
  'player',
  'customerCode',
  'deliveryOrigin',
  'sdkUrl',
  'adUrl',
  'lowLatency',
  'dvr',
];

/** A change of one of these needs another source of tokens. */
export const ORIGIN_KEYS = [
  'tokenEndpoint',
  'tokenMethod',
  'tokenCredentials',
  'tokenHeaders',
  'tokenProvider',
];
