import { describe, expect, it } from 'vitest';
import { askEarly, type EarlyQuestion } from '../../../src/token/early-question.js';
import { FakeClient } from '../../support/fake-client.js';
import { settle } from '../../support/fake-time.js';
import { VIDEO_ID } from '../../support/fake-token.js';
import { LeaseWorld } from '../../support/lease-world.js';

function ask(world: LeaseWorld, key: string | object = {}): EarlyQuestion {
  const origin = { ...world.origin, key };
  const question = askEarly(origin, VIDEO_ID, () => world.time.monotonicMs());
  if (question === undefined) throw new Error('nothing was asked');
  return question;
}

/** What a session does when its code has come. */
function takeOver(world: LeaseWorld, question: EarlyQuestion): FakeClient {
  const client = new FakeClient();
  question.handOver();
  world.registry.acquire(question.origin, VIDEO_ID).join(client);
  return client;
}

describe('askEarly', () => {
  it('asks at once, and a lease takes the answer as its own first', async () => {
    const world = new LeaseWorld();
    const question = ask(world);
    expect(world.endpoint.asked.map(({ reason, videoId }) => [reason, videoId])).toEqual([
      ['initial', VIDEO_ID],
    ]);
    await world.time.advance(5);
    const client = takeOver(world, question);
    await world.time.advance(15);
    expect(client.reasons).toEqual(['initial']);
    expect(world.endpoint.asked.length).toBe(1);
  });

  it('has the lease ask by itself from the second time on', async () => {
    const world = new LeaseWorld();
    const client = takeOver(world, ask(world));
    await world.time.advance(60_000);
    expect(client.reasons.slice(0, 2)).toEqual(['initial', 'scheduled']);
    expect(world.endpoint.asked.length).toBe(client.reasons.length);
  });

  it('asks once for all who want the same, and each for another origin', async () => {
    const world = new LeaseWorld();
    const key = {};
    const questions = [ask(world, key), ask(world, key), ask(world, {})];
    expect(world.endpoint.asked.length).toBe(2);
    const clients = questions.map((question) => takeOver(world, question));
    await world.time.advance(100);
    expect(clients.map(({ reasons }) => reasons)).toEqual([['initial'], ['initial'], ['initial']]);
    expect(world.endpoint.asked.length).toBe(2);
  });

  it('knows the time of the question and not of its taking over', async () => {
    const world = new LeaseWorld({ wallErrorMs: 86_400_000 });
    const question = ask(world);
    await world.time.advance(30_000);
    question.handOver();
    const lease = world.registry.acquire(question.origin, VIDEO_ID);
    lease.join(new FakeClient());
    await settle();
    expect(Math.abs(lease.nowMs - world.time.realMs)).toBeLessThan(1000);
  });

  it('tells the lease of a failure, which asks again by its plan', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = () => Promise.reject(new Error('down'));
    const question = ask(world);
    await world.time.advance(100);
    const client = takeOver(world, question);
    await settle();
    expect(client.codes).toEqual(['endpoint-unreachable']);
    world.endpoint.answer = () => world.endpoint.token();
    await world.time.advance(3000);
    expect(client.reasons).toEqual(['initial']);
  });

  it('is given up when the last who wanted it leaves', () => {
    const world = new LeaseWorld();
    const key = {};
    const [one, two] = [ask(world, key), ask(world, key)];
    one.leave();
    expect(world.endpoint.asked[0]?.signal.aborted).toBe(false);
    two.leave();
    expect(world.endpoint.asked[0]?.signal.aborted).toBe(true);
    ask(world, key);
    expect(world.endpoint.asked.length).toBe(2);
  });

  it('is given up with the lease that has taken it', async () => {
    const world = new LeaseWorld();
    const question = ask(world);
    question.handOver();
    const lease = world.registry.acquire(question.origin, VIDEO_ID);
    const leave = lease.join(new FakeClient());
    await settle();
    leave();
    expect(world.endpoint.asked[0]?.signal.aborted).toBe(true);
  });

  it('asks nobody where there is nobody', () => {
    const world = new LeaseWorld({ hasEndpoint: false });
    expect(askEarly(world.origin, VIDEO_ID, () => 0)).toBe(undefined);
  });
});
