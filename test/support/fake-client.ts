import type { HeldToken } from '../../src/token/held-token.js';
import type { LeaseClient, LeaseFailure } from '../../src/token/lease-client.js';
import type { RenewalReason } from '../../src/token/token-fetcher.js';

/** Somebody who plays, and remembers what the lease said. */
export class FakeClient implements LeaseClient {
  needMs: number;
  readonly changes: { readonly token: HeldToken; readonly reason: RenewalReason }[] = [];
  readonly failures: LeaseFailure[] = [];

  constructor(needMs = Infinity) {
    this.needMs = needMs;
  }

  get reasons(): readonly RenewalReason[] {
    return this.changes.map(({ reason }) => reason);
  }

  get codes(): readonly string[] {
    return this.failures.map(({ error }) => error.code);
  }

  neededForMs(): number {
    return this.needMs;
  }

  tokenChanged(token: HeldToken, reason: RenewalReason): void {
    this.changes.push({ token, reason });
  }

  renewalFailed(failure: LeaseFailure): void {
    this.failures.push(failure);
  }
}
