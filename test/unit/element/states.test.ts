import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlayerStates, toPlayerState, type StateInput } from '../../../src/element/states.js';
import { readTokenState } from '../../../src/element/token-state.js';
import { SignedStreamError } from '../../../src/errors.js';
import { secondsFromStart } from '../../support/fake-token.js';
import { LeaseWorld } from '../../support/lease-world.js';

const PLAYING: StateInput = {
  problem: undefined,
  hasEngine: true,
  readyState: 4,
  paused: false,
  renewing: false,
};

const problem = (code: 'token-expired' | 'media-failed'): SignedStreamError =>
  new SignedStreamError(code, code);

describe('toPlayerState', () => {
  it.each([
    [{}, 'ready'],
    [{ renewing: true }, 'renewing'],
    [{ paused: true }, 'paused'],
    [{ paused: true, renewing: true }, 'paused'],
    [{ paused: true, readyState: 0 }, 'loading'],
    [{ paused: true, readyState: 1 }, 'paused'],
    [{ readyState: 2 }, 'loading'],
    [{ readyState: 3 }, 'ready'],
    [{ hasEngine: false }, 'loading'],
    [{ problem: problem('token-expired') }, 'expired'],
    [{ problem: problem('media-failed') }, 'failed'],
    [{ problem: problem('media-failed'), paused: true, hasEngine: false }, 'failed'],
  ])('of %j is %s', (input, state) => {
    expect(toPlayerState({ ...PLAYING, ...input })).toBe(state);
  });
});

describe('PlayerStates', () => {
  it('shows exactly one at a time, whatever happens', () => {
    const states = new Set<string>();
    // All that it needs of an element.
    const element = { attachInternals: () => ({ states }) } as unknown as HTMLElement;
    const shown = new PlayerStates(element);
    const inputs = fc.record({
      problem: fc.constantFrom(undefined, problem('token-expired'), problem('media-failed')),
      hasEngine: fc.boolean(),
      readyState: fc.integer({ min: 0, max: 4 }),
      paused: fc.boolean(),
      renewing: fc.boolean(),
    });
    const property = fc.property(inputs, (input) => {
      shown.update(input);
      expect([...states]).toEqual([toPlayerState(input)]);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it.each([{}, { attachInternals: () => ({}) }])('does without where there are none', (element) => {
    const shown = new PlayerStates(element as HTMLElement);
    expect(() => shown.update(PLAYING)).not.toThrow();
  });
});

describe('readTokenState', () => {
  it('is none without a lease, and while nobody needs a token', () => {
    expect(readTokenState(undefined)).toBe('none');
    expect(readTokenState(new LeaseWorld().play(0).lease)).toBe('none');
  });

  it('follows a token from the first question to its end', async () => {
    const world = new LeaseWorld();
    const { lease, client } = world.play();
    const states = [readTokenState(lease)];
    await world.time.advance(1000);
    states.push(readTokenState(lease));
    void lease.renew(new AbortController().signal);
    states.push(readTokenState(lease));
    await world.time.advance(1000);
    client.needMs = 0;
    await world.time.advance(90_000);
    states.push(readTokenState(lease));
    expect(states).toEqual(['fetching', 'valid', 'renewing', 'expired']);
  });

  it('is failed where there is none to be had, before and after the first', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = () => Promise.reject(new Error('down'));
    const { lease } = world.play();
    await world.time.advance(500);
    expect(readTokenState(lease)).toBe('failed');
    world.endpoint.answer = () => world.endpoint.token();
    await world.time.advance(2000);
    world.endpoint.answer = () => Promise.reject(new Error('down'));
    await world.time.advance(58_000);
    expect(readTokenState(lease)).toBe('valid');
    await world.time.advance(4000);
    expect(readTokenState(lease)).toBe('failed');
  });

  it('is early until the token holds', async () => {
    const world = new LeaseWorld();
    world.endpoint.answer = () =>
      world.endpoint.token({ nbf: secondsFromStart(60), exp: secondsFromStart(600) });
    const { lease } = world.play(1);
    await world.time.advance(1000);
    expect(readTokenState(lease)).toBe('early');
    await world.time.advance(60_000);
    expect(readTokenState(lease)).toBe('valid');
  });
});
