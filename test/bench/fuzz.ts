import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runStep, type Step } from '../support/step.js';
import { readBrowserReport, readVitestReport } from '../support/test-report.js';
import { readCheck, report } from './support/report.js';

/**
 * `npm run fuzz`: the tests that try what nobody would think of, by themselves. What is checked is in
 * them: every failure is told by a type of its own, no request goes to any other origin, no token is in
 * a message, and nothing is left unhandled, which the test runners take for a failure.
 */
interface FuzzRow {
  readonly file: string;
  readonly test: string;
  /** How many were tried; 0 where one of them failed. */
  readonly cases: number;
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const UNIT = 'test-results/fuzz-unit.json';
const MESSAGES = 'test/browser/sdk-messages.test.ts';
const BROWSER = 'test-results/fuzz-browser.json';
const STEPS: readonly Step[] = [
  {
    group: 'fuzz',
    title: 'fuzzed units',
    command: `vitest run --project unit fuzz swap-token --reporter=json --outputFile=${UNIT}`,
    report: { file: UNIT, read: readVitestReport },
  },
  {
    group: 'fuzz',
    title: 'fuzzed messages',
    command: `tsx test/support/run-browser-tests.ts --report ${BROWSER} ${MESSAGES}`,
    report: { file: BROWSER, read: readBrowserReport },
  },
];

/** What a test is called ends with how many it tries. */
const TITLE = /^(.*): ([\d,]+) [a-z ]+$/;

const failed: string[] = [];
for (const step of STEPS) {
  const { ok } = await runStep(step, ROOT);
  if (!ok) failed.push(step.title);
}
const rows = [...readUnits(), ...readMessages()];
const count = (files: RegExp): number =>
  rows.filter(({ file }) => files.test(file)).reduce((sum, { cases }) => sum + cases, 0);
report({
  name: 'fuzz',
  title: 'Made up at random',
  rows: rows.map((row) => ({ ...row })),
  goals: [
    { goal: 'answers of an endpoint', value: count(/fuzz-answers/), atLeast: 100_000 },
    {
      goal: 'tokens, claims, URLs and SDK messages',
      value: count(/fuzz-tokens|delivery|sdk-messages/),
      atLeast: 100_000,
    },
    { goal: 'runs with a failure', value: failed.length, atMost: 0 },
  ],
  check: readCheck(),
});

function readUnits(): FuzzRow[] {
  if (!existsSync(`${ROOT}${UNIT}`)) return [];
  const { testResults } = JSON.parse(readFileSync(`${ROOT}${UNIT}`, 'utf8')) as VitestReport;
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.flatMap(({ ancestorTitles, title, status }) => {
      const [, what, number] = TITLE.exec(title) ?? [];
      if (what === undefined || number === undefined) return [];
      const cases = status === 'passed' ? Number(number.replaceAll(',', '')) : 0;
      return [{ file: relative(ROOT, name), test: [...ancestorTitles, what].join(' '), cases }];
    }),
  );
}

/** The browser tests' own runner tells no names. */
function readMessages(): FuzzRow[] {
  const source = readFileSync(`${ROOT}${MESSAGES}`, 'utf8');
  const number = /^const MESSAGES = ([\d_]+);$/m.exec(source)?.[1] ?? '0';
  const cases = failed.includes('fuzzed messages') ? 0 : Number(number.replaceAll('_', ''));
  return [{ file: MESSAGES, test: 'any message of a window to the page', cases }];
}
