import type { SignedStreamError } from '../errors.js';
import { PATIENCE_MS } from './patience.js';

/** Who has trouble: the lease with its tokens, or the engine with its media. */
export type TroubleSide = 'token' | 'engine';

/**
 * Decides when trouble becomes a viewer's problem: only when there is nothing left to play, and,
 * where it may pass by itself, not in the first moment.
 */
export class Trouble {
  readonly #isStarving: (side: TroubleSide) => boolean;
  readonly #show: (problem: SignedStreamError | undefined) => void;
  readonly #causes = new Map<TroubleSide, SignedStreamError>();
  #shown: SignedStreamError | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #patient = true;
  #over = false;

  /** @param isStarving whether there is nothing left to play, and that side can be why */
  constructor(
    isStarving: (side: TroubleSide) => boolean,
    show: (problem: SignedStreamError | undefined) => void,
  ) {
    this.#isStarving = isStarving;
    this.#show = show;
  }

  set(side: TroubleSide, error: SignedStreamError): void {
    // What was asked before the end may be answered after it.
    if (this.#over) return;
    this.#causes.set(side, error);
    this.review();
  }

  has(side: TroubleSide): boolean {
    return this.#causes.has(side);
  }

  clear(side: TroubleSide): void {
    if (this.#causes.delete(side)) this.review();
  }

  /** To be called when the player has got or lost something to play. */
  review(): void {
    const cause = this.#findCause();
    if (cause === undefined) {
      this.#stopPatience();
      this.#become(undefined);
    } else if (!mayPass(cause) || !this.#patient) {
      this.#become(cause);
    } else {
      this.#patience ??= setTimeout(() => {
        this.#patient = false;
        this.review();
      }, PATIENCE_MS);
    }
  }

  destroy(): void {
    this.#over = true;
    this.#stopPatience();
    this.#causes.clear();
  }

  /** Tokens first: without one, media cannot be had. */
  #findCause(): SignedStreamError | undefined {
    const side = SIDES.find((each) => this.#causes.has(each) && this.#isStarving(each));
    return side && this.#causes.get(side);
  }

  #become(problem: SignedStreamError | undefined): void {
    if (problem?.code === this.#shown?.code && problem?.status === this.#shown?.status) return;
    this.#shown = problem;
    this.#show(problem);
  }

  #stopPatience(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    this.#patient = true;
  }
}

const SIDES: readonly TroubleSide[] = ['token', 'engine'];

/** A failure that the next try may undo; one that waits for a known moment is told at once. */
function mayPass(error: SignedStreamError): boolean {
  return error.retryable && error.code !== 'token-not-yet-valid';
}
