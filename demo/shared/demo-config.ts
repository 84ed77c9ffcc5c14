import type { EndpointFault, Faults } from './faults.js';

/** How a video's segments prove that they may be had; the local Stream has a video of each kind. */
export const SEGMENT_AUTHS = ['path-token', 'own-signature', 'token-bound-names'] as const;
export type SegmentAuth = (typeof SEGMENT_AUTHS)[number];

export interface DemoVideo {
  readonly uid: string;
  readonly title: string;
  readonly kind: 'vod' | 'live';
  /** Unknown for a real account's video. */
  readonly segmentAuth: SegmentAuth | undefined;
}

/** The backends of `demo/backend`. */
export const BACKENDS = ['node', 'worker'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** What `GET /api/demo-config` tells the page. */
export interface DemoConfig {
  /**
   * - `local`: the local Stream, all switches.
   * - `account`: a real account's video; what only the local Stream can do is missing.
   * - `incomplete`: some of an account's variables are set; nothing plays.
   */
  readonly mode: 'local' | 'account' | 'incomplete';
  /** Variables that are still to be set; none unless `incomplete`. */
  readonly missingVariables: readonly string[];
  readonly videos: readonly DemoVideo[];
  /** Absent: the vendor's own script. */
  readonly sdkUrl: string | undefined;
  readonly deliveryOrigin: string | undefined;
  readonly customerCode: string | undefined;
  /** Tells of each request to the local Stream, as server-sent events; absent elsewhere. */
  readonly requestEventsUrl: string | undefined;
  /** A second origin that delivers the same, so that who asks there can be told apart. */
  readonly secondOrigin: string | undefined;
  readonly endpointFaults: readonly EndpointFault[];
  /** The backend that gives the tokens, and what to log in with; absent: the demo's own endpoint. */
  readonly backend: { readonly name: BackendName; readonly password: string } | undefined;
}

/** What changes while the demo runs; every answer about faults has it. */
export interface DemoStatus {
  readonly faults: Faults;
  /** The time by which tokens live and die. */
  readonly serverNowMs: number;
}
