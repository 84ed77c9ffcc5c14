import type { Counts } from './counts.js';

/** What a test runner's report says. */
export interface TestReport {
  readonly counts: Counts;
  /** Names of the cases that failed. */
  readonly failures: readonly string[];
}

/** @throws TypeError where it is not the report that is expected */
export type ReadReport = (json: unknown) => TestReport;

/** Vitest's JSON report. */
export const readVitestReport: ReadReport = (json) => ({
  counts: {
    passed: numberAt(json, 'numPassedTests'),
    failed: numberAt(json, 'numFailedTests'),
    skipped: numberAt(json, 'numPendingTests') + numberAt(json, 'numTodoTests'),
  },
  failures: listAt(json, 'testResults')
    .flatMap((file) => listAt(file, 'assertionResults'))
    .filter((result) => valueAt(result, 'status') === 'failed')
    .map((result) => String(valueAt(result, 'fullName'))),
});

/** Playwright's JSON report; a case that passed only when repeated has failed. */
export const readPlaywrightReport: ReadReport = (json) => {
  const stats = valueAt(json, 'stats');
  return {
    counts: {
      passed: numberAt(stats, 'expected'),
      failed: numberAt(stats, 'unexpected') + numberAt(stats, 'flaky'),
      skipped: numberAt(stats, 'skipped'),
    },
    failures: listUnexpected(json),
  };
};

/** The report that the browser tests' own runner leaves. */
export const readBrowserReport: ReadReport = (json) => ({
  counts: {
    passed: numberAt(json, 'passed'),
    failed: numberAt(json, 'failed'),
    skipped: numberAt(json, 'skipped'),
  },
  failures: listAt(json, 'failures').map(String),
});

function listUnexpected(suite: unknown): string[] {
  const here = listAt(suite, 'specs').filter((spec) =>
    listAt(spec, 'tests').some((test) =>
      ['unexpected', 'flaky'].includes(String(valueAt(test, 'status'))),
    ),
  );
  return [
    ...here.map((spec) => `${String(valueAt(spec, 'file'))}: ${String(valueAt(spec, 'title'))}`),
    ...listAt(suite, 'suites').flatMap(listUnexpected),
  ];
}

function valueAt(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null
    ? Object.getOwnPropertyDescriptor(object, key)?.value
    : undefined;
}

function numberAt(object: unknown, key: string): number {
  const value = valueAt(object, key);
  if (typeof value !== 'number') throw new TypeError(`The report has no number ${key}.`);
  return value;
}

function listAt(object: unknown, key: string): readonly unknown[] {
  const value = valueAt(object, key);
  return Array.isArray(value) ? value : [];
}
