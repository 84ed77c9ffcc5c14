import {
  ACCESS_FAULTS,
  DELIVERY_FAULTS,
  ENDPOINT_FAULTS,
  NO_FAULTS,
  type AccessFault,
  type DeliveryFault,
  type Faults,
} from '../shared/faults.js';
import type { Fault } from '../stream/state/faults.js';
import type { LocalStream } from '../stream/start.js';

/** What is wrong at this time, and what makes it so. Without a local Stream only the endpoint fails. */
export class FaultBoard {
  readonly #stream: LocalStream | undefined;
  #faults = NO_FAULTS;
  readonly #thrown = { access: [] as string[], delivery: [] as string[] };

  constructor(stream: LocalStream | undefined) {
    this.#stream = stream;
  }

  get faults(): Faults {
    return this.#faults;
  }

  change(change: Partial<Faults>): void {
    this.#faults = { ...this.#faults, ...change };
    if (!this.#stream) return;
    const { access, delivery, linkKbps, clockSkewSeconds } = change;
    // Only what is changed: a test may have set the rest by itself.
    if (access !== undefined) this.#throw(this.#stream, 'access', access && ACCESS[access]);
    if (delivery !== undefined) {
      this.#throw(this.#stream, 'delivery', delivery && DELIVERY[delivery]);
    }
    if (linkKbps !== undefined) this.#stream.link.kbps = linkKbps ?? undefined;
    if (clockSkewSeconds !== undefined) this.#stream.serverClock.skewMs = clockSkewSeconds * 1000;
  }

  /** Refuses the next segment, once. */
  refuseSegment(): void {
    this.#stream?.faults.add({ kind: 'segment', status: 403, times: 1 });
  }

  /** Revokes the key that signs; the next token is signed with a new one. */
  revokeKey(): void {
    this.#stream?.revokeKey(this.#stream.defaultKeyId);
  }

  #throw(stream: LocalStream, place: 'access' | 'delivery', faults: readonly Fault[] | null): void {
    for (const id of this.#thrown[place]) stream.faults.remove(id);
    this.#thrown[place] = (faults ?? []).map((fault) => stream.faults.add(fault));
  }
}

const MANIFESTS = ['multivariant', 'rendition'] as const;
const MEDIA = ['init', 'segment'] as const;

const DELIVERY: Readonly<Record<DeliveryFault, readonly Fault[]>> = {
  'segments-refused': [{ kind: MEDIA, status: 403 }],
  'playlists-refused': [{ kind: MANIFESTS, status: 403 }],
  'not-found': [{ kind: [...MANIFESTS, ...MEDIA], status: 404 }],
  'status-500': [{ kind: [...MANIFESTS, ...MEDIA], status: 500 }],
  slow: [{ kind: [...MANIFESTS, ...MEDIA], delayMs: 2000 }],
  drop: [{ kind: 'segment', drop: 'midway' }],
};

const ACCESS: Readonly<Record<AccessFault, readonly Fault[]>> = {
  ended: [],
  revoked: [{ kind: [...MANIFESTS, ...MEDIA], status: 403 }],
};

/** Reads a change as a page sends it; `undefined` where it is none. */
export function parseFaultChange(value: unknown): Partial<Faults> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const change: { -readonly [K in keyof Faults]?: Faults[K] } = {};
  for (const [name, wanted] of Object.entries(value)) {
    if (name === 'endpoint' && isOneOf(ENDPOINT_FAULTS, wanted)) change.endpoint = wanted;
    else if (name === 'access' && isOneOf(ACCESS_FAULTS, wanted)) change.access = wanted;
    else if (name === 'delivery' && isOneOf(DELIVERY_FAULTS, wanted)) change.delivery = wanted;
    else if (name === 'linkKbps' && isSpeed(wanted)) change.linkKbps = wanted;
    else if (name === 'clockSkewSeconds' && isSkew(wanted)) change.clockSkewSeconds = wanted;
    else if (name === 'endpointClockSeconds' && isSkew(wanted))
      change.endpointClockSeconds = wanted;
    else return undefined;
  }
  return change;
}

function isOneOf<T extends string>(names: readonly T[], value: unknown): value is T | null {
  return value === null || names.some((name) => name === value);
}

function isSpeed(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && value > 0 && Number.isFinite(value));
}

function isSkew(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 10 * 24 * 3600;
}
