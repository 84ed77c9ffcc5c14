/** One request that was made. */
export interface FakeRequest {
  readonly url: string;
  readonly init: RequestInit;
}

type Answer = (request: FakeRequest) => Response | Promise<Response>;

/** A network that a test answers for. */
export class FakeNetwork {
  readonly requests: FakeRequest[] = [];
  /** What the network does; a test puts its own in. */
  answer: Answer;

  constructor(answer: Answer = () => new Response('')) {
    this.answer = answer;
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const url = input instanceof Request ? input.url : String(input);
    const request = { url, init };
    this.requests.push(request);
    const { signal } = init;
    const answer = Promise.resolve(request).then((asked) => this.answer(asked));
    if (!signal) return answer;
    return Promise.race([answer, rejectOnAbort(signal)]);
  };
}

/** What a browser's `fetch` rejects with where there is no answer: offline, CORS, a cut line. */
export function networkFailure(): never {
  throw new TypeError('Failed to fetch');
}

/** An answer that never comes. */
export function silence(): Promise<never> {
  return new Promise(() => {});
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(signal.reason);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
