import { describe, expect, it } from 'vitest';
import {
  readBrowserReport,
  readPlaywrightReport,
  readVitestReport,
} from '../../support/test-report.js';

describe("a test runner's report", () => {
  it('counts what was left out as skipped', () => {
    const report = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
    expect(readVitestReport(report).counts).toEqual({ passed: 3, failed: 1, skipped: 3 });
  });

  it('counts a case that passed only when repeated as failed', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 2, skipped: 0 };
    expect(readPlaywrightReport({ stats }).counts).toEqual({ passed: 4, failed: 3, skipped: 0 });
  });

  it('is not taken for one without failures where it has another form', () => {
    expect(() => readVitestReport({})).toThrow(TypeError);
    expect(() => readPlaywrightReport({ stats: {} })).toThrow(TypeError);
    expect(() => readBrowserReport(undefined)).toThrow(TypeError);
  });

  it("names what failed in Vitest's", () => {
    const totals = { numPassedTests: 1, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
    const assertionResults = [
      { status: 'passed', fullName: 'a is b' },
      { status: 'failed', fullName: 'a is c' },
    ];
    const report = { ...totals, testResults: [{ assertionResults }] };
    expect(readVitestReport(report).failures).toEqual(['a is c']);
  });

  it("names what failed in Playwright's, however deep, also if it passed when repeated", () => {
    const spec = (title: string, status: string): unknown => ({
      file: 'a.spec.ts',
      title,
      tests: [{ status }],
    });
    const stats = { expected: 1, unexpected: 1, flaky: 1, skipped: 0 };
    const inner = { specs: [spec('b', 'unexpected'), spec('c', 'expected')] };
    const suites = [{ specs: [spec('a', 'flaky')], suites: [inner] }];
    const { failures } = readPlaywrightReport({ stats, suites });
    expect(failures).toEqual(['a.spec.ts: a', 'a.spec.ts: b']);
  });

  it("names what failed in the browser tests' own", () => {
    const report = { passed: 0, failed: 1, skipped: 0, failures: ['a > b: no'] };
    expect(readBrowserReport(report).failures).toEqual(['a > b: no']);
  });
});
