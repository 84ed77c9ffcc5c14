import { expect, it } from 'vitest';
import type { DeckFactory } from '../../../../src/engine/exchange/deck.js';
import { preparePatiently } from '../../../../src/engine/exchange/prepare-patiently.js';
import { Pauses } from '../../../../src/engine/pause.js';
import { SignedStreamError } from '../../../../src/errors.js';

function failing(times: number): { factory: DeckFactory; asked: () => number } {
  let asked = 0;
  const prepare = async (): Promise<void> => {
    asked += 1;
    if (asked <= times) throw new SignedStreamError('sdk-unavailable', 'no');
  };
  return { factory: { prepare } as unknown as DeckFactory, asked: () => asked };
}

it('tries until it succeeds, and tells what is in the way', async () => {
  const { factory, asked } = failing(2);
  const pauses = new Pauses();
  const told: (string | undefined)[] = [];
  const report = (error: SignedStreamError | undefined): void => {
    told.push(error?.code);
    setTimeout(() => pauses.cutShort());
  };
  await preparePatiently(factory, pauses, report, new AbortController().signal);
  expect(asked()).toBe(3);
  expect(told).toEqual(['sdk-unavailable', 'sdk-unavailable', undefined]);
});

it('does not try once more where it is given up in a pause', async () => {
  const { factory, asked } = failing(Infinity);
  const end = new AbortController();
  const report = (): void => void setTimeout(() => end.abort());
  await preparePatiently(factory, new Pauses(), report, end.signal);
  expect(asked()).toBe(1);
});
