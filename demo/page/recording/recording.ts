import type { RenewalReason } from '../../../src/index.js';
import type { Stall } from './stall-meter.js';

/** Whose lane it is; `page`: what all players of the page share. */
export const LANE_IDS = ['page', 'iframe', 'hls', 'reload'] as const;
export type LaneId = (typeof LANE_IDS)[number];

/** All times are ms of the page's own, from when it was opened; no clock that is set changes them. */
export interface Sample {
  readonly atMs: number;
  readonly positionSeconds: number;
  /** Up to where the video can be played without another request. */
  readonly bufferedToSeconds: number;
}

export interface TokenSpan {
  /** From 1, counted since the page was opened. */
  readonly number: number;
  readonly fromMs: number;
  /** When it ends; `Infinity` where it does not. */
  readonly endsMs: number;
  readonly reason: RenewalReason;
}

/** An attempt to get a token that failed. */
export interface TokenFailure {
  readonly atMs: number;
  readonly code: string;
  readonly status: number | undefined;
}

export const REQUEST_TYPES = ['token', 'playlist', 'media', 'player', 'other'] as const;
export type RequestType = (typeof REQUEST_TYPES)[number];

export interface RequestSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly type: RequestType;
  /** In words: `segment 12`. Neither an address nor a token is in it. */
  readonly what: string;
  /** 0: it got no answer, or the browser does not tell. */
  readonly status: number;
  readonly isBroken: boolean;
  readonly bytes: number | undefined;
}

/** Something that was done to the page on purpose. */
export interface Deed {
  readonly atMs: number;
  readonly name: string;
}

/** What happened to one player. */
export class Lane {
  /** Whether what it tells of is on the page, with or without something to show yet. */
  isOpen = false;
  #tokenCount = 0;
  samples: Sample[] = [];
  tokens: TokenSpan[] = [];
  failures: TokenFailure[] = [];
  requests: RequestSpan[] = [];
  stalls: readonly Stall[] = [];

  addToken(token: Omit<TokenSpan, 'number'>): void {
    this.#tokenCount += 1;
    this.tokens.push({ number: this.#tokenCount, ...token });
  }

  sample(sample: Sample): void {
    const last = this.samples.at(-1);
    if (last && sample.atMs - last.atMs < SAMPLE_MS) return;
    this.samples.push(sample);
    this.#forget(sample.atMs - LONGEST_MS);
  }

  #forget(beforeMs: number): void {
    const isKept = ({ atMs }: { readonly atMs: number }): boolean => atMs >= beforeMs;
    if (this.samples[0] && isKept(this.samples[0])) return;
    this.samples = this.samples.filter(isKept);
    this.failures = this.failures.filter(isKept);
    this.requests = this.requests.filter(({ toMs }) => toMs >= beforeMs);
    this.tokens = this.tokens.filter(({ endsMs }) => endsMs >= beforeMs);
  }
}

const SAMPLE_MS = 200;
const LONGEST_MS = 20 * 60_000;

/** What happened since the page was opened, as far as it is shown and can be taken along. */
export class Recording {
  readonly deeds: Deed[] = [];
  readonly #lanes = new Map<LaneId, Lane>(LANE_IDS.map((id) => [id, new Lane()]));

  lane(id: LaneId): Lane {
    const lane = this.#lanes.get(id);
    if (!lane) throw new RangeError('There is no such lane');
    return lane;
  }

  get lanes(): readonly (readonly [LaneId, Lane])[] {
    return [...this.#lanes];
  }
}
