import { ANSWERER, type Answerer } from './answerer.js';
import { answerWithRefusal, type EndpointAnswer, type Refusal } from './endpoint-answer.js';

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
}

/** What is used of an `http.ServerResponse` or an Express response. */
export interface NodeResponse {
  readonly headersSent?: boolean | undefined;
  writeHead(status: number, headers: Record<string, string | string[]>): unknown;
  end(body?: Uint8Array | string): unknown;
}

/** A handler, ours or any other, that also takes the Node request. */
interface NodeServable<Req> {
  (request: Request, nodeRequest: Req): Promise<Response>;
  readonly [ANSWERER]?: Answerer<[Req]>;
}

/**
 * Turns a `Request → Response` handler into a listener of `node:http`, which Express takes as a route
 * too. The handler is called with the Node request as well, so that `authorize(request, videoId, req)`
 * sees what middleware has put there. Needs nothing of Node but the two objects it is given.
 */
export function toNodeHandler<Req extends NodeRequest>(
  handler: NodeServable<Req>,
): (nodeRequest: Req, nodeResponse: NodeResponse) => void {
  const answer = handler[ANSWERER] ?? handler;
  const serve = async (nodeRequest: Req, nodeResponse: NodeResponse): Promise<void> => {
    const request = toRequest(nodeRequest);
    const answered = request ? await answer(request, nodeRequest) : answerWithRefusal(NO_REQUEST);
    await send(answered, nodeResponse);
  };
  return (nodeRequest, nodeResponse) => {
    // Ours do not reject; where another handler does, the viewer shall not wait for nothing.
    serve(nodeRequest, nodeResponse).catch(() => {
      if (nodeResponse.headersSent === true) nodeResponse.end();
      else sendAnswer(answerWithRefusal(FAILED), nodeResponse);
    });
  };
}

const NO_REQUEST: Refusal = {
  status: 400,
  code: 'request-malformed',
  message: 'The address or the headers cannot be read.',
};
const FAILED: Refusal = {
  status: 500,
  code: 'internal-error',
  message: 'The token endpoint failed.',
};

async function send(
  answered: EndpointAnswer | Response,
  nodeResponse: NodeResponse,
): Promise<void> {
  if (!(answered instanceof Response)) {
    sendAnswer(answered, nodeResponse);
    return;
  }
  const body = new Uint8Array(await answered.arrayBuffer());
  const headers: Record<string, string | string[]> = Object.fromEntries(answered.headers);
  const cookies = answered.headers.getSetCookie();
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  nodeResponse.writeHead(answered.status, headers);
  nodeResponse.end(body);
}

function sendAnswer({ status, headers, body }: EndpointAnswer, nodeResponse: NodeResponse): void {
  nodeResponse.writeHead(status, { ...headers });
  nodeResponse.end(body ?? undefined);
}

/** `undefined` where URL or headers are such that no request can be made of them. */
function toRequest(nodeRequest: NodeRequest): Request | undefined {
  const { method = 'GET', socket } = nodeRequest;
  const headers: [string, string][] = [];
  for (const [name, value] of Object.entries(nodeRequest.headers)) {
    // Names with a colon are HTTP/2's pseudo headers.
    if (value === undefined || name.startsWith(':')) continue;
    if (typeof value === 'string') headers.push([name, value]);
    else headers.push(...value.map((one): [string, string] => [name, one]));
  }
  const host = firstOf(nodeRequest.headers['host']) ?? 'localhost';
  const path = nodeRequest.originalUrl ?? nodeRequest.url ?? '/';
  const scheme = 'encrypted' in socket && socket.encrypted === true ? 'https' : 'http';
  const url = `${scheme}://${host}${path}`;
  const body = method === 'GET' || method === 'HEAD' ? null : toBody(nodeRequest);
  try {
    // A body that is a stream must be sent in one direction at a time, and the caller must say so.
    return new Request(url, { method, headers, ...(body && { body, duplex: 'half' }) });
  } catch {
    return undefined;
  }
}

function firstOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

function toBody(nodeRequest: NodeRequest): BodyInit {
  const { body } = nodeRequest;
  const isParsed = nodeRequest.readableEnded === true && body !== undefined;
  if (isParsed && body instanceof Uint8Array) return new Uint8Array(body);
  if (isParsed) return typeof body === 'string' ? body : JSON.stringify(body);
  const iterator = nodeRequest[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(typeof value === 'string' ? new TextEncoder().encode(value) : value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
