/** What the page's token endpoint can be made to do wrong. */
export const ENDPOINT_FAULTS = [
  'status-500',
  'status-429',
  'html',
  'hang',
  'drop',
  'no-token',
  'same-token',
  'not-yet-valid',
  'expired',
  'wrong-video',
] as const;
export type EndpointFault = (typeof ENDPOINT_FAULTS)[number];

/** Faults that need a signing key of the account, or a second video: the local Stream has both. */
export const LOCAL_ENDPOINT_FAULTS: readonly EndpointFault[] = ['expired', 'wrong-video'];

/** What the local Stream can be made to do wrong. */
export const DELIVERY_FAULTS = [
  'segments-refused',
  'playlists-refused',
  'not-found',
  'status-500',
  'slow',
  'drop',
] as const;
export type DeliveryFault = (typeof DELIVERY_FAULTS)[number];

/**
 * How a viewer loses the video: `ended`, as with a membership: no new token, the last one plays to its
 * end; `revoked`: Stream refuses that one too.
 */
export const ACCESS_FAULTS = ['ended', 'revoked'] as const;
export type AccessFault = (typeof ACCESS_FAULTS)[number];

/** Everything that is wrong at this time. */
export interface Faults {
  readonly endpoint: EndpointFault | null;
  readonly access: AccessFault | null;
  readonly delivery: DeliveryFault | null;
  /** Speed of the viewer's link; null is unlimited. */
  readonly linkKbps: number | null;
  /** How far the servers' clocks are ahead of the viewer's. */
  readonly clockSkewSeconds: number;
  /** How far the clock of the server behind the token endpoint is ahead of Stream's. */
  readonly endpointClockSeconds: number;
}

export const NO_FAULTS: Faults = {
  endpoint: null,
  access: null,
  delivery: null,
  linkKbps: null,
  clockSkewSeconds: 0,
  endpointClockSeconds: 0,
};
