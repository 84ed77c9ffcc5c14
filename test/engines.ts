import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findBrowserOnce } from './support/browser.js';
import { addCounts, countBrowser, formatCounts } from './support/counts.js';
import { formatResult, runStep, type Step, type StepResult } from './support/step.js';

const ENGINES = ['firefox', 'webkit'] as const;

/** What an engine does not do every time on a busy machine, by the test file, and for how long. */
const SHAKY: Partial<Record<(typeof ENGINES)[number], Readonly<Record<string, string>>>> = {
  webkit: {
    'contract.test.ts': 'the size of what a MediaSource gives may be told before it is known',
    'media-surface.test.ts': 'a seek in the frame of a player may end up to a second off',
    'playback.test.ts': 'hls.js in the frame of a player may have to nudge, or not start again',
  },
};
const LIMIT_SECONDS = 360;

/**
 * `npm run test:engines`: the browser tests in the engines that `npm test` has no time for, or in
 * those named. With `--where-possible`, an engine that this machine cannot have is left out; with
 * `--steady`, what it does not do every time on a busy machine, what takes too long has failed, and
 * such an engine has a second try.
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
  const shaky = values.steady ? SHAKY[engine] : undefined;
  for (const [file, why] of Object.entries(shaky ?? {})) {
    leftOut.push(`left out: ${file} in ${engine}. Not every time: ${why}.`);
    console.log(leftOut.at(-1));
  }
  let result = await runStep(toStep(engine, shaky), root);
  if (!result.ok && shaky !== undefined) {
    // It hangs for good at times, or crashes; what fails in the same way again is ours.
    leftOut.push(`second try: ${engine}. The first one: ${formatResult(result)}`);
    console.log(leftOut.at(-1));
    result = await runStep(toStep(engine, shaky), root);
  }
  console.log(formatResult(result));
  results.push(result);
}

console.log(`\n${[...results.map(formatResult), ...leftOut].join('\n')}\n`);
console.log(formatCounts(addCounts(results.map(({ counts }) => counts))));
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;

function toStep(
  engine: (typeof ENGINES)[number],
  shaky: Readonly<Record<string, string>> | undefined,
): Step {
  const file = `test-results/browser-${engine}.json`;
  const command = [`tsx test/support/run-browser-tests.ts --browser ${engine} --report ${file}`];
  if (shaky !== undefined) {
    const tests = readdirSync(`${root}test/browser`).filter((name) => name.endsWith('.test.ts'));
    const steady = tests.filter((name) => !Object.hasOwn(shaky, name));
    command.push(`--limit-seconds ${LIMIT_SECONDS}`);
    command.push(...steady.map((name) => `test/browser/${name}`));
  }
  return {
    group: engine,
    title: engine,
    command: command.join(' '),
    report: { file, count: countBrowser },
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
