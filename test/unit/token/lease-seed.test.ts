import { describe, expect, it } from 'vitest';
import { fakeToken, secondsFromStart, tokenFor, VIDEO_ID } from '../../support/fake-token.js';
import { LeaseWorld } from '../../support/lease-world.js';
import { codeOf } from '../../support/thrown.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('TokenLease, given a token', () => {
  it('uses it without a question', async () => {
    const world = new LeaseWorld();
    const token = tokenFor(HOUR_MS, world.time.realMs);
    const player = world.play(0);
    player.lease.seed(token);
    expect([await player.fresh(), world.endpoint.asked.length]).toEqual([token, 0]);
    expect(player.client.reasons).toEqual(['initial']);
  });

  it('asks for nothing while it is good', async () => {
    const world = new LeaseWorld();
    const lease = world.registry.acquire(world.origin, VIDEO_ID);
    lease.seed(tokenFor(HOUR_MS, world.time.realMs));
    world.play(1);
    await world.time.advance(60_000);
    expect(world.endpoint.asked.length).toBe(0);
  });

  it('renews it through the endpoint', async () => {
    const world = new LeaseWorld();
    const player = world.play(0);
    player.lease.seed(tokenFor(10_000, world.time.realMs));
    player.client.needMs = Infinity;
    player.lease.check();
    await world.time.advance(9000);
    expect(player.client.reasons).toEqual(['initial', 'scheduled']);
  });

  it('plays to its end where there is no endpoint, and then says why it stops', async () => {
    const world = new LeaseWorld({ hasEndpoint: false });
    const player = world.play();
    const token = tokenFor(10_000, world.time.realMs);
    player.lease.seed(token);
    await world.time.advance(9000);
    expect(await player.fresh()).toBe(token);
    await world.time.advance(2000);
    const waiting = player.fresh();
    expect(player.client.codes).toEqual(['token-expired']);
    const next = tokenFor(HOUR_MS, world.time.realMs);
    player.lease.seed(next);
    expect(await waiting).toBe(next);
  });

  it('drops one that looks over where another can be had', async () => {
    const world = new LeaseWorld();
    const player = world.play();
    player.lease.seed(tokenFor(-HOUR_MS, world.time.realMs));
    expect(player.lease.token).toBeUndefined();
    await world.time.advance(100);
    expect(player.client.reasons).toEqual(['initial']);
  });

  it('tries one that looks over where there is nobody to ask', async () => {
    const world = new LeaseWorld({ hasEndpoint: false, wallErrorMs: DAY_MS });
    const player = world.play();
    const token = tokenFor(HOUR_MS, world.time.realMs);
    player.lease.seed(token);
    await world.time.advance(30 * 60_000);
    expect([await player.fresh(), player.client.codes]).toEqual([token, []]);
  });

  it.each([
    ['another video', fakeToken({ sub: 'x' }), 'token-wrong-video'],
    ['nobody, being none', 'hello', 'token-malformed'],
  ])('refuses one for %s, and keeps what it has', async (_, text, code) => {
    const world = new LeaseWorld();
    const player = world.play();
    await world.time.advance(100);
    const token = await player.fresh();
    expect(codeOf(() => player.lease.seed(text))).toBe(code);
    expect(await player.fresh()).toBe(token);
  });

  it('refuses one that is over by the server', async () => {
    const world = new LeaseWorld();
    const player = world.play();
    await world.time.advance(100);
    const token = tokenFor(-5000, world.time.realMs);
    expect(codeOf(() => player.lease.seed(token))).toBe('token-expired');
  });

  it('keeps a token that lives longer', async () => {
    const world = new LeaseWorld();
    const player = world.play();
    await world.time.advance(100);
    const token = await player.fresh();
    player.lease.seed(tokenFor(30_000, world.time.realMs));
    expect([await player.fresh(), player.client.reasons]).toEqual([token, ['initial']]);
  });

  it('takes one that lives longer', async () => {
    const world = new LeaseWorld();
    const player = world.play();
    await world.time.advance(100);
    const token = tokenFor(HOUR_MS, world.time.realMs);
    player.lease.seed(token);
    expect([await player.fresh(), player.client.reasons]).toEqual([token, ['initial', 'manual']]);
  });

  it('takes any in the place of one that was refused', async () => {
    const world = new LeaseWorld();
    const player = world.play();
    await world.time.advance(100);
    const refused = await player.fresh();
    world.endpoint.answer = () => Promise.reject(new Error('down'));
    await Promise.all([player.replace(refused).catch(() => ''), world.time.advance(100)]);
    const token = tokenFor(30_000, world.time.realMs);
    player.lease.seed(token);
    expect([await player.fresh(), player.lease.error]).toEqual([token, undefined]);
  });

  it('says nothing of the same token given again', async () => {
    const world = new LeaseWorld();
    const player = world.play(0);
    const token = tokenFor(HOUR_MS, world.time.realMs);
    player.lease.seed(token);
    player.lease.seed(` ${token}`);
    expect(player.client.reasons).toEqual(['initial']);
  });

  it('wakes the requests that wait', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = () => Promise.reject(new Error('down'));
    const player = world.play();
    const waiting = player.fresh();
    await world.time.advance(5000);
    const token = tokenFor(HOUR_MS, world.time.realMs);
    player.lease.seed(token);
    expect(await waiting).toBe(token);
  });
});

describe('TokenLease, with a token whose time has not come', () => {
  const claims = { nbf: secondsFromStart(600), exp: secondsFromStart(4200) };

  it('says when, waits, and goes on by itself', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = () => world.endpoint.token(claims);
    const player = world.play(1);
    const waiting = player.fresh();
    await world.time.advance(1000);
    expect(player.client.codes).toEqual(['token-not-yet-valid']);
    const arrival = waiting.then(() => world.time.realMs - secondsFromStart(600) * 1000);
    await world.time.advance(610_000);
    expect(await arrival).toBeGreaterThanOrEqual(0);
    expect(await arrival).toBeLessThanOrEqual(1100);
    expect(world.endpoint.asked.length).toBe(1);
  });

  it('lets Stream decide where nobody tells the time, and waits when it refuses', async () => {
    const world = new LeaseWorld();
    world.endpoint.tellsTime = false;
    world.endpoint.answer = () => world.endpoint.token(claims);
    const player = world.play(1);
    await world.time.advance(100);
    const token = await player.fresh();
    const waiting = player.replace(token);
    expect(player.client.codes).toEqual(['token-not-yet-valid']);
    await world.time.advance(600_000);
    expect(await waiting).toBe(token);
    expect(world.endpoint.asked.length).toBe(1);
  });

  it('does not take a device that is behind for a beginning ahead, once it has played', async () => {
    const world = new LeaseWorld({ wallErrorMs: -5 * HOUR_MS });
    world.endpoint.tellsTime = false;
    world.endpoint.answer = () =>
      world.endpoint.token({ nbf: Math.floor(world.time.realMs / 1000) });
    const player = world.play();
    await world.time.advance(61_000);
    const replaced = player.replace(await player.fresh());
    await world.time.advance(100);
    await replaced;
    expect(player.client.codes).toEqual([]);
  });

  it('is not asked again by wake-ups while it waits', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = () => world.endpoint.token(claims);
    const player = world.play(1);
    void player.fresh().catch(() => {});
    await world.time.advance(5000);
    for (let wake = 0; wake < 10; wake += 1) world.registry.wake();
    await world.time.advance(5000);
    expect(world.endpoint.asked.length).toBe(1);
  });

  it('looks again after a sleep through its beginning', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = () => world.endpoint.token(claims);
    const player = world.play(1);
    const waiting = player.fresh();
    await world.time.advance(5000);
    world.time.sleep(600_000);
    world.registry.wake();
    await world.time.advance(100);
    expect(await waiting).toBe(player.lease.token?.text);
  });
});
