import { describe, expect, it } from 'vitest';
import { tokenFor } from '../../support/fake-token.js';
import { LeaseWorld, type Player } from '../../support/lease-world.js';
import { rejectionOf } from '../../support/thrown.js';

const HOUR_MS = 3_600_000;

async function playing(world: LeaseWorld): Promise<Player> {
  const player = world.play();
  await world.time.advance(1000);
  return player;
}

describe('TokenLease, renewed', () => {
  it.each([3000, 10_000, 60_000, HOUR_MS, 24 * HOUR_MS])(
    'always has a token that holds, with lives of %i ms, and asks no more than needed',
    async (lifetimeMs) => {
      const world = new LeaseWorld();
      world.endpoint.lifetimeMs = lifetimeMs;
      const player = await playing(world);
      for (let step = 0; step < 100; step += 1) {
        await world.time.advance(lifetimeMs / 10);
        expect((player.lease.token?.expiresAtMs ?? 0) - world.time.realMs).toBeGreaterThan(0);
      }
      expect(world.endpoint.asked.length).toBeLessThanOrEqual(40);
      expect(player.client.codes).toEqual([]);
    },
  );

  it('says why each token was asked for', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    await world.time.advance(59_000);
    await Promise.all([player.lease.renew(new AbortController().signal), world.time.advance(100)]);
    await Promise.all([player.replace(await player.fresh()), world.time.advance(1100)]);
    expect(player.client.reasons).toEqual(['initial', 'scheduled', 'manual', 'rejected']);
    expect(world.endpoint.asked.map(({ reason }) => reason)).toEqual(player.client.reasons);
  });

  it('is renewing while it asks, and only then', async () => {
    const world = new LeaseWorld();
    const player = world.play();
    expect(player.lease.renewing).toBe(true);
    await world.time.advance(100);
    expect(player.lease.renewing).toBe(false);
  });

  it('has the new token in hand when it tells of it', async () => {
    const world = new LeaseWorld();
    const player = world.play();
    const seen: unknown[] = [];
    player.client.tokenChanged = (token) => seen.push(token === player.lease.token);
    await world.time.advance(100);
    expect(seen).toEqual([true]);
  });

  it('keeps an older token usable until it ends', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    const first = await player.fresh();
    await world.time.advance(54_000);
    expect(await player.fresh()).not.toBe(first);
    expect(player.lease.remainingMs(first)).toBeGreaterThan(0);
    await world.time.advance(10_000);
    expect(player.lease.remainingMs(first)).toBe(0);
  });

  it('has no time left of a token that it never had', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    expect(player.lease.remainingMs(tokenFor(HOUR_MS, world.time.realMs))).toBe(0);
  });

  it('never renews a token without an end, not even for a live stream', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = () => tokenFor(0, 0, { exp: undefined });
    const player = await playing(world);
    await world.time.advance(24 * HOUR_MS);
    expect([world.endpoint.asked.length, player.client.codes]).toEqual([1, []]);
    // One look in half a minute is all there is to do.
    expect(world.time.fired).toBeLessThan(24 * 121);
  });

  it('does not ask an endpoint in a hurry whose tokens live for an instant', async () => {
    const world = new LeaseWorld();
    world.endpoint.tellsTime = false;
    world.endpoint.answer = () =>
      tokenFor(0, 0, { exp: world.time.realMs / 1000 + 0.01, nbf: world.time.realMs / 1000 });
    await playing(world);
    await world.time.advance(60_000);
    expect(world.endpoint.asked.length).toBeLessThanOrEqual(62);
  });

  it('lends a token that is about to end to no request where another can be had', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    const first = await player.fresh();
    player.client.needMs = 0;
    player.lease.check();
    await world.time.advance(57_500);
    const next = player.fresh();
    await world.time.advance(100);
    expect(await next).not.toBe(first);
  });

  it('lends a token that is about to end where nothing better is to be had', async () => {
    const world = new LeaseWorld();
    const player = await playing(world);
    const first = await player.fresh();
    world.endpoint.answer = () => Promise.reject(new Error('down'));
    await world.time.advance(57_500);
    expect(await player.fresh()).toBe(first);
  });

  describe('because Stream refused a token', () => {
    it('hands out another, and asks past the plan', async () => {
      const world = new LeaseWorld();
      const player = await playing(world);
      const refused = await player.fresh();
      const replaced = player.replace(refused);
      await world.time.advance(100);
      expect(await replaced).toBe(await player.fresh());
      expect([(await replaced) === refused, world.endpoint.asked.length]).toEqual([false, 2]);
    });

    it('asks nobody where another is in hand already', async () => {
      const world = new LeaseWorld();
      const player = await playing(world);
      const first = await player.fresh();
      await world.time.advance(54_000);
      const asked = world.endpoint.asked.length;
      expect(await player.replace(first)).toBe(await player.fresh());
      expect(world.endpoint.asked.length).toBe(asked);
    });

    it('counts the refused one as over, also later', async () => {
      const world = new LeaseWorld();
      const player = await playing(world);
      const refused = await player.fresh();
      const replaced = player.replace(refused);
      expect(player.lease.remainingMs(refused)).toBe(0);
      await world.time.advance(100);
      await replaced;
      expect(player.lease.remainingMs(refused)).toBe(0);
    });

    it('lets requests wait for the next one', async () => {
      const world = new LeaseWorld();
      const player = await playing(world);
      const refused = await player.fresh();
      const [replaced, fresh] = [player.replace(refused), player.fresh()];
      await world.time.advance(100);
      expect(await fresh).toBe(await replaced);
    });

    it('says why there is no other', async () => {
      const world = new LeaseWorld();
      const player = await playing(world);
      const refused = await player.fresh();
      world.endpoint.answer = () => Promise.reject(new Error('down'));
      const [error] = await Promise.all([
        rejectionOf(player.replace(refused)),
        world.time.advance(100),
      ]);
      expect(error.code).toBe('endpoint-unreachable');
    });

    it('asks once although each of many requests comes back refused a little later', async () => {
      const world = new LeaseWorld();
      const player = await playing(world);
      const refused = await player.fresh();
      world.endpoint.answer = () => Promise.reject(new Error('down'));
      const codes: string[] = [];
      for (let request = 0; request < 10; request += 1) {
        const rejection = rejectionOf(player.replace(refused));
        await world.time.advance(30);
        codes.push((await rejection).code);
      }
      expect(codes).toEqual(Array(10).fill('endpoint-unreachable'));
      expect(world.endpoint.asked.length).toBe(2);
    });

    it('says so where there is nobody to ask', async () => {
      const world = new LeaseWorld({ hasEndpoint: false });
      const player = world.play();
      player.lease.seed(tokenFor(HOUR_MS, world.time.realMs));
      const error = await rejectionOf(player.replace(await player.fresh()));
      expect(error.code).toBe('token-expired');
    });
  });

  describe('by hand', () => {
    const signal = new AbortController().signal;

    it('asks at once', async () => {
      const world = new LeaseWorld();
      const player = await playing(world);
      const before = await player.fresh();
      const [renewed] = await Promise.all([player.lease.renew(signal), world.time.advance(1000)]);
      expect(renewed.text).not.toBe(before);
    });

    it('says why there is no other', async () => {
      const world = new LeaseWorld();
      const player = await playing(world);
      const before = await player.fresh();
      world.endpoint.answer = () => before;
      await world.time.advance(2000);
      const [error] = await Promise.all([
        rejectionOf(player.lease.renew(signal)),
        world.time.advance(1000),
      ]);
      expect(error.code).toBe('endpoint-stale');
    });

    it('takes a token that was signed again within the second, although it is the same', async () => {
      const world = new LeaseWorld();
      const player = await playing(world);
      const before = await player.fresh();
      world.endpoint.answer = () => before;
      const [held] = await Promise.all([player.lease.renew(signal), world.time.advance(100)]);
      expect(held.text).toBe(before);
    });

    it('says so where there is nobody to ask', async () => {
      const world = new LeaseWorld({ hasEndpoint: false });
      expect((await rejectionOf(world.play().lease.renew(signal))).code).toBe('token-missing');
    });
  });
});
