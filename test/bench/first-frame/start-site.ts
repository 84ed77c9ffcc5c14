import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import { startLocalStream } from '../../../demo/stream/start.js';
import { buildPackage, buildPage, compress, type BuiltPage, type PageFile } from './build-page.js';
import { CONTENDERS, type Contender, type ContenderKey } from './contenders.js';

type Encoding = 'br' | 'gzip';

export interface Site {
  readonly scriptKb: (key: ContenderKey) => number;
  readonly url: (key: ContenderKey) => string;
  readonly close: () => Promise<void>;
}

/** One server for the pages of all contenders and their token endpoint, beside a local Stream. */
export async function startSite(): Promise<Site> {
  const stream = await startLocalStream();
  const contenders: Readonly<Record<string, Contender>> = CONTENDERS;
  await buildPackage();
  const built = new Map<string, BuiltPage>();
  for (const { script } of Object.values(contenders)) {
    if (!built.has(script)) built.set(script, await buildPage(script));
  }
  const pageOf = ({ script }: Contender): BuiltPage => {
    const page = built.get(script);
    if (page === undefined) throw new Error(`${script} has not been built`);
    return page;
  };
  const sign = (): Promise<string> =>
    stream.signToken({
      sub: SAMPLE_UIDS.ownSignature,
      exp: Math.floor(stream.serverClock.now() / 1000) + 3600,
    });
  const writePage = async (contender: Contender): Promise<string> => {
    const body = contender.body({
      videoId: SAMPLE_UIDS.ownSignature,
      deliveryOrigin: stream.origins.delivery,
      sdkUrl: stream.sdkUrl,
      token: await sign(),
    });
    return (
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>First frame</title>' +
      `<link rel="icon" href="data:,">${pageOf(contender).head}</head>${body}</html>`
    );
  };

  const answer = async (path: string, encoding: Encoding, response: ServerResponse) => {
    const file = [...built.values()].find(({ files }) => files.has(path))?.files.get(path);
    const contender = contenders[path.slice(1)];
    if (file !== undefined) {
      send(response, file, encoding, 'public, max-age=31536000, immutable');
    } else if (path === '/token') {
      const envelope = { result: { token: await sign() }, success: true, errors: [], messages: [] };
      const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
      response.writeHead(200, headers).end(JSON.stringify(envelope));
    } else if (contender !== undefined) {
      const page = compress(Buffer.from(await writePage(contender)), 'text/html');
      send(response, page, encoding, 'no-store');
    } else {
      response.writeHead(404).end();
    }
  };
  const server = createServer((request, response) => {
    const encoding = /\bbr\b/.test(request.headers['accept-encoding'] ?? '') ? 'br' : 'gzip';
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    void answer(pathname, encoding, response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    scriptKb: (key) => pageOf(CONTENDERS[key]).scriptKb,
    url: (key) => `http://localhost:${port}/${key}`,
    close: async () => {
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), stream.close()]);
    },
  };
}

function send(
  response: ServerResponse,
  { type, ...bodies }: PageFile,
  encoding: Encoding,
  cacheControl: string,
): void {
  const body = bodies[encoding];
  response
    .writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'content-encoding': encoding,
      'content-length': body.length,
      'cache-control': cacheControl,
    })
    .end(body);
}
