import { fileURLToPath } from 'node:url';
import { addCounts, formatCounts } from './support/counts.js';
import { formatResult, runStep, type Step, type StepResult } from './support/step.js';
import {
  readBrowserReport,
  readPlaywrightReport,
  readVitestReport,
} from './support/test-report.js';

/** `npm test`, or `npm test -- unit browser` for some of the groups; cheap ones come first. */
const STEPS: readonly Step[] = [
  { group: 'format', title: 'format', command: 'npm run --silent format:check' },
  { group: 'lint', title: 'lint', command: 'npm run --silent lint' },
  { group: 'typecheck', title: 'typecheck', command: 'npm run --silent typecheck' },
  {
    group: 'unit',
    title: 'unit tests',
    command: vitest('unit'),
    report: {
      file: 'test-results/unit-report.json',
      read: readVitestReport,
    },
  },
  { group: 'build', title: 'build', command: 'npm run --silent build' },
  packageStep('manifest and types', 'npm run --silent lint:package'),
  packageStep('unused code', 'npm run --silent lint:unused'),
  packageStep('size', 'npm run --silent size'),
  {
    ...packageStep('package tests', vitest('package')),
    report: {
      file: 'test-results/package-report.json',
      read: readVitestReport,
    },
  },
  {
    group: 'browser',
    title: 'browser tests',
    // On a shared machine a test may starve; one that needs its second chance is named as failed.
    command: `npm run --silent test:browser${process.env['CI'] === undefined ? '' : ' -- --second-try'}`,
    report: {
      file: 'test-results/browser.json',
      read: readBrowserReport,
    },
  },
  {
    group: 'e2e',
    title: 'end-to-end tests',
    command: 'npm run --silent test:e2e',
    report: {
      file: 'test-results/e2e.json',
      read: readPlaywrightReport,
    },
  },
];

function vitest(project: string): string {
  const report = `--reporter=json --outputFile.json=test-results/${project}-report.json`;
  return `vitest run --project ${project} --reporter=default ${report}`;
}

/** Packing must not build again: what the build step left is what is looked at. */
function packageStep(title: string, command: string): Step {
  return { group: 'package', title, command, env: { npm_config_ignore_scripts: 'true' } };
}

function chooseSteps(groups: readonly string[]): readonly Step[] {
  const known = new Set(STEPS.map(({ group }) => group));
  const unknown = groups.filter((group) => !known.has(group));
  if (unknown.length > 0) {
    throw new Error(`No such step: ${unknown.join(', ')}. There are: ${[...known].join(', ')}.`);
  }
  return groups.length === 0 ? STEPS : STEPS.filter(({ group }) => groups.includes(group));
}

const root = fileURLToPath(new URL('..', import.meta.url));
const steps = chooseSteps(process.argv.slice(2));

const results: StepResult[] = [];
for (const step of steps) {
  console.log(`\n> ${step.title}`);
  const result = await runStep(step, root);
  if (!result.ok) console.log(result.output);
  console.log(formatResult(result));
  results.push(result);
}

console.log(`\n${results.map(formatResult).join('\n')}\n`);
console.log(formatCounts(addCounts(results.map(({ counts }) => counts))));
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
