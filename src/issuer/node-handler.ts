import { ANSWERER, type Answerer } from './answerer.js';
import { answerWithRefusal, type EndpointAnswer, type Refusal } from './endpoint-answer.js';
import { createRequestReader, toRequest, type NodeRequest } from './node-request.js';

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
 * sees what middleware has put there. Needs nothing of Node but the two objects it is given. To hand a
 * token endpoint's request on to `fetch`, hand on `request.clone()`.
 */
export function toNodeHandler<Req extends NodeRequest>(
  handler: NodeServable<Req>,
): (nodeRequest: Req, nodeResponse: NodeResponse) => void {
  const answer = handler[ANSWERER] ?? handler;
  const read = handler[ANSWERER] ? createRequestReader() : toRequest;
  const serve = async (nodeRequest: Req, nodeResponse: NodeResponse): Promise<void> => {
    const request = read(nodeRequest);
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

const IS_ASCII = /^[ -~]*$/;
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
  // With its length said, the answer need not be sent in chunks.
  const length = body === null ? {} : { 'Content-Length': String(byteLength(body)) };
  nodeResponse.writeHead(status, { ...headers, ...length });
  nodeResponse.end(body ?? undefined);
}

/** As a token's answer is written in ASCII, its length is known without encoding it. */
function byteLength(text: string): number {
  return IS_ASCII.test(text) ? text.length : new TextEncoder().encode(text).byteLength;
}
