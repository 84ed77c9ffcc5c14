import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { writeReportPage } from './support/report-page.js';
import type { ReportLine } from './support/report.js';

/** Each is a file beside this one. `soak` takes half an hour and is run by its own name only. */
const BENCHES = [
  'audience',
  'issuer',
  'first-frame',
  'many',
  'renewal-cost',
  'renewal',
  'renewal-frame',
  'renewal-native',
];

/** Nothing of it is committed. */
const FOLDER = new URL('../../.cache/bench/', import.meta.url);
const RESULTS = new URL('results.json', FOLDER);
const PAGE = new URL('report.html', FOLDER);

/** Runs a benchmark, shows what it prints, and keeps its reports. */
function run(name: string, flags: readonly string[]): Promise<{ ok: boolean; lines: string[] }> {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...flags], {
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    console.log(line);
    if (line.startsWith('{"name":')) lines.push(line);
  });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ ok: code === 0, lines }));
  });
}

/** The newest report of each name, those of earlier runs included. */
async function keep(lines: readonly string[]): Promise<readonly ReportLine[]> {
  const found: readonly ReportLine[] = lines.map((line) => JSON.parse(line) as ReportLine);
  const before = await readFile(RESULTS, 'utf8').catch(() => '[]');
  const kept = new Map((JSON.parse(before) as ReportLine[]).map((report) => [report.name, report]));
  for (const report of found) kept.set(report.name, report);
  const reports = [...kept.values()];
  await mkdir(FOLDER, { recursive: true });
  await writeFile(RESULTS, JSON.stringify(reports, null, 1));
  return reports;
}

/**
 * `npm run bench` runs all benchmarks one after the other, `npm run bench -- audience issuer` those
 * named, and writes a page of what they found. Flags are for each of them: with `--check` a goal that
 * is missed is the exit code.
 */
const args = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith('--'));
const unknown = named.filter((name) => !BENCHES.includes(name));
if (unknown.length > 0) {
  throw new RangeError(
    `No such benchmark: ${unknown.join(', ')}. There are: ${BENCHES.join(', ')}.`,
  );
}
const flags = args.filter((arg) => arg.startsWith('--'));
const failed: string[] = [];
for (const name of named.length > 0 ? named : BENCHES) {
  const { ok, lines } = await run(name, flags);
  if (!ok) failed.push(name);
  await writeFile(PAGE, writeReportPage(await keep(lines)));
}
console.log(`\n${fileURLToPath(PAGE)}`);
if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
