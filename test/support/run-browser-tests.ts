import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve as resolvePath } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import {
  startTestRunner,
  type TestRunner,
  type TestSession,
  type TestSuiteResult,
} from '@web/test-runner';
import { startLocalStream } from '../../demo/stream/start.js';
import { createTestPage } from './browser-test-page.js';
import { findBrowserOnce, isBrowserName } from './browser.js';
import { DriverLauncher } from './drivers/driver-launcher.js';
import { createViewer } from './drivers/viewer.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ONE_DAY_SECONDS = 86_400;

/** `npm run test:browser`, with the test files to run as arguments, else all. */
const { values, positionals: named } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    report: { type: 'string', default: 'test-results/browser.json' },
    'limit-seconds': { type: 'string' },
    // A file that failed is run once more; what failed in it at first is named all the same.
    'second-try': { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const { browser, report } = values;
if (!isBrowserName(browser)) throw new RangeError(`There is no browser called ${browser}.`);

const launcher = new DriverLauncher(browser, await findBrowserOnce(browser));
const stream = await startLocalStream();
const { testRunnerHtml, middleware } = createTestPage(stream);

const limitSeconds = Number(values['limit-seconds'] ?? ONE_DAY_SECONDS);
const sessions = await runFiles(named.length > 0 ? named : ['test/browser/**/*.test.ts']);
const failed = sessions?.filter(({ passed }) => passed !== true) ?? [];
const last =
  values['second-try'] && failed.length > 0
    ? await runFiles(failed.map(({ testFile }) => testFile))
    : sessions;
await stream.close();
for (const { testResults } of sessions ?? []) {
  for (const name of testResults === undefined ? [] : skippedIn(testResults)) {
    console.log(`skipped in ${browser}: ${name}`);
  }
}
const reportFile = resolvePath(ROOT, report);
mkdirSync(dirname(reportFile), { recursive: true });
writeFileSync(reportFile, JSON.stringify(count(sessions ?? [])));
process.exitCode = last?.every(({ passed }) => passed === true) === true ? 0 : 1;
if (last === undefined) {
  process.stderr.write(`Given up: not done after ${limitSeconds} s.\n`);
  // Tests that hang would keep it going; what was started for them ends with it.
  process.exit();
}

/** Runs test files; `undefined` where they were not done in time. */
async function runFiles(files: string[]): Promise<readonly TestSession[] | undefined> {
  const runner = await startTestRunner({
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
    config: {
      testRunnerHtml,
      middleware: [createViewer(launcher), ...middleware],
      rootDir: ROOT,
      files,
      // The tests share one local Stream and its switches.
      concurrency: 1,
      nodeResolve: { exportConditions: ['production'], browser: true },
      browsers: [launcher],
      plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${ROOT}tsconfig.json` })],
      testFramework: { config: { timeout: '20000' } },
      testsFinishTimeout: 400_000,
    },
  });
  if (runner === undefined) throw new Error('The browser test runner did not start.');
  return Promise.race([
    finished(runner).then(() => [...runner.sessions.all()]),
    wait(limitSeconds * 1000, undefined, { ref: false }),
  ]);
}

function finished(running: TestRunner): Promise<boolean> {
  return new Promise((resolve) => {
    running.on('stopped', resolve);
  });
}

interface Report {
  /** Names of the cases that failed. */
  readonly failures: string[];
  passed: number;
  failed: number;
  skipped: number;
}

/** Test cases; a file that could not be run at all counts as one that failed. */
function count(all: readonly TestSession[]): Report {
  const counts: Report = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const { testFile, testResults, passed: sessionPassed } of all) {
    const failedBefore = counts.failed;
    if (testResults !== undefined) addSuite(testResults, counts);
    if (sessionPassed === true || counts.failed > failedBefore) continue;
    counts.failed += 1;
    counts.failures.push(relative(ROOT, testFile));
  }
  return counts;
}

/** What an engine cannot do is skipped by name; the name of the suite says why. */
function skippedIn(suite: TestSuiteResult): string[] {
  const here = suite.tests.filter(({ skipped }) => skipped).map(({ name }) => name);
  const inner = suite.suites.flatMap((each) => skippedIn(each));
  return [...here, ...inner].map((name) => (suite.name === '' ? name : `${suite.name} > ${name}`));
}

function addSuite(suite: TestSuiteResult, counts: Report): void {
  for (const test of suite.tests) {
    if (test.skipped) counts.skipped += 1;
    else if (test.passed) counts.passed += 1;
    else {
      counts.failed += 1;
      const said = test.error?.message ?? 'no reason given';
      counts.failures.push(`${suite.name} > ${test.name}: ${said}`);
    }
  }
  for (const inner of suite.suites) addSuite(inner, counts);
}
