import type { SignedStreamError } from '../errors.js';

/** What the state shown to CSS is made of. */
export interface StateInput {
  readonly problem: SignedStreamError | undefined;
  readonly hasEngine: boolean;
  readonly readyState: number;
  readonly paused: boolean;
  readonly renewing: boolean;
}

export type PlayerState = 'loading' | 'ready' | 'renewing' | 'paused' | 'expired' | 'failed';

/** Exactly one state at a time. */
export function toPlayerState(input: StateInput): PlayerState {
  const { problem, hasEngine, readyState, paused, renewing } = input;
  if (problem !== undefined) return problem.code === 'token-expired' ? 'expired' : 'failed';
  if (!hasEngine || readyState === 0) return 'loading';
  if (paused) return 'paused';
  if (readyState < 3) return 'loading';
  return renewing ? 'renewing' : 'ready';
}

/** Shows the state to CSS as `:state(…)`. */
export class PlayerStates {
  readonly #states: CustomStateSet | undefined;
  #current: PlayerState | undefined;

  constructor(element: HTMLElement) {
    // A server's stand-in for an element has no internals, an older browser's no states.
    const internals: { states?: CustomStateSet } | undefined = element.attachInternals?.();
    this.#states = internals?.states;
  }

  update(input: StateInput): void {
    const next = toPlayerState(input);
    if (next === this.#current) return;
    if (this.#current !== undefined) this.#states?.delete(this.#current);
    this.#states?.add(next);
    this.#current = next;
  }
}
