import { describe, expect, it } from 'vitest';
import {
  addCounts,
  countBrowser,
  countPlaywright,
  countVitest,
  formatCounts,
} from '../../support/counts.js';

describe('counting test cases', () => {
  it('counts what was left out as skipped', () => {
    const report = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
    expect(countVitest(report)).toEqual({ passed: 3, failed: 1, skipped: 3 });
  });

  it('counts a case that passed only when repeated as failed', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 2, skipped: 0 };
    expect(countPlaywright({ stats })).toEqual({ passed: 4, failed: 3, skipped: 0 });
  });

  it('does not take a report of another form for one without failures', () => {
    expect(() => countVitest({})).toThrow(TypeError);
    expect(() => countPlaywright({ stats: {} })).toThrow(TypeError);
    expect(() => countBrowser(undefined)).toThrow(TypeError);
  });

  it('names skipped cases only where there are some', () => {
    const counts = { passed: 2, failed: 0, skipped: 0 };
    expect(formatCounts(counts)).toBe('2 passed, 0 failed');
    expect(formatCounts(addCounts([counts, { passed: 1, failed: 1, skipped: 1 }]))).toBe(
      '3 passed, 1 failed, 1 skipped',
    );
  });
});
