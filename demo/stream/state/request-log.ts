/** What a request can ask for. */
export const REQUEST_KINDS = [
  'multivariant',
  'rendition',
  'init',
  'segment',
  'captions',
  'thumbnail',
  'download',
  'lifecycle',
  'player',
  'player-script',
  'sdk',
  'api-token',
  'api-keys',
  'api-video',
  'preflight',
  'other',
] as const;

export type RequestKind = (typeof REQUEST_KINDS)[number];

export interface LoggedRequest {
  /** When it arrived, in ms since the epoch by the machine's own clock. */
  readonly at: number;
  /** When its answer had ended; absent while it is under way. */
  readonly endedAt: number | undefined;
  readonly kind: RequestKind;
  readonly method: string;
  /** Path and query, without tokens and signatures. */
  readonly path: string;
  /** The host it was sent to. */
  readonly host: string;
  /** The page or frame whose script asked, as `Origin` says; absent where the browser sent none. */
  readonly from: string | undefined;
  /** A short stable hash of the token, where there was one. */
  readonly tokenId: string | undefined;
  readonly uid: string | undefined;
  readonly rendition: string | undefined;
  readonly segment: number | undefined;
  /** 0 until an answer has begun, and for ever if the connection was dropped before. */
  readonly status: number;
  /** Bytes of the body handed to the connection. */
  readonly bytes: number;
  /** `broken`: the connection ended before the answer did. */
  readonly state: 'open' | 'complete' | 'broken';
}

/** A request under way; whoever answers it fills in the rest. */
export type OpenRequest = { -readonly [K in keyof LoggedRequest]: LoggedRequest[K] };

const CAPACITY = 20_000;

/** Every request to the server, oldest first. Requests under way are listed too. */
export class RequestLog {
  #requests: OpenRequest[] = [];
  readonly #listeners = new Set<(request: LoggedRequest) => void>();

  list(): readonly LoggedRequest[] {
    return [...this.#requests];
  }

  clear(): void {
    this.#requests = [];
  }

  /** Calls the listener with each request once its answer has ended. Returns the unsubscriber. */
  onRequest(listener: (request: LoggedRequest) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  begin(request: OpenRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > CAPACITY) this.#requests.shift();
  }

  end(request: OpenRequest, state: 'complete' | 'broken'): void {
    request.state = state;
    request.endedAt = Date.now();
    for (const listener of this.#listeners) listener(request);
  }
}
