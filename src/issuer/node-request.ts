/** What is read of an `http.IncomingMessage` or an Express request. */
export interface NodeRequest extends AsyncIterable<Uint8Array | string> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** The whole URL in Express, where `url` lacks the path a router is mounted at. */
  readonly originalUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly socket: object;
  /** What a body parser has made of the body, if one ran before. */
  readonly body?: unknown;
  readonly readableEnded?: boolean | undefined;
  /** As of any `Readable`: what reads the body, and lets what nobody reads flow away. */
  iterator?(options: { destroyOnReturn: boolean }): AsyncIterator<Uint8Array | string>;
  resume?(): unknown;
}

type RequestReader = (nodeRequest: NodeRequest) => Request | undefined;

/** What every endpoint asks for, and what is made when one asks for it. */
interface Parts {
  readonly nodeRequest: NodeRequest;
  readonly method: string;
  readonly url: string;
  headers: Headers | undefined;
  whole: Request | undefined;
}

const PARTS = Symbol('parts');

/** Methods that every `Request` may have. */
const COMMON_METHODS = ['GET', 'POST', 'OPTIONS', 'HEAD'];
/** Has no user name in front, which the address of a `Request` may not have. */
const PLAIN_HOST = /^[\w.:[\]-]+$/;

/**
 * Makes requests of which only method and address are read at once, and everything else is made when it is
 * asked for. To make a whole `Request` costs Node more than all that an endpoint does but signing. What is
 * returned is one in all but this: `fetch` and `new Request` take its `clone()`, not itself.
 */
export function createRequestReader(): RequestReader {
  const headersOf = (parts: Parts): Headers =>
    (parts.headers ??= new Headers(listHeaders(parts.nodeRequest)));
  const getters: Record<PropertyKey, (parts: Parts) => unknown> = {
    method: ({ method }) => method,
    url: ({ url }) => url,
    headers: headersOf,
  };
  const prototype = Object.create(Request.prototype);
  for (const name of Reflect.ownKeys(Request.prototype)) {
    if (name === 'constructor' || name === Symbol.toStringTag) continue;
    const read = getters[name] ?? ((parts) => readWhole(parts, name));
    Object.defineProperty(prototype, name, {
      get(this: { readonly [PARTS]: Parts }) {
        return read(this[PARTS]);
      },
    });
  }
  return (nodeRequest) => {
    const { method = 'GET' } = nodeRequest;
    const url = readUrl(nodeRequest);
    if (!url || !COMMON_METHODS.includes(method)) return toRequest(nodeRequest);
    const request = Object.create(prototype);
    request[PARTS] = { nodeRequest, method, url, headers: undefined, whole: undefined };
    return request;
  };

  function readWhole(parts: Parts, name: PropertyKey): unknown {
    parts.whole ??= createRequest(parts.nodeRequest, parts.method, parts.url, headersOf(parts));
    const value: unknown = Reflect.get(parts.whole, name);
    return typeof value === 'function' ? value.bind(parts.whole) : value;
  }
}

/** `undefined` where address or headers are such that no request can be made of them. */
export function toRequest(nodeRequest: NodeRequest): Request | undefined {
  try {
    const { method = 'GET' } = nodeRequest;
    const headers = new Headers(listHeaders(nodeRequest));
    return createRequest(nodeRequest, method, composeUrl(nodeRequest), headers);
  } catch {
    return undefined;
  }
}

function createRequest(
  nodeRequest: NodeRequest,
  method: string,
  url: string,
  headers: Headers,
): Request {
  const body = method === 'GET' || method === 'HEAD' ? null : toBody(nodeRequest);
  // A body that is a stream must be sent in one direction at a time, and the caller must say so.
  return new Request(url, { method, headers, ...(body && { body, duplex: 'half' }) });
}

function listHeaders(nodeRequest: NodeRequest): [string, string][] {
  const headers: [string, string][] = [];
  for (const [name, value] of Object.entries(nodeRequest.headers)) {
    // Names with a colon are HTTP/2's pseudo headers.
    if (value === undefined || name.startsWith(':')) continue;
    if (typeof value === 'string') headers.push([name, value]);
    else headers.push(...value.map((one): [string, string] => [name, one]));
  }
  return headers;
}

/** The address as a `Request` spells it; `undefined` where that is not plain. */
function readUrl(nodeRequest: NodeRequest): string | undefined {
  if (!PLAIN_HOST.test(readHost(nodeRequest))) return undefined;
  try {
    return new URL(composeUrl(nodeRequest)).href;
  } catch {
    return undefined;
  }
}

function composeUrl(nodeRequest: NodeRequest): string {
  const { socket } = nodeRequest;
  const path = nodeRequest.originalUrl ?? nodeRequest.url ?? '/';
  const scheme = 'encrypted' in socket && socket.encrypted === true ? 'https' : 'http';
  return `${scheme}://${readHost(nodeRequest)}${path}`;
}

/** HTTP/2 says it in a pseudo header, mostly without `Host`. */
function readHost({ headers }: NodeRequest): string {
  return firstOf(headers[':authority']) ?? firstOf(headers['host']) ?? 'localhost';
}

function firstOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

function toBody(nodeRequest: NodeRequest): BodyInit {
  const { body } = nodeRequest;
  const isParsed = nodeRequest.readableEnded === true && body !== undefined;
  if (isParsed && body instanceof Uint8Array) return new Uint8Array(body);
  if (isParsed) return typeof body === 'string' ? body : JSON.stringify(body);
  // Whoever logs the request when it is answered needs its socket, which it loses when it is destroyed.
  const iterator =
    nodeRequest.iterator?.({ destroyOnReturn: false }) ?? nodeRequest[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === 'string' ? new TextEncoder().encode(value) : value);
    },
    async cancel() {
      await iterator.return?.();
      // As Node does with a body that nobody has begun to read: the connection goes on to the next request.
      nodeRequest.resume?.();
    },
  });
}
