import { describe, expect, it } from 'vitest';
import { LeaseWorld, type Player } from '../../support/lease-world.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

async function playing(world: LeaseWorld): Promise<Player> {
  const player = world.play();
  await world.time.advance(1000);
  return player;
}

/** Real time that the token in hand has left. */
function leftMs(world: LeaseWorld, player: Player): number {
  const expSeconds = player.lease.token?.claims.expSeconds ?? 0;
  return expSeconds * 1000 - world.time.realMs;
}

/** Plays on, as Stream would: a token that has ended is refused at the next request. */
async function playOn(world: LeaseWorld, player: Player, forMs: number): Promise<number> {
  let refusals = 0;
  for (let step = 0; step < forMs / 1000; step += 1) {
    await world.time.advance(1000);
    const { token } = player.lease;
    if (token === undefined || leftMs(world, player) > 0) continue;
    refusals += 1;
    await Promise.all([player.replace(token.text), world.time.advance(100)]);
  }
  return refusals;
}

describe('TokenLease, on a device whose clock is wrong', () => {
  it.each([-DAY_MS, -5 * HOUR_MS, 5 * HOUR_MS, DAY_MS])(
    'plays without a refusal where the server tells the time: %i ms off',
    async (wallErrorMs) => {
      const world = new LeaseWorld({ wallErrorMs });
      const player = await playing(world);
      expect(await playOn(world, player, 10 * MINUTE_MS)).toBe(0);
      expect([player.client.codes, world.endpoint.asked.length < 20]).toEqual([[], true]);
    },
  );

  // A token that looks good for hours may have been refused for another reason: once says nothing.
  it.each([
    [-DAY_MS, 2],
    [-5 * HOUR_MS, 2],
    [5 * HOUR_MS, 1],
    [DAY_MS, 1],
  ])(
    'learns from refusals where nobody tells the time: %i ms off, %i at most',
    async (wallErrorMs, most) => {
      const world = new LeaseWorld({ wallErrorMs });
      world.endpoint.tellsTime = false;
      const player = await playing(world);
      expect(await playOn(world, player, 10 * MINUTE_MS)).toBeLessThanOrEqual(most);
      expect(world.endpoint.asked.length).toBeLessThan(20);
      expect(player.client.codes).toEqual([]);
    },
  );

  it.each([[[5000]], [[5000, 300_000]], [[2000, 2000, 2000]]])(
    'makes refusals of tokens %j ms old no lesson where the clock may be right',
    async (agesMs) => {
      const world = new LeaseWorld();
      world.endpoint.tellsTime = false;
      world.endpoint.lifetimeMs = HOUR_MS;
      const player = await playing(world);
      for (const ageMs of agesMs) {
        await world.time.advance(ageMs);
        await Promise.all([player.replace(await player.fresh()), world.time.advance(100)]);
      }
      await world.time.advance(20 * MINUTE_MS);
      expect(world.endpoint.asked.length).toBe(1 + agesMs.length);
    },
  );

  it('makes a refusal at once no lesson about how long tokens live', async () => {
    const world = new LeaseWorld();
    world.endpoint.tellsTime = false;
    world.endpoint.lifetimeMs = HOUR_MS;
    const player = world.play();
    await world.time.advance(100);
    await Promise.all([player.replace(await player.fresh()), world.time.advance(100)]);
    await world.time.advance(20 * MINUTE_MS);
    expect(world.endpoint.asked.length).toBe(2);
  });

  it.each([DAY_MS, -DAY_MS])(
    'plays on when the clock jumps by %i ms in the middle',
    async (jumpMs) => {
      const world = new LeaseWorld();
      const player = await playing(world);
      world.time.wallErrorMs = jumpMs;
      expect(await playOn(world, player, 5 * MINUTE_MS)).toBe(0);
      world.time.wallErrorMs = 0;
      expect(await playOn(world, player, 5 * MINUTE_MS)).toBe(0);
      expect([player.client.codes, world.endpoint.asked.length < 25]).toEqual([[], true]);
    },
  );

  it('asks once, not again and again, after a jump where nobody tells the time', async () => {
    const world = new LeaseWorld();
    world.endpoint.tellsTime = false;
    world.endpoint.lifetimeMs = HOUR_MS;
    const player = await playing(world);
    world.time.wallErrorMs = DAY_MS;
    await world.time.advance(5 * MINUTE_MS);
    expect(world.endpoint.asked.length).toBeLessThanOrEqual(4);
    expect(player.client.codes).toEqual([]);
  });

  it('asks for nothing because of a jump while nobody plays', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    player.client.needMs = 0;
    world.time.wallErrorMs = DAY_MS;
    await world.time.advance(10 * MINUTE_MS);
    expect(world.endpoint.asked.length).toBe(1);
  });

  it('asks for nothing because of a jump with a token that never ends', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = () => world.endpoint.token({ exp: undefined });
    const player = await playing(world);
    const token = await player.fresh();
    world.time.wallErrorMs = DAY_MS;
    await world.time.advance(10 * MINUTE_MS);
    expect([(await player.fresh()) === token, world.endpoint.asked.length]).toEqual([true, 1]);
  });
});

describe('TokenLease, after a sleep', () => {
  it('lets the first request wait for a new token', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    const before = await player.fresh();
    world.time.sleep(8 * HOUR_MS);
    const waiting = player.fresh();
    await world.time.advance(100);
    expect(await waiting).not.toBe(before);
    expect(leftMs(world, player)).toBeGreaterThan(50_000);
  });

  it('asks when the page wakes up, because somebody plays', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    world.time.sleep(8 * HOUR_MS);
    world.registry.wake();
    await world.time.advance(100);
    expect(player.client.reasons).toEqual(['initial', 'wake']);
  });

  it('asks for nothing while paused, until somebody plays', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    player.client.needMs = 0;
    world.time.sleep(8 * HOUR_MS);
    world.registry.wake();
    await world.time.advance(MINUTE_MS);
    expect(world.endpoint.asked.length).toBe(1);
    player.client.needMs = Infinity;
    player.lease.check();
    await world.time.advance(100);
    expect(leftMs(world, player)).toBeGreaterThan(50_000);
  });

  it('notices without any event of the page', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    world.time.sleep(8 * HOUR_MS);
    await world.time.advance(31_000);
    expect(player.client.reasons.slice(0, 2)).toEqual(['initial', 'wake']);
  });

  it('asks anew at once though the endpoint failed before the sleep', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    world.endpoint.answer = () => Promise.reject(new Error('offline'));
    await world.time.advance(5 * MINUTE_MS);
    world.time.sleep(8 * HOUR_MS);
    world.endpoint.answer = () => world.endpoint.token();
    world.registry.wake();
    await world.time.advance(100);
    expect(leftMs(world, player)).toBeGreaterThan(50_000);
  });

  it.each([
    ['a sleep', (world: LeaseWorld) => world.time.sleep(8 * HOUR_MS)],
    ['a jump of the clock', (world: LeaseWorld) => (world.time.wallErrorMs = DAY_MS)],
  ])('pauses between its questions while there is no network after %s', async (_, happen) => {
    const world = new LeaseWorld();
    await playing(world);
    world.endpoint.answer = () => Promise.reject(new Error('offline'));
    happen(world);
    world.registry.wake();
    await world.time.advance(MINUTE_MS);
    expect(world.endpoint.asked.length).toBeLessThan(10);
    happen(world);
    world.registry.wake();
    await world.time.advance(MINUTE_MS);
    expect(world.endpoint.asked.length).toBeLessThan(18);
  });

  it('does not wait for a day when a clock that was a day ahead is set right', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    world.endpoint.answer = () => Promise.reject(new Error('offline'));
    world.time.wallErrorMs = DAY_MS;
    await world.time.advance(2 * MINUTE_MS);
    world.time.wallErrorMs = 0;
    world.endpoint.answer = () => world.endpoint.token();
    await world.time.advance(MINUTE_MS);
    expect(leftMs(world, player)).toBeGreaterThan(0);
  });

  it('waits for the network that comes back a little later', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    world.time.sleep(8 * HOUR_MS);
    world.endpoint.answer = () => Promise.reject(new Error('offline'));
    world.registry.wake();
    await world.time.advance(5000);
    world.endpoint.answer = () => world.endpoint.token();
    world.registry.wake();
    await world.time.advance(100);
    expect(leftMs(world, player)).toBeGreaterThan(50_000);
  });

  it('tries the token it has where there is nobody to ask, and says so when it is refused', async () => {
    const world = new LeaseWorld({ hasEndpoint: false });
    const player = world.play();
    const token = world.endpoint.token();
    player.lease.seed(token);
    world.time.sleep(8 * HOUR_MS);
    expect(await player.fresh()).toBe(token);
    await expect(player.replace(token)).rejects.toHaveProperty('code', 'token-expired');
    await world.time.advance(10 * MINUTE_MS);
    expect(player.client.codes).toEqual(['token-expired']);
  });

  it('is not deceived by a nap shorter than the life of the token', async () => {
    const world = new LeaseWorld();
    world.endpoint.lifetimeMs = HOUR_MS;
    const player = await playing(world);
    world.time.sleep(10 * MINUTE_MS);
    expect(await playOn(world, player, 90 * MINUTE_MS)).toBe(0);
  });

  it('sees a token through a sleep in which the monotonic clock went on', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    await world.time.advance(8 * HOUR_MS);
    const waiting = player.fresh();
    await world.time.advance(100);
    await waiting;
    expect(leftMs(world, player)).toBeGreaterThan(0);
  });
});
