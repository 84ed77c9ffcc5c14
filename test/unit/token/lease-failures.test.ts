import { describe, expect, it } from 'vitest';
import { PATIENCE_MS } from '../../../src/element/patience.js';
import { SignedStreamError } from '../../../src/errors.js';
import { silence } from '../../support/fake-fetch.js';
import { fakeToken, tokenFor } from '../../support/fake-token.js';
import { LeaseWorld, type Player } from '../../support/lease-world.js';

const MINUTE_MS = 60_000;

function refusal(status: number, retryAfterMs?: number): SignedStreamError {
  return new SignedStreamError('endpoint-refused', `The token endpoint answered ${status}.`, {
    status,
    retryable: status >= 500 || status === 429,
    retryAfterMs,
  });
}

const down = (): never => {
  throw refusal(503);
};

async function playing(world: LeaseWorld): Promise<Player> {
  const player = world.play();
  await world.time.advance(1000);
  return player;
}

function restore(world: LeaseWorld): void {
  world.endpoint.answer = () => world.endpoint.token();
}

describe('TokenLease, with an endpoint that fails', () => {
  it.each([
    ['cannot be reached', () => Promise.reject(new TypeError('x')), 'endpoint-unreachable', true],
    ['refuses for a while', down, 'endpoint-refused', true],
    ['refuses', () => Promise.reject(refusal(401)), 'endpoint-refused', false],
    ['answers with no token', () => 'hello', 'token-malformed', false],
    ['answers for another video', () => fakeToken({ sub: 'x' }), 'token-wrong-video', false],
    ['answers with an expired token', () => tokenFor(0, 5000), 'token-expired', true],
  ])('says that it %s', async (_, answer, code, retryable) => {
    const world = new LeaseWorld();
    world.endpoint.answer = answer;
    const player = await playing(world);
    expect(player.client.failures[0]).toMatchObject({ attempt: 1, willRetry: true });
    expect([player.client.codes[0], player.lease.error?.code]).toEqual([code, code]);
    expect(player.lease.error?.retryable).toBe(retryable);
  });

  it('counts the failures in a row, and begins anew after a token', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = down;
    const player = await playing(world);
    await world.time.advance(2 * MINUTE_MS);
    const attempts = player.client.failures.map(({ attempt }) => attempt);
    expect(attempts).toEqual(attempts.map((__, index) => index + 1));
    restore(world);
    await world.time.advance(MINUTE_MS);
    expect(player.lease.error).toBeUndefined();
    world.endpoint.answer = down;
    await world.time.advance(MINUTE_MS);
    expect(player.client.failures.slice(attempts.length).at(0)?.attempt).toBe(1);
  });

  it('waits through an outage and goes on by itself', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = down;
    const player = world.play();
    const waiting = player.fresh();
    await world.time.advance(5 * MINUTE_MS);
    expect(player.lease.token).toBeUndefined();
    restore(world);
    await world.time.advance(MINUTE_MS);
    expect(await waiting).toBe(player.client.changes[0]?.token.text);
  });

  it('pauses longer and longer', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = down;
    world.play();
    await world.time.advance(10 * MINUTE_MS);
    expect(world.pausesMs.slice(0, 6)).toEqual([1020, 2020, 4020, 8020, 16_020, 30_020]);
    expect(Math.max(...world.pausesMs)).toBe(30_020);
  });

  it('does not notice an outage that the token outlives', async () => {
    const world = new LeaseWorld();
    world.endpoint.lifetimeMs = 5 * MINUTE_MS;
    const player = await playing(world);
    const first = await player.fresh();
    world.endpoint.answer = down;
    await world.time.advance(4.5 * MINUTE_MS);
    expect(await player.fresh()).toBe(first);
    restore(world);
    await world.time.advance(MINUTE_MS / 2);
    expect(await player.fresh()).not.toBe(first);
    expect(player.lease.token?.expiresAtMs).toBeGreaterThan(world.time.realMs + 3 * MINUTE_MS);
  });

  it('gives up an answer that takes longer than 10 s, and asks anew', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = silence;
    const player = world.play();
    await world.time.advance(9900);
    expect([player.client.codes, player.lease.renewing]).toEqual([[], true]);
    await world.time.advance(200);
    expect(player.client.codes).toEqual(['endpoint-unreachable']);
    expect(world.endpoint.asked[0]?.signal.aborted).toBe(true);
    restore(world);
    await world.time.advance(2000);
    expect(player.client.reasons).toEqual(['initial']);
  });

  it('ignores an answer that comes after it was given up', async () => {
    const world = new LeaseWorld();
    world.endpoint.delayMs = 10_500;
    const player = world.play();
    await world.time.advance(10_200);
    world.endpoint.delayMs = 20;
    await world.time.advance(2000);
    expect(player.client.changes.length).toBe(1);
  });

  it('has nothing left over when late questions fail after all', async () => {
    const world = new LeaseWorld();
    world.endpoint.delayMs = 15_000;
    world.endpoint.answer = down;
    const player = world.play();
    await world.time.advance(MINUTE_MS);
    player.leave();
    await world.time.advance(MINUTE_MS);
    expect([world.endpoint.open, world.time.timers]).toEqual([0, []]);
  });

  describe('told to wait', () => {
    async function told(): Promise<{ world: LeaseWorld; player: Player }> {
      const world = new LeaseWorld();
      const player = await playing(world);
      world.endpoint.answer = () => Promise.reject(refusal(429, 100_000));
      await world.time.advance(MINUTE_MS / 2);
      world.random = 0;
      await world.time.advance(MINUTE_MS / 2);
      restore(world);
      expect(world.endpoint.asked.length).toBe(2);
      return { world, player };
    }

    it('waits for as long as it is told', async () => {
      const { world } = await told();
      await world.time.advance(5 * MINUTE_MS);
      expect(world.pausesMs[1]).toBeGreaterThanOrEqual(100_000);
      expect(world.pausesMs[1]).toBeLessThanOrEqual(130_000);
    });

    it('waits although the page wakes up', async () => {
      const { world } = await told();
      world.registry.wake();
      await world.time.advance(1000);
      expect(world.endpoint.asked.length).toBe(2);
    });

    it('waits although Stream refuses the token', async () => {
      const { world, player } = await told();
      const text = player.lease.token?.text ?? '';
      await expect(player.replace(text)).rejects.toHaveProperty('status', 429);
      await world.time.advance(1000);
      expect(world.endpoint.asked.length).toBe(2);
    });

    it('asks at once when a viewer wants it tried again', async () => {
      const { world, player } = await told();
      player.lease.retryNow();
      await world.time.advance(100);
      expect(player.client.reasons.length).toBe(2);
    });
  });

  describe('by handing out the same old token', () => {
    async function stuck(): Promise<{ world: LeaseWorld; player: Player }> {
      const world = new LeaseWorld();
      const token = world.endpoint.token();
      world.endpoint.answer = () => token;
      return { world, player: await playing(world) };
    }

    it('says so', async () => {
      const { world, player } = await stuck();
      await world.time.advance(MINUTE_MS);
      expect(new Set(player.client.codes.slice(0, 2))).toEqual(new Set(['endpoint-stale']));
    });

    it('is not asked again and again', async () => {
      const { world } = await stuck();
      await world.time.advance(30 * MINUTE_MS);
      expect(world.endpoint.asked.length).toBeLessThan(80);
      expect(Math.min(...world.pausesMs)).toBeGreaterThanOrEqual(1000);
    });

    it('is asked once for each refusal, not for each request', async () => {
      const { world, player } = await stuck();
      const text = await player.fresh();
      for (let request = 0; request < 20; request += 1) {
        await Promise.all([
          expect(player.replace(text)).rejects.toHaveProperty('code', 'endpoint-stale'),
          world.time.advance(30),
        ]);
      }
      expect(world.endpoint.asked.length).toBeLessThanOrEqual(3);
    });

    it('is asked again in the next second, where it signed two within one', async () => {
      const world = new LeaseWorld();
      const player = await playing(world);
      const [token] = await Promise.all([
        player.lease.renew(new AbortController().signal),
        world.time.advance(300),
      ]);
      world.endpoint.answer = () => token.text;
      const refused = expect(player.replace(token.text)).rejects.toMatchObject({
        code: 'endpoint-stale',
        retryable: true,
      });
      await world.time.advance(100);
      await refused;
      const waitMs = player.lease.error?.retryAfterMs ?? 0;
      expect(waitMs).toBeGreaterThan(500);
      expect(waitMs).toBeLessThan(1000);
      restore(world);
      const next = player.fresh();
      await world.time.advance(PATIENCE_MS);
      expect(await next).not.toBe(token.text);
      expect(player.client.codes).toEqual(['endpoint-stale']);
    });

    it('goes on when another comes', async () => {
      const { world, player } = await stuck();
      await world.time.advance(2 * MINUTE_MS);
      const waiting = player.fresh();
      restore(world);
      await world.time.advance(MINUTE_MS);
      expect(await waiting).toBe(player.lease.token?.text);
      expect(player.lease.error).toBeUndefined();
    });
  });

  it('asks at once when the page wakes up, but not within a second', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = down;
    world.play();
    await world.time.advance(40_000);
    const asked = world.endpoint.asked.length;
    for (let wake = 0; wake < 10; wake += 1) world.registry.wake();
    await world.time.advance(100);
    for (let wake = 0; wake < 10; wake += 1) world.registry.wake();
    expect(world.endpoint.asked.length).toBe(asked + 1);
    await world.time.advance(1000);
    world.registry.wake();
    await world.time.advance(10);
    expect(world.endpoint.asked.length).toBe(asked + 2);
  });

  it('says once that there is nobody to ask, and waits for a token to be given', async () => {
    const world = new LeaseWorld({ hasEndpoint: false });
    const player = world.play();
    const waiting = player.fresh();
    await world.time.advance(MINUTE_MS);
    expect(player.client.failures).toMatchObject([
      { error: { code: 'token-missing' }, willRetry: false },
    ]);
    const token = tokenFor(MINUTE_MS, world.time.realMs);
    player.lease.seed(token);
    expect(await waiting).toBe(token);
  });
});
