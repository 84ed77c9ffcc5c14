import type { IncomingMessage } from 'node:http';

/** Whether the demo page itself asks, on this machine: not another page, and nobody in the network. */
export function isOwnPage({ method, headers, socket }: IncomingMessage): boolean {
  const { origin, host = '' } = headers;
  const isPage = origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
  const isJson = headers['content-type'] === 'application/json';
  return method === 'POST' && isPage && isJson && isLoopback(socket.remoteAddress ?? '');
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}
