/** What the process ends with. Part of the command's contract: documented, never renumbered. */
export const EXIT_CODE = {
  /** Done, or the answer is yes. */
  ok: 0,
  /** The answer is no: `check` found a token invalid, `doctor` a step that fails. */
  no: 1,
  /** The command was wrong: options, ids, restrictions, a key that cannot be read. */
  usage: 2,
  /** Something is not set up: an environment variable, the official SDK. */
  setup: 3,
  /** The Stream API refused, failed or could not be reached. */
  remote: 4,
  /** A fault of the tool itself: something failed that nobody has foreseen. */
  fault: 5,
} as const;

export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];
