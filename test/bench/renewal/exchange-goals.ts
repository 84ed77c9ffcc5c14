import type { BenchGoal } from '../support/report.js';

/** What the exchanges of one minute showed a viewer, at their worst. */
export interface ExchangeRow {
  readonly exchanges: number;
  readonly darkMs: number;
  readonly offMs: number;
  /** Media events that reached the page after the start. */
  readonly events: number;
}

/** What is demanded of the exchange of one player for the next. */
export function exchangeGoals(
  rows: readonly ExchangeRow[],
  most: { readonly darkMs: number; readonly offMs: number },
): BenchGoal[] {
  const worst = (key: keyof ExchangeRow): number => Math.max(...rows.map((row) => row[key]));
  return [
    {
      goal: 'exchanges of players, at the least',
      value: Math.min(...rows.map(({ exchanges }) => exchanges)),
      atLeast: 5,
    },
    { goal: 'dark or frozen at an exchange (ms)', value: worst('darkMs'), atMost: most.darkMs },
    { goal: 'position off at an exchange (ms)', value: worst('offMs'), atMost: most.offMs },
    {
      goal: 'media events of an exchange that reach the page',
      value: worst('events'),
      atMost: 0,
    },
  ];
}
