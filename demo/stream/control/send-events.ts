import type { FastifyReply } from 'fastify';
import type { LoggedRequest, RequestLog } from '../state/request-log.js';

/** Answers with a stream of server-sent events, one for each request that has ended. */
export function sendEvents(reply: FastifyReply, requests: RequestLog): FastifyReply {
  reply.hijack();
  const response = reply.raw;
  response.writeHead(200, {
    'access-control-allow-origin': '*',
    'cache-control': 'no-store',
    'content-type': 'text/event-stream',
  });
  // A first line tells the listener that nothing is missed from here on.
  response.write(': listening\n\n');
  const unsubscribe = requests.onRequest((request: LoggedRequest) => {
    response.write(`data: ${JSON.stringify(request)}\n\n`);
  });
  response.once('close', unsubscribe);
  return reply;
}
