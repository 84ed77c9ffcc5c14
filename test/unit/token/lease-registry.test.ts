import { describe, expect, it } from 'vitest';
import { SignedStreamError } from '../../../src/errors.js';
import { LeaseRegistry } from '../../../src/token/lease-registry.js';
import { FakeClient } from '../../support/fake-client.js';
import { FakeEndpoint } from '../../support/fake-endpoint.js';
import { FakeTime } from '../../support/fake-time.js';
import { VIDEO_ID } from '../../support/fake-token.js';
import { LeaseWorld } from '../../support/lease-world.js';

describe('LeaseRegistry', () => {
  it('gives the same lease for the same origin and video', () => {
    const { registry, origin } = new LeaseWorld();
    const lease = registry.acquire(origin, VIDEO_ID);
    expect(registry.acquire({ ...origin }, VIDEO_ID)).toBe(lease);
    expect(registry.acquire(origin, 'other')).not.toBe(lease);
    expect(registry.acquire({ ...origin, key: 'other' }, VIDEO_ID)).not.toBe(lease);
  });

  it('tells apart functions of the page by what they are', () => {
    const { registry, origin } = new LeaseWorld();
    const [one, two] = [{}, {}];
    const lease = registry.acquire({ ...origin, key: one }, VIDEO_ID);
    expect(registry.acquire({ ...origin, key: one }, VIDEO_ID)).toBe(lease);
    expect(registry.acquire({ ...origin, key: two }, VIDEO_ID)).not.toBe(lease);
  });

  it('lets a lease of a single user go on with another function, with all that it has', async () => {
    const world = new LeaseWorld();
    const player = world.play();
    await world.time.advance(1000);
    const { registry, origin, endpoint } = world;
    const next = { key: {}, fetchToken: endpoint.fetchToken };
    expect(registry.rename(origin, next, VIDEO_ID)).toBe(true);
    expect(registry.acquire(next, VIDEO_ID)).toBe(player.lease);
    expect(registry.rename(next, { ...next, key: {} }, VIDEO_ID)).toBe(false);
    expect(registry.acquire(origin, VIDEO_ID)).not.toBe(player.lease);
    expect(registry.rename(origin, next, VIDEO_ID)).toBe(false);
  });

  it('renews no later, and asks no more often, because its function is made anew all the time', async () => {
    const world = new LeaseWorld();
    world.endpoint.lifetimeMs = 20_000;
    let { origin } = world;
    const player = world.play();
    for (let rendering = 0; rendering < 4 * 60; rendering += 1) {
      await world.time.advance(250);
      const next = { key: {}, fetchToken: world.endpoint.fetchToken };
      expect(world.registry.rename(origin, next, VIDEO_ID)).toBe(true);
      origin = next;
    }
    expect(player.client.codes).toEqual([]);
    expect(world.endpoint.asked.length).toBeGreaterThanOrEqual(4);
    expect(world.endpoint.asked.length).toBeLessThan(8);
  });

  it.each([Infinity, 250])(
    'waits between questions that fail, with a function made anew every %i ms, too',
    async (everyMs) => {
      const world = new LeaseWorld();
      const refusal = new SignedStreamError('endpoint-unreachable', 'down', { retryable: true });
      world.endpoint.answer = () => Promise.reject(refusal);
      let { origin } = world;
      world.play();
      for (let atMs = 0; atMs < 60_000; atMs += 250) {
        await world.time.advance(250);
        if (everyMs === Infinity) continue;
        const next = { key: {}, fetchToken: world.endpoint.fetchToken };
        expect(world.registry.rename(origin, next, VIDEO_ID)).toBe(true);
        origin = next;
      }
      expect(world.endpoint.asked.length).toBeGreaterThan(3);
      expect(world.endpoint.asked.length).toBeLessThan(9);
    },
  );

  it('asks a function at once that comes a while after another one has failed', async () => {
    const world = new LeaseWorld();
    const refusal = new SignedStreamError('endpoint-malformed', 'not signed in');
    world.endpoint.answer = () => Promise.reject(refusal);
    const player = world.play();
    await world.time.advance(3000);
    expect(world.endpoint.asked.length).toBe(1);
    world.endpoint.answer = () => world.endpoint.token();
    const next = { key: {}, fetchToken: world.endpoint.fetchToken };
    expect(world.registry.rename(world.origin, next, VIDEO_ID)).toBe(true);
    await world.time.advance(200);
    expect(world.endpoint.asked.length).toBe(2);
    expect(player.lease.token).toBeDefined();
  });

  it('forgets a lease with its last user', () => {
    const { registry, origin } = new LeaseWorld();
    const lease = registry.acquire(origin, VIDEO_ID);
    registry.acquire(origin, VIDEO_ID);
    registry.release(origin, VIDEO_ID);
    expect(registry.acquire(origin, VIDEO_ID)).toBe(lease);
    registry.release(origin, VIDEO_ID);
    registry.release(origin, VIDEO_ID);
    expect(registry.acquire(origin, VIDEO_ID)).not.toBe(lease);
  });

  it('does not mind a release too many', () => {
    const { registry, origin } = new LeaseWorld();
    expect(() => registry.release(origin, VIDEO_ID)).not.toThrow();
  });

  it('has one timer for all leases', async () => {
    const world = new LeaseWorld();
    for (let index = 0; index < 20; index += 1) {
      world.play(Infinity, `video-${index}`);
    }
    world.endpoint.answer = ({ videoId }) => world.endpoint.token({ sub: videoId });
    await world.time.advance(1000);
    for (let step = 0; step < 50; step += 1) {
      await world.time.advance(3000);
      expect(world.time.timers.length - 2 * world.endpoint.open).toBe(1);
    }
  });

  it('looks at each lease when it is due, also after others', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = ({ videoId }) =>
      world.endpoint.token({
        sub: videoId,
        exp: Math.floor(world.time.realMs / 1000) + (videoId === 'short' ? 10 : 3600),
      });
    const long = world.play(Infinity, 'long');
    const short = world.play(Infinity, 'short');
    await world.time.advance(3_500_000);
    expect(long.client.changes.length).toBe(2);
    expect(short.client.changes.length).toBeGreaterThan(400);
    expect([...long.client.codes, ...short.client.codes]).toEqual([]);
  });

  it('has no timer while nobody plays and nobody waits', async () => {
    const world = new LeaseWorld({ hasEndpoint: false });
    const player = world.play();
    player.lease.seed(world.endpoint.token());
    await world.time.advance(1000);
    expect(world.time.timers).toEqual([]);
  });

  it('is not hurried by timers that cut off parts of milliseconds', async () => {
    class HastyTime extends FakeTime {
      override setTimer(callback: () => void, delayMs: number): () => void {
        return super.setTimer(callback, Math.floor(delayMs));
      }
    }
    const time = new HastyTime();
    const registry = new LeaseRegistry(time, () => 0.123_456_789);
    const endpoint = new FakeEndpoint(time);
    const client = new FakeClient();
    registry.acquire({ key: 'x', fetchToken: endpoint.fetchToken }, VIDEO_ID).join(client);
    await time.advance(600_000);
    expect([client.changes.length > 10, client.codes, time.fired < 100]).toEqual([true, [], true]);
  });

  it('survives timers that are cut short, as a browser does with very long ones', async () => {
    class ShortTime extends FakeTime {
      override setTimer(callback: () => void, delayMs: number): () => void {
        return super.setTimer(callback, Math.min(delayMs, 86_400_000));
      }
    }
    const time = new ShortTime();
    const registry = new LeaseRegistry(time, () => 0.5);
    const world = new LeaseWorld();
    const nbf = Math.floor(time.realMs / 1000) + 30 * 86_400;
    const text = world.endpoint.token({ nbf, exp: nbf + 3600 });
    const lease = registry.acquire(
      { key: 'x', fetchToken: async () => ({ text, serverDateMs: time.realMs }) },
      VIDEO_ID,
    );
    const end = new AbortController();
    const waiting = lease.fresh(end.signal);
    await time.advance(30 * 86_400_000 + 1000);
    expect((await waiting).text).toBe(text);
  });

  it('wakes every lease whose users play', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = ({ videoId }) => world.endpoint.token({ sub: videoId });
    const players = ['a', 'b', 'c'].map((videoId) => world.play(Infinity, videoId));
    await world.time.advance(1000);
    world.time.sleep(3_600_000);
    world.registry.wake();
    await world.time.advance(100);
    expect(players.map(({ client }) => client.reasons)).toEqual(
      players.map(() => ['initial', 'wake']),
    );
  });
});
