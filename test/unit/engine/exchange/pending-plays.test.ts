import { describe, expect, it } from 'vitest';
import { PendingPlays } from '../../../../src/engine/exchange/pending-plays.js';

describe('PendingPlays', () => {
  it('ends all that has been asked at once, and takes new questions', async () => {
    const plays = new PendingPlays();
    expect(plays.isPending).toBe(false);
    const asked = [plays.ask(), plays.ask()];
    expect(plays.isPending).toBe(true);
    plays.end();
    await Promise.all(asked);
    expect(plays.isPending).toBe(false);

    let isOver = false;
    const again = plays.ask().then(() => (isOver = true));
    await Promise.resolve();
    expect([plays.isPending, isOver]).toEqual([true, false]);
    plays.end();
    await again;
  });
});
