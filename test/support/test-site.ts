import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startLocalStream, type LocalStream } from '../../demo/stream/start.js';
import { bundleElement, type Bundle } from './bundle-element.js';

/** One question to the token endpoint, and the answer to be made. */
export interface TokenExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly videoId: string;
  /** The body of a `POST`. */
  readonly body: string;
  /** How many questions there have been, this one included. */
  readonly count: number;
  /** Signs a token for the video; `lifetimeSeconds` from the site where no `exp` is given. */
  readonly sign: (claims?: TestClaims) => Promise<string>;
  /** Answers with a token in the API's envelope. */
  readonly answer: (token: string) => void;
  /** Answers with anything. */
  readonly send: (status: number, body: string, headers?: Readonly<Record<string, string>>) => void;
}

export interface TestClaims {
  readonly sub?: string;
  readonly exp?: number | string;
  readonly nbf?: number | string;
  readonly downloadable?: boolean;
}

export type TokenEndpoint = (exchange: TokenExchange) => Promise<void> | void;

/**
 * A page with nothing on it but what a test puts there, its token endpoint, and a local Stream:
 * the page on `localhost`, the Stream on another host, so that frames are really cross-site.
 */
export class TestSite {
  readonly stream: LocalStream;
  readonly url: string;
  /** How long the tokens of the default endpoint live. */
  lifetimeSeconds = 3600;
  /** What the endpoint does; a test puts its own in. */
  endpoint: TokenEndpoint;
  /** Headers of the page. */
  pageHeaders: Record<string, string> = {};
  /** What stands in the page before any script of it runs. */
  body = '';
  tokenRequests = 0;
  readonly #close: () => Promise<void>;

  constructor(stream: LocalStream, url: string, close: () => Promise<void>) {
    this.stream = stream;
    this.url = url;
    this.#close = close;
    this.endpoint = giveToken;
  }

  /** The tag with what every test needs, and the attributes given. */
  tag(videoId: string, attributes: Readonly<Record<string, string>> = {}): string {
    const all = {
      'video-id': videoId,
      'token-endpoint': '/token',
      'delivery-origin': this.stream.origins.delivery,
      'sdk-url': this.stream.sdkUrl,
      ...attributes,
    };
    const text = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
    return `<signed-stream ${text.join(' ')}></signed-stream>`;
  }

  /** Back to how it started, for the next test. */
  reset(): void {
    this.lifetimeSeconds = 3600;
    this.endpoint = giveToken;
    this.pageHeaders = {};
    this.body = '';
    this.tokenRequests = 0;
    this.stream.faults.clear();
    this.stream.requests.clear();
    this.stream.serverClock.skewMs = 0;
    this.stream.viewer.ip = this.stream.viewer.country = undefined;
    this.stream.link.kbps = undefined;
    this.stream.link.latencyMs = 0;
    for (const video of this.stream.videos) video.allowedOrigins = [];
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** The endpoint of a site that lets everybody watch. */
export const giveToken: TokenEndpoint = async (exchange) => {
  exchange.answer(await exchange.sign());
};

/** @param files what the page's scripts are; the element if not given */
export async function startTestSite(files?: Bundle): Promise<TestSite> {
  const [stream, bundle] = await Promise.all([startLocalStream(), files ?? bundleElement()]);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const code = bundle.get(pathname.slice(1));
    if (code !== undefined) {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(code);
    } else if (pathname === '/token') {
      void answerToken(site, request, response);
    } else if (pathname === '/') {
      const headers = { 'content-type': 'text/html; charset=utf-8', ...site.pageHeaders };
      response.writeHead(200, headers).end(writePage(site.body));
    } else if (pathname === '/page.css') {
      response.writeHead(200, { 'content-type': 'text/css' }).end(PAGE_STYLES);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  const site = new TestSite(stream, `http://localhost:${port}/`, async () => {
    server.closeAllConnections();
    await Promise.all([new Promise((resolve) => server.close(resolve)), stream.close()]);
  });
  return site;
}

async function answerToken(
  site: TestSite,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  site.tokenRequests += 1;
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const url = new URL(request.url ?? '/', site.url);
  const videoId = url.searchParams.get('video-id') ?? '';
  const send: TokenExchange['send'] = (status, text, headers = {}) => {
    const date = new Date(site.stream.serverClock.now()).toUTCString();
    response.sendDate = false;
    response.writeHead(status, { 'cache-control': 'no-store', date, ...headers }).end(text);
  };
  await site.endpoint({
    request,
    response,
    videoId,
    body,
    count: site.tokenRequests,
    send,
    sign: (claims = {}) => {
      const exp = Math.floor(site.stream.serverClock.now() / 1000) + site.lifetimeSeconds;
      return site.stream.signToken({ sub: videoId, exp, ...claims });
    },
    answer: (token) => {
      const envelope = { result: { token }, success: true, errors: [], messages: [] };
      send(200, JSON.stringify(envelope), { 'content-type': 'application/json' });
    },
  });
}

const PAGE_STYLES = 'signed-stream { width: 640px; }';

function writePage(body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Test page</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/signed-stream.js"></script>
</head>
<body>${body}</body>
</html>
`;
}
