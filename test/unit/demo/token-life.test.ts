import { describe, expect, it } from 'vitest';
import { describeTokenLife, type TokenLife } from '../../../demo/page/token-life.js';

const fresh: TokenLife = {
  state: 'valid',
  leftSeconds: 7.5,
  lifetimeSeconds: 10,
  failedAttempts: 0,
};

describe('describeTokenLife', () => {
  it('shows how much of a token’s life is left', () => {
    expect(describeTokenLife(fresh)).toEqual({
      chip: 'Fresh',
      tone: 'good',
      left: 'Token holds 7.5 s',
      share: 0.75,
    });
  });

  it('shows minutes where seconds would only flicker', () => {
    const { left } = describeTokenLife({ ...fresh, leftSeconds: 3541.9, lifetimeSeconds: 3600 });
    expect(left).toBe('Token holds 59 min 01 s');
  });

  it('never shows less than nothing, nor more than all', () => {
    expect(describeTokenLife({ ...fresh, leftSeconds: -3 }).share).toBe(0);
    expect(describeTokenLife({ ...fresh, leftSeconds: 12 }).share).toBe(1);
  });

  it('calls an ended token of a player that needs none no trouble', () => {
    const view = describeTokenLife({ ...fresh, state: 'expired', leftSeconds: -1 });
    expect(view).toMatchObject({ tone: 'calm', left: 'Token has ended' });
  });

  it('counts failed attempts, and is alarmed only when no token is left', () => {
    const asking = describeTokenLife({ ...fresh, failedAttempts: 2 });
    expect(asking).toMatchObject({ chip: 'Asking again, 2 failed', tone: 'busy' });
    const failed = describeTokenLife({ ...fresh, state: 'failed', failedAttempts: 6 });
    expect(failed.tone).toBe('bad');
  });

  it('has no bar without a token', () => {
    const view = describeTokenLife({ ...fresh, state: 'fetching', leftSeconds: undefined });
    expect(view).toMatchObject({ left: 'No token', share: 0 });
  });
});
