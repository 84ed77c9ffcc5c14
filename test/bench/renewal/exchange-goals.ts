import type { BenchGoal } from '../support/report.js';

/** What the exchanges of one minute showed a viewer, at their worst. */
export interface ExchangeRow {
  readonly exchanges: number;
  readonly darkMs: number;
  readonly offMs: number;
  /** Media events that reached the page after the start. */
  readonly events: number;
}

/** What is demanded of every exchange of one player for the next. */
export interface ExchangeDemand {
  /** As the goals are to name it. */
  readonly where: string;
  /** So often it is to happen. */
  readonly exchanges: number;
  readonly darkMs: number;
  readonly offMs: number;
}

export function exchangeGoals(rows: readonly ExchangeRow[], demand: ExchangeDemand): BenchGoal[] {
  const { where } = demand;
  const worst = (key: keyof ExchangeRow): number => Math.max(...rows.map((row) => row[key]));
  return [
    {
      goal: `${where}: exchanges of players, at the least`,
      value: Math.min(...rows.map(({ exchanges }) => exchanges)),
      atLeast: demand.exchanges,
    },
    {
      goal: `${where}: dark or frozen at an exchange (ms)`,
      value: worst('darkMs'),
      atMost: demand.darkMs,
    },
    {
      goal: `${where}: position off at an exchange (ms)`,
      value: worst('offMs'),
      atMost: demand.offMs,
    },
    {
      goal: `${where}: media events of an exchange that reach the page`,
      value: worst('events'),
      atMost: 0,
    },
  ];
}
