import { describe, expect, it } from 'vitest';
import { settle } from '../../support/fake-time.js';
import { LeaseWorld } from '../../support/lease-world.js';

describe('TokenLease, shared', () => {
  it('asks once for ten who play the same video', async () => {
    const world = new LeaseWorld();
    const players = Array.from({ length: 10 }, () => world.play());
    const tokens = await Promise.race([
      Promise.all(players.map((player) => player.fresh())),
      world.time.advance(100).then(() => []),
    ]);
    expect([new Set(tokens).size, world.endpoint.asked.length]).toEqual([1, 1]);
  });

  it('renews once for ten who play the same video', async () => {
    const world = new LeaseWorld();
    const players = Array.from({ length: 10 }, () => world.play());
    await world.time.advance(59_000);
    expect(world.endpoint.asked.length).toBe(2);
    expect(players.map(({ client }) => client.changes.length)).toEqual(Array(10).fill(2));
  });

  it('asks once for ten requests that wait', async () => {
    const world = new LeaseWorld();
    const player = world.play(0);
    const waiting = Promise.all(Array.from({ length: 10 }, () => player.fresh()));
    await world.time.advance(100);
    expect([new Set(await waiting).size, world.endpoint.asked.length]).toEqual([1, 1]);
  });

  it('asks once when ten requests are refused with the same token', async () => {
    const world = new LeaseWorld();
    const player = world.play();
    await world.time.advance(1000);
    const refused = await player.fresh();
    const replaced = Promise.all(Array.from({ length: 10 }, () => player.replace(refused)));
    await world.time.advance(100);
    expect([new Set(await replaced).size, world.endpoint.asked.length]).toEqual([1, 2]);
  });

  it('asks for each of ten videos', async () => {
    const world = new LeaseWorld();
    const videoIds = Array.from({ length: 10 }, (_, index) => `video-${index}`);
    for (const videoId of videoIds) world.play(Infinity, videoId);
    await world.time.advance(100);
    expect(world.endpoint.asked.map(({ videoId }) => videoId)).toEqual(videoIds);
  });

  it('asks for nothing while nobody needs it', async () => {
    const world = new LeaseWorld();
    const player = world.play(0);
    await world.time.advance(3_600_000);
    expect([world.endpoint.asked.length, player.lease.token]).toEqual([0, undefined]);
  });

  it('renews nothing while nobody needs it, and renews when somebody does', async () => {
    const world = new LeaseWorld();
    const player = world.play();
    await world.time.advance(1000);
    player.client.needMs = 0;
    player.lease.check();
    await world.time.advance(3_600_000);
    expect(world.endpoint.asked.length).toBe(1);
    player.client.needMs = Infinity;
    player.lease.check();
    await world.time.advance(100);
    expect(player.client.reasons).toEqual(['initial', 'scheduled']);
  });

  it('renews for the one of two who goes on playing', async () => {
    const world = new LeaseWorld();
    const paused = world.play(0);
    world.play();
    await world.time.advance(120_000);
    expect(paused.client.changes.length).toBeGreaterThanOrEqual(3);
  });

  it('renews no token that outlives what is left of the video', async () => {
    const world = new LeaseWorld();
    world.play(30_000);
    await world.time.advance(29_000);
    expect(world.endpoint.asked.length).toBe(1);
  });

  it('notices by itself, within a minute, that somebody needs a token again', async () => {
    const world = new LeaseWorld();
    const player = world.play(0);
    await world.time.advance(1000);
    player.client.needMs = Infinity;
    await world.time.advance(60_000);
    expect(player.client.reasons).toContain('initial');
  });

  describe('left', () => {
    it('gives up the question under way with the last of them, and reports no failure', async () => {
      const world = new LeaseWorld();
      world.endpoint.delayMs = 5000;
      const first = world.play();
      const second = world.play();
      await world.time.advance(100);
      const [asked] = world.endpoint.asked;
      first.leave();
      expect(asked?.signal.aborted).toBe(false);
      second.leave();
      expect(asked?.signal.aborted).toBe(true);
      await world.time.advance(20_000);
      expect([first.client.codes, second.client.codes]).toEqual([[], []]);
      expect([first.client.changes, second.client.changes]).toEqual([[], []]);
    });

    it('does not even ask when it is left in the same moment', async () => {
      const world = new LeaseWorld();
      world.play().leave();
      await world.time.advance(20_000);
      expect(world.endpoint.asked.length).toBe(0);
    });

    it('asks anew for somebody who joins while the last question is being given up', async () => {
      const world = new LeaseWorld();
      world.endpoint.delayMs = 5000;
      const kept = world.registry.acquire(world.origin, 'video');
      const first = world.play(Infinity, 'video');
      await world.time.advance(100);
      first.leave();
      const second = world.play(Infinity, 'video');
      expect(second.lease).toBe(kept);
      world.endpoint.answer = () => world.endpoint.token({ sub: 'video' });
      await world.time.advance(6000);
      expect([second.client.reasons, second.client.codes]).toEqual([['initial'], []]);
      expect(world.endpoint.asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    });

    it('ends the wait of its requests', async () => {
      const world = new LeaseWorld();
      world.endpoint.answer = () => new Promise(() => {});
      const player = world.play();
      const waiting = player.fresh().catch((error: unknown) => error);
      await world.time.advance(100);
      player.leave();
      expect(await waiting).toHaveProperty('name', 'AbortError');
    });

    it('ends the wait for a replacement', async () => {
      const world = new LeaseWorld();
      const player = world.play();
      await world.time.advance(100);
      const refused = await player.fresh();
      world.endpoint.answer = () => new Promise(() => {});
      const waiting = player.replace(refused).catch((error: unknown) => error);
      await world.time.advance(100);
      player.leave();
      expect(await waiting).toHaveProperty('name', 'AbortError');
      expect(player.client.codes).toEqual([]);
    });

    it('may be left twice', () => {
      const world = new LeaseWorld();
      const lease = world.registry.acquire(world.origin, 'video');
      const leave = lease.join(world.play(0).client);
      leave();
      expect(leave).not.toThrow();
    });

    it('leaves no timer', async () => {
      const world = new LeaseWorld();
      const players = [world.play(), world.play()];
      await world.time.advance(1000);
      for (const player of players) player.leave();
      await settle();
      expect(world.time.timers).toEqual([]);
    });
  });
});
