/** What is behind a step that fails. */
export type Cause =
  | 'network'
  | 'endpoint'
  | 'login'
  | 'cors'
  | 'token'
  | 'id'
  | 'clock'
  | 'region'
  | 'origin'
  | 'key'
  | 'stream';

export type StepName = 'endpoint' | 'cors' | 'token' | 'clock' | 'manifest' | 'segment';

/** One step on the way from the page's endpoint to the first bytes of the video. */
export interface Step {
  readonly name: StepName;
  readonly status: 'ok' | 'warning' | 'failed';
  /** What was found, in plain words. Holds no token. */
  readonly message: string;
  readonly cause?: Cause | undefined;
  /** What to do about it. */
  readonly hints?: readonly string[] | undefined;
}

export function pass(name: StepName, message: string): Step {
  return { name, status: 'ok', message };
}

export function warn(name: StepName, cause: Cause, message: string, ...hints: string[]): Step {
  return { name, status: 'warning', cause, message, hints };
}

export function fail(name: StepName, cause: Cause, message: string, ...hints: string[]): Step {
  return { name, status: 'failed', cause, message, hints };
}
