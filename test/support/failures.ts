/** The names of the cases that failed, in a test runner's report. */
export type ListFailures = (report: unknown) => readonly string[];

/** In Vitest's JSON report. */
export const listVitestFailures: ListFailures = (report) =>
  listAt(report, 'testResults')
    .flatMap((file) => listAt(file, 'assertionResults'))
    .filter((result) => valueAt(result, 'status') === 'failed')
    .map((result) => String(valueAt(result, 'fullName')));

/** In Playwright's JSON report; one that passed only when repeated is among them. */
export const listPlaywrightFailures: ListFailures = (report) => [
  ...listAt(report, 'suites').flatMap(listPlaywrightFailures),
  ...listAt(report, 'specs')
    .filter((spec) => listAt(spec, 'tests').some(isUnexpected))
    .map((spec) => `${String(valueAt(spec, 'file'))}: ${String(valueAt(spec, 'title'))}`),
];

/** In the report that the browser tests' own runner leaves. */
export const listBrowserFailures: ListFailures = (report) => listAt(report, 'failures').map(String);

function isUnexpected(test: unknown): boolean {
  return ['unexpected', 'flaky'].includes(String(valueAt(test, 'status')));
}

function listAt(object: unknown, key: string): readonly unknown[] {
  const value = valueAt(object, key);
  return Array.isArray(value) ? value : [];
}

function valueAt(object: unknown, key: string): unknown {
  return typeof object === 'object' && object !== null
    ? Object.getOwnPropertyDescriptor(object, key)?.value
    : undefined;
}
