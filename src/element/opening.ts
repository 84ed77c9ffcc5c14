import { SignedStreamError } from '../errors.js';
import { askEarly, type EarlyQuestion } from '../token/early-question.js';
import type { TokenOrigin } from '../token/lease-registry.js';
import { importPatiently } from './import-patiently.js';
import { notLoadedError } from './not-loaded.js';
import { PATIENCE_MS } from './patience.js';
import type { PlaybackSession, SessionHost, SessionSource } from './session.js';
import { warmUp } from './warm-up.js';

/** The element, as its opening and then its session see it. */
export interface OpeningHost extends SessionHost {
  /** There is a session, not started yet. */
  opened(session: PlaybackSession): void;
}

/**
 * The time between an element's wish to play and the arrival of the code that plays. What takes long
 * is begun at once: the question for a token, and the loading of the player.
 */
export class Opening {
  readonly #host: OpeningHost;
  readonly #source: SessionSource;
  readonly #origin: TokenOrigin;
  /** Aborted when it is over, one way or the other. */
  readonly #end = new AbortController();
  #done: Promise<void> | undefined;
  #question: EarlyQuestion | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #isWrong = false;

  constructor(host: OpeningHost, source: SessionSource, origin: TokenOrigin) {
    this.#host = host;
    this.#source = source;
    this.#origin = origin;
  }

  /**
   * Opens at once where the code is there.
   *
   * @param hasToken whether the page has a token for it, so that none need be asked for
   */
  start(hasToken: boolean): void {
    warmUp(this.#source);
    if (sessionModule !== undefined) {
      this.#open(sessionModule, this.#origin);
      return;
    }
    if (!hasToken) {
      this.#question = askEarly(this.#origin, this.#source.videoId, () => performance.now());
      this.#question?.answer.catch((error: unknown) => {
        if (error instanceof SignedStreamError) this.#noteTrouble(error);
      });
    }
    this.#done = this.#load();
  }

  /** Fulfilled when it is over, one way or the other. */
  get done(): Promise<void> | undefined {
    return this.#done;
  }

  /** Whether a token has been asked for. */
  get isAsking(): boolean {
    return this.#question !== undefined;
  }

  end(): void {
    this.#end.abort();
    this.#question?.leave();
    clearTimeout(this.#patience);
  }

  async #load(): Promise<void> {
    const { signal } = this.#end;
    try {
      sessionModule = await importPatiently(
        () => import('./session.js'),
        signal,
        () => this.#noteTrouble(notLoadedError()),
      );
    } catch {
      return;
    }
    this.#end.abort();
    clearTimeout(this.#patience);
    if (this.#isWrong) this.#host.problemChanged(undefined);
    this.#question?.handOver();
    this.#open(sessionModule, this.#question?.origin ?? this.#origin);
  }

  #open({ PlaybackSession }: SessionModule, origin: TokenOrigin): void {
    this.#host.opened(new PlaybackSession(this.#host, this.#source, origin));
  }

  /** What may pass by itself is not told in the first moment; what comes later, the session tells. */
  #noteTrouble(error: SignedStreamError): void {
    if (this.#end.signal.aborted) return;
    this.#patience ??= setTimeout(() => {
      this.#isWrong = true;
      this.#host.problemChanged(error);
    }, PATIENCE_MS);
  }
}

type SessionModule = typeof import('./session.js');

/** The code of sessions, once one of the page has been opened. */
let sessionModule: SessionModule | undefined;
