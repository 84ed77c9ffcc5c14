import { beforeEach, describe, expect, it } from 'vitest';
import { PendingPlays } from '../../../../src/engine/exchange/pending-plays.js';

describe('PendingPlays', () => {
  let plays: PendingPlays;
  beforeEach(() => (plays = new PendingPlays()));

  it('fulfils all that has been asked at once, and takes new questions', async () => {
    expect(plays.isPending).toBe(false);
    const asked = [plays.ask(), plays.ask()];
    expect(plays.isPending).toBe(true);
    plays.fulfil();
    await Promise.all(asked);
    expect(plays.isPending).toBe(false);

    let isOver = false;
    const again = plays.ask().then(() => (isOver = true));
    await Promise.resolve();
    expect([plays.isPending, isOver]).toEqual([true, false]);
    plays.fulfil();
    await again;
  });

  it('fails all of them where it cannot play', async () => {
    const asked = [plays.ask(), plays.ask()];
    plays.fail(new TypeError('no'));
    expect(plays.isPending).toBe(false);
    for (const play of asked) await expect(play).rejects.toThrow('no');
  });

  it('says as a video does that it was interrupted', async () => {
    const asked = plays.ask();
    plays.interrupt();
    await expect(asked).rejects.toHaveProperty('name', 'AbortError');
  });

  it('has nobody to tell where nobody has asked', () => {
    plays.interrupt();
    plays.fulfil();
    expect(plays.isPending).toBe(false);
  });
});
