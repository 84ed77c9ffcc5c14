import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENCE_MS } from '../../../src/element/patience.js';
import { Trouble, type TroubleSide } from '../../../src/element/trouble.js';
import { SignedStreamError, type SignedStreamErrorCode } from '../../../src/errors.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const passing = (code: SignedStreamErrorCode, status?: number): SignedStreamError =>
  new SignedStreamError(code, code, { retryable: true, status });
const lasting = (code: SignedStreamErrorCode): SignedStreamError =>
  new SignedStreamError(code, code);

const DOWN = passing('endpoint-unreachable');

function createTrouble(): {
  trouble: Trouble;
  shown: (string | undefined)[];
  starving: Set<TroubleSide>;
} {
  const shown: (string | undefined)[] = [];
  const starving = new Set<TroubleSide>(['token', 'engine']);
  const trouble = new Trouble(
    (side) => starving.has(side),
    (problem) => shown.push(problem && `${problem.code}${problem.status ?? ''}`),
  );
  return { trouble, shown, starving };
}

describe('Trouble', () => {
  it('is not shown while there is something left to play', () => {
    const { trouble, shown, starving } = createTrouble();
    starving.clear();
    trouble.set('token', DOWN);
    trouble.set('engine', lasting('media-failed'));
    vi.advanceTimersByTime(60_000);
    expect(shown).toEqual([]);
  });

  it('is shown when there is nothing left, and gone when there is again', () => {
    const { trouble, shown, starving } = createTrouble();
    starving.clear();
    trouble.set('engine', lasting('media-failed'));
    starving.add('engine');
    trouble.review();
    expect(shown).toEqual(['media-failed']);
    starving.clear();
    trouble.review();
    expect(shown).toEqual(['media-failed', undefined]);
  });

  it('is shown at once where nothing but somebody else can mend it', () => {
    const { trouble, shown } = createTrouble();
    trouble.set('token', lasting('endpoint-refused'));
    expect(shown).toEqual(['endpoint-refused']);
  });

  it('is shown at once where playback waits for a known moment', () => {
    const { trouble, shown } = createTrouble();
    trouble.set('token', passing('token-not-yet-valid'));
    expect(shown).toEqual(['token-not-yet-valid']);
  });

  it('is not shown in the first moment where it may pass by itself', () => {
    const { trouble, shown } = createTrouble();
    trouble.set('token', DOWN);
    vi.advanceTimersByTime(PATIENCE_MS - 1);
    expect(shown).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(shown).toEqual(['endpoint-unreachable']);
  });

  it('is never shown where it passes in the first moment', () => {
    const { trouble, shown } = createTrouble();
    trouble.set('token', DOWN);
    vi.advanceTimersByTime(PATIENCE_MS - 100);
    trouble.clear('token');
    vi.advanceTimersByTime(60_000);
    expect(shown).toEqual([]);
  });

  it('has patience anew each time', () => {
    const { trouble, shown, starving } = createTrouble();
    for (let round = 0; round < 5; round += 1) {
      trouble.set('engine', passing('network-failed'));
      vi.advanceTimersByTime(PATIENCE_MS - 500);
      starving.clear();
      trouble.review();
      starving.add('engine');
    }
    expect(shown).toEqual([]);
  });

  it('does not begin to wait anew with each failure', () => {
    const { trouble, shown } = createTrouble();
    for (let round = 0; round < 30; round += 1) {
      trouble.set('token', DOWN);
      vi.advanceTimersByTime(100);
    }
    expect(shown).toEqual(['endpoint-unreachable']);
  });

  it('says the same thing once', () => {
    const { trouble, shown } = createTrouble();
    for (let round = 0; round < 5; round += 1) {
      trouble.set('token', passing('endpoint-refused', 503));
      vi.advanceTimersByTime(PATIENCE_MS);
    }
    expect(shown).toEqual(['endpoint-refused503']);
  });

  it('says what it is now, once it is shown', () => {
    const { trouble, shown } = createTrouble();
    trouble.set('token', DOWN);
    vi.advanceTimersByTime(PATIENCE_MS);
    trouble.set('token', passing('endpoint-refused', 503));
    trouble.set('token', passing('endpoint-refused', 429));
    expect(shown).toEqual(['endpoint-unreachable', 'endpoint-refused503', 'endpoint-refused429']);
  });

  it('says that tokens are the cause rather than media', () => {
    const { trouble, shown } = createTrouble();
    trouble.set('engine', lasting('media-failed'));
    trouble.set('token', lasting('endpoint-refused'));
    trouble.clear('token');
    trouble.clear('engine');
    expect(shown).toEqual(['media-failed', 'endpoint-refused', 'media-failed', undefined]);
  });

  it('does not blame tokens where the one in hand still holds', () => {
    const { trouble, shown, starving } = createTrouble();
    starving.delete('token');
    trouble.set('token', lasting('endpoint-refused'));
    expect(shown).toEqual([]);
    trouble.set('engine', lasting('media-failed'));
    expect(shown).toEqual(['media-failed']);
    starving.add('token');
    trouble.review();
    expect(shown).toEqual(['media-failed', 'endpoint-refused']);
  });

  it('stays on the screen while causes alternate', () => {
    const { trouble, shown } = createTrouble();
    trouble.set('engine', passing('network-failed'));
    vi.advanceTimersByTime(PATIENCE_MS);
    for (let round = 0; round < 3; round += 1) {
      trouble.set('token', DOWN);
      trouble.clear('token');
    }
    expect(shown).not.toContain(undefined);
  });

  it('keeps what is shown when a cause that lasts gives way to one that may pass', () => {
    const { trouble, shown } = createTrouble();
    trouble.set('token', lasting('endpoint-refused'));
    trouble.set('token', DOWN);
    expect(shown).toEqual(['endpoint-refused']);
    vi.advanceTimersByTime(PATIENCE_MS);
    expect(shown).toEqual(['endpoint-refused', 'endpoint-unreachable']);
  });

  it('says nothing of a side that had no trouble', () => {
    const { trouble, shown } = createTrouble();
    trouble.clear('token');
    trouble.clear('engine');
    expect(shown).toEqual([]);
  });

  it('knows which side has trouble', () => {
    const { trouble } = createTrouble();
    trouble.set('token', DOWN);
    expect([trouble.has('token'), trouble.has('engine')]).toEqual([true, false]);
  });

  it('says nothing after its end, whatever comes late', () => {
    const { trouble, shown } = createTrouble();
    trouble.set('token', DOWN);
    trouble.destroy();
    trouble.set('engine', passing('network-failed'));
    trouble.set('token', lasting('endpoint-refused'));
    vi.advanceTimersByTime(60_000);
    expect([shown, vi.getTimerCount()]).toEqual([[], 0]);
  });
});
