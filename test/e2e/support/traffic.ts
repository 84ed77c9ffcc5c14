import type { LocalStream } from '../../../demo/stream/start.js';
import type { LoggedRequest } from '../../../demo/stream/state/request-log.js';

/** What the local Stream was asked for one video. */
export class Traffic {
  readonly #stream: LocalStream;
  readonly #uid: string;

  constructor(stream: LocalStream, uid: string) {
    this.#stream = stream;
    this.#uid = uid;
  }

  list(...kinds: readonly LoggedRequest['kind'][]): LoggedRequest[] {
    return this.#stream.requests
      .list()
      .filter(({ uid, kind }) => uid === this.#uid && (kinds.length === 0 || kinds.includes(kind)));
  }

  /** Answers of 400 and more, as `401 segment`. */
  refusals(): string[] {
    return this.list()
      .filter(({ status }) => status >= 400)
      .map(({ status, kind }) => `${status} ${kind}`);
  }

  /** Segments that were fetched more than once, as `640/3`. */
  fetchedTwice(): string[] {
    const names = this.list('segment')
      .filter(({ status, state }) => status === 200 && state === 'complete')
      .map(({ rendition, segment }) => `${rendition}/${segment}`);
    return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  }

  /** How many different tokens its requests carried. */
  tokensUsed(...kinds: readonly LoggedRequest['kind'][]): number {
    return new Set(this.list(...kinds).flatMap(({ tokenId }) => tokenId ?? [])).size;
  }
}
