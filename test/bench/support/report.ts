import { cpus } from 'node:os';

/** What a benchmark found, as a table, a line of JSON and a verdict. */
export interface BenchReport {
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Readonly<Record<string, string | number>>[];
  readonly goals: readonly BenchGoal[];
  /** Columns to draw: those that name a row, and the one with its number. */
  readonly chart?: BenchChart;
  /** Whether a goal missed is a failure. */
  readonly check: boolean;
}

export interface BenchChart {
  readonly labels: readonly string[];
  readonly value: string;
}

/** A report as its line of JSON has it. */
export interface ReportLine extends Omit<BenchReport, 'goals' | 'check'> {
  readonly date: string;
  readonly machine: string;
  readonly goals: readonly (BenchGoal & { readonly met: boolean })[];
}

export interface BenchGoal {
  readonly goal: string;
  readonly value: number;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** `--check` on the command line: goals become the exit code. */
export function readCheck(): boolean {
  return process.argv.includes('--check');
}

export function report({ name, title, rows, goals, chart, check }: BenchReport): void {
  console.log(`\n${title}`);
  console.table(rows.map((row) => mapValues(row, round)));
  const judged = goals.map((goal) => ({ ...goal, value: round(goal.value), met: isMet(goal) }));
  for (const { goal, value, met } of judged) {
    console.log(`${met ? 'met   ' : 'MISSED'}  ${goal}: ${value}`);
  }
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
  const date = new Date().toISOString().slice(0, 10);
  const line: ReportLine = {
    name,
    title,
    date,
    machine,
    rows,
    goals: judged,
    ...(chart && { chart }),
  };
  console.log(JSON.stringify(line));
  if (check && judged.some(({ met }) => !met)) process.exitCode = 1;
}

function isMet({ value, atMost = Infinity, atLeast = -Infinity }: BenchGoal): boolean {
  return value <= atMost && value >= atLeast;
}

function round<T>(value: T): T | number {
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
}

function mapValues<T, R>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
