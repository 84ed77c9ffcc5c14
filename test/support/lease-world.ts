import { LeaseRegistry, type TokenOrigin } from '../../src/token/lease-registry.js';
import type { TokenLease } from '../../src/token/lease.js';
import { FakeClient } from './fake-client.js';
import { FakeEndpoint } from './fake-endpoint.js';
import { FakeTime } from './fake-time.js';
import { VIDEO_ID } from './fake-token.js';

/** A page with leases, its time, and the endpoint it asks. */
export class LeaseWorld {
  readonly time: FakeTime;
  readonly endpoint: FakeEndpoint;
  readonly registry: LeaseRegistry;
  readonly origin: TokenOrigin;
  /** What chance brings next. */
  random = 0.5;

  constructor(options: { readonly wallErrorMs?: number; readonly hasEndpoint?: boolean } = {}) {
    this.time = new FakeTime(options.wallErrorMs);
    this.endpoint = new FakeEndpoint(this.time);
    this.registry = new LeaseRegistry(this.time, () => this.random);
    this.origin = {
      key: 'endpoint',
      fetchToken: options.hasEndpoint === false ? undefined : this.endpoint.fetchToken,
    };
  }

  /** Somebody who plays the video; `leave` gives everything back. */
  play(needMs = Infinity, videoId = VIDEO_ID): Player {
    const lease = this.registry.acquire(this.origin, videoId);
    const client = new FakeClient(needMs);
    const end = new AbortController();
    const quit = lease.join(client);
    return {
      lease,
      client,
      fresh: async () => (await lease.fresh(end.signal)).text,
      replace: async (text, hasWorked = true) =>
        (await lease.replace(text, end.signal, hasWorked)).text,
      leave: () => {
        end.abort();
        quit();
        this.registry.release(this.origin, videoId);
      },
    };
  }

  /** How far apart the questions to the endpoint were. */
  get pausesMs(): readonly number[] {
    const { times } = this.endpoint;
    return times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
  }
}

export interface Player {
  readonly lease: TokenLease;
  readonly client: FakeClient;
  fresh(): Promise<string>;
  /** `hasWorked`, where nothing else is said. */
  replace(text: string, hasWorked?: boolean): Promise<string>;
  leave(): void;
}
