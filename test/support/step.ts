import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { formatCounts } from './counts.js';
import type { ReadReport, TestReport } from './test-report.js';

/** One command of the test run. */
export interface Step {
  /** What it is called on the command line; several steps may share a name and run together. */
  readonly group: string;
  readonly title: string;
  /** A command line without shell syntax; executables of dependencies are found by name. */
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A test runner's report, and how to read it; without it the step is one case. */
  readonly report?: { readonly file: string; readonly read: ReadReport };
}

export interface StepResult extends TestReport {
  readonly step: Step;
  readonly ok: boolean;
  readonly durationMs: number;
  readonly output: string;
}

/** Runs a step; what a test runner prints is shown as it comes, of others only a failure. */
export async function runStep(step: Step, root: string): Promise<StepResult> {
  const live = step.report !== undefined;
  const reportPath = step.report && join(root, step.report.file);
  if (reportPath !== undefined) rmSync(reportPath, { force: true });

  const startMs = performance.now();
  const { code, output } = await execute(step, root, live);
  const durationMs = performance.now() - startMs;
  const ok = code === 0;
  return { step, ok, durationMs, output, ...readReport(step, ok, root) };
}

/** A line of the summary, and one for each case that failed. */
export function formatResult({ step, ok, durationMs, counts, failures }: StepResult): string {
  const seconds = `${(durationMs / 1000).toFixed(1)} s`.padStart(9);
  const cases = step.report === undefined ? '' : `  ${formatCounts(counts)}`;
  const line = `${ok ? 'ok    ' : 'FAILED'} ${step.title.padEnd(18)}${seconds}${cases}`;
  return [line, ...failures.map((name) => `       failed: ${name}`)].join('\n');
}

function readReport({ report }: Step, ok: boolean, root: string): TestReport {
  const one = ok ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  if (report === undefined) return { counts: one, failures: [] };
  const path = join(root, report.file);
  if (!existsSync(path)) return { counts: { ...one, passed: 0 }, failures: [] };
  const { counts, failures } = report.read(JSON.parse(readFileSync(path, 'utf8')));
  // A runner may fail without a failed case: a file that does not load, an error outside a test.
  return { counts: ok || counts.failed > 0 ? counts : { ...counts, failed: 1 }, failures };
}

function execute(
  { command, env }: Step,
  root: string,
  live: boolean,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, {
      cwd: root,
      shell: true,
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
      env: { ...withBinaries(process.env, root), ...env },
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
    }
    const finish = (code: number) => resolve({ code, output: Buffer.concat(chunks).toString() });
    child.once('error', () => finish(1));
    child.once('close', (code) => finish(code ?? 1));
  });
}

/** The environment with the dependencies' executables on the PATH, whose name's case varies. */
function withBinaries(env: NodeJS.ProcessEnv, root: string): NodeJS.ProcessEnv {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const binaries = join(root, 'node_modules', '.bin');
  return { ...env, [name]: [binaries, env[name] ?? ''].join(delimiter) };
}
