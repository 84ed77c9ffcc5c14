import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findBrowserOnce } from './support/browser.js';
import { addCounts, formatCounts } from './support/counts.js';
import { formatResult, runStep, type Step, type StepResult } from './support/step.js';
import { readBrowserReport } from './support/test-report.js';

const ENGINES = ['firefox', 'webkit'] as const;

/** On a busy machine it may hang for good, or crash: with `--steady`, it has a second try then. */
const SECOND_TRY: readonly (typeof ENGINES)[number][] = ['webkit'];
const LIMIT_SECONDS = 720;

/**
 * `npm run test:engines`: the browser tests in the engines that `npm test` has no time for, or in
 * those named. With `--where-possible`, an engine that this machine cannot have is left out; with
 * `--steady`, what takes too long has failed, and an engine that hangs at times has a second try.
 */
const { values, positionals } = parseArgs({
  options: {
    'where-possible': { type: 'boolean', default: false },
    steady: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !ENGINES.some((engine) => engine === name));
if (unknown.length > 0) {
  throw new RangeError(`No such engine: ${unknown.join(', ')}. There are: ${ENGINES.join(', ')}.`);
}
const engines = ENGINES.filter((name) => positionals.length === 0 || positionals.includes(name));

const root = fileURLToPath(new URL('..', import.meta.url));
const results: StepResult[] = [];
const leftOut: string[] = [];
for (const engine of engines) {
  console.log(`\n> browser tests in ${engine}`);
  const reason = values['where-possible'] ? await whyNot(engine) : undefined;
  if (reason !== undefined) {
    leftOut.push(`left out: ${engine}. ${reason.replaceAll('\n', ' ')}`);
    console.log(leftOut.at(-1));
    continue;
  }
  const step = toStep(engine);
  let result = await runStep(step, root);
  if (!result.ok && values.steady && SECOND_TRY.includes(engine)) {
    // It hangs for good at times, or crashes; what fails in the same way again is ours.
    leftOut.push(`second try: ${engine}. The first one: ${formatResult(result)}`);
    console.log(leftOut.at(-1));
    result = await runStep(step, root);
  }
  console.log(formatResult(result));
  results.push(result);
}

console.log(`\n${[...results.map(formatResult), ...leftOut].join('\n')}\n`);
console.log(formatCounts(addCounts(results.map(({ counts }) => counts))));
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;

function toStep(engine: (typeof ENGINES)[number]): Step {
  const file = `test-results/browser-${engine}.json`;
  const limit = values.steady ? ` --limit-seconds ${LIMIT_SECONDS}` : '';
  return {
    group: engine,
    title: engine,
    command: `tsx test/support/run-browser-tests.ts --browser ${engine} --report ${file}${limit}`,
    report: { file, read: readBrowserReport },
  };
}

/** Finds or installs the engine, and says why it cannot be had. */
async function whyNot(engine: (typeof ENGINES)[number]): Promise<string | undefined> {
  try {
    await findBrowserOnce(engine);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
