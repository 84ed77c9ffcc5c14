import { expect, it } from 'vitest';
import { addCounts, formatCounts } from '../../support/counts.js';

it('names skipped cases only where there are some', () => {
  const counts = { passed: 2, failed: 0, skipped: 0 };
  expect(formatCounts(counts)).toBe('2 passed, 0 failed');
  expect(formatCounts(addCounts([counts, { passed: 1, failed: 1, skipped: 1 }]))).toBe(
    '3 passed, 1 failed, 1 skipped',
  );
});
