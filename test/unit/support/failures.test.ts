import { describe, expect, it } from 'vitest';
import {
  listBrowserFailures,
  listPlaywrightFailures,
  listVitestFailures,
} from '../../support/failures.js';

describe('the names of what failed', () => {
  it("are in Vitest's report", () => {
    const assertionResults = [
      { status: 'passed', fullName: 'a is b' },
      { status: 'failed', fullName: 'a is c' },
    ];
    expect(listVitestFailures({ testResults: [{ assertionResults }] })).toEqual(['a is c']);
  });

  it("are in Playwright's report, however deep, also if it passed when repeated", () => {
    const spec = (title: string, status: string): unknown => ({
      file: 'a.spec.ts',
      title,
      tests: [{ status }],
    });
    const inner = { specs: [spec('b', 'unexpected'), spec('c', 'expected')] };
    const suites = [{ specs: [spec('a', 'flaky')], suites: [inner] }];
    expect(listPlaywrightFailures({ suites })).toEqual(['a.spec.ts: b', 'a.spec.ts: a']);
  });

  it("are in the report of the browser tests' runner", () => {
    expect(listBrowserFailures({ failures: ['a > b: no'] })).toEqual(['a > b: no']);
  });

  it('are none where there is no report to speak of', () => {
    const all = [listVitestFailures, listPlaywrightFailures, listBrowserFailures];
    expect(all.map((list) => list(undefined))).toEqual([[], [], []]);
  });
});
