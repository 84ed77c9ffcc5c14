import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SignedStreamError } from '../../../src/errors.js';
import { settle } from '../../support/fake-time.js';
import { anyToken, check, checkTold } from '../../support/fuzz.js';
import { LeaseWorld } from '../../support/lease-world.js';

const DAY_MS = 86_400_000;
const PATIENCE_MS = 180_000;
const STEP_MS = 3000;

/** What happens next: what the endpoint answers from now on, or what a viewer or a device does. */
const anyStep = fc.oneof(
  { arbitrary: fc.constant('good'), weight: 3 },
  { arbitrary: fc.constantFrom('down', 'busy', 'slow', 'same'), weight: 2 },
  { arbitrary: anyToken, weight: 1 },
  {
    arbitrary: fc.constantFrom('wake', 'sleep', 'ahead', 'back', 'refuse', 'pause', 'play'),
    weight: 3,
  },
);

const BUSY = new SignedStreamError('endpoint-refused', 'The token endpoint answered 429.', {
  status: 429,
  retryable: true,
  retryAfterMs: 30_000,
});

/** Lives through a script, and says how often the endpoint was asked. */
async function live(world: LeaseWorld, script: readonly string[]): Promise<number> {
  let mood = 'good';
  const player = world.play();
  const { lease, client } = player;
  world.endpoint.answer = () => {
    if (mood === 'down') throw new Error('down');
    if (mood === 'busy') throw BUSY;
    if (mood === 'same') return lease.token?.text ?? '';
    return mood.startsWith('eyJ') ? mood : world.endpoint.token();
  };
  const acts: Readonly<Record<string, () => void>> = {
    wake: () => world.registry.wake(),
    sleep: () => world.time.sleep(3_600_000),
    ahead: () => (world.time.wallErrorMs += DAY_MS),
    back: () => (world.time.wallErrorMs -= DAY_MS),
    refuse: () => void player.replace(lease.token?.text ?? '').catch(checkEnd),
    pause: () => (client.needMs = 0),
    play: () => (client.needMs = Infinity),
  };
  const waiting = player.fresh().catch(checkEnd);
  for (const step of script) {
    const act = acts[step];
    if (act === undefined) mood = step;
    else act();
    world.endpoint.delayMs = mood === 'slow' ? 12_000 : 20;
    lease.check();
    await world.time.advance(STEP_MS);
    check(lease.nextCheckMs() >= 0, `looks again in ${lease.nextCheckMs()} ms`);
  }
  for (const { error } of client.failures) checkTold(error);
  player.leave();
  await waiting;
  await world.time.advance(13_000);
  await settle();
  check(world.time.timers.length === 0, 'no timer is left');
  return world.endpoint.asked.length;
}

/** A request may end with its player, or be told why there is no other token. */
function checkEnd(error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  checkTold(error);
}

describe('a lease with an endpoint, a device and a viewer that may do anything', () => {
  it(
    'never asks in a hurry, tells every failure, and leaves nothing: 800 lives',
    async () => {
      let answers = 0;
      const property = fc.asyncProperty(
        fc.constantFrom(0, DAY_MS, -DAY_MS, 5 * 3_600_000, -5 * 3_600_000),
        fc.boolean(),
        fc.constantFrom(2000, 3000, 10_000, 60_000),
        fc.array(anyStep, { minLength: 20, maxLength: 60 }),
        async (wallErrorMs, tellsTime, lifetimeMs, script) => {
          const world = new LeaseWorld({ wallErrorMs });
          Object.assign(world.endpoint, { lifetimeMs, tellsTime });
          const asked = await live(world, script);
          const longest = (script.length * STEP_MS) / 1000 + 2 * script.length;
          check(asked <= longest, `${asked} questions in ${script.length} steps`);
          answers += asked;
        },
      );
      await fc.assert(property, { numRuns: 800 });
      expect(answers).toBeGreaterThan(10_000);
    },
    PATIENCE_MS,
  );
});
