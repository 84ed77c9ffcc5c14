import { connect, type Socket } from 'node:net';
import { VIDEO_ID } from './contenders.js';

/** What each answer ends with: the envelope of a token. */
const END_OF_ANSWER = Buffer.from('"messages":[]}');

/**
 * Counts the requests answered by a server on this machine, over connections that are kept, one request under
 * way on each. Written on bare sockets, to take as little as possible of the machine it measures on.
 */
export async function sendLoad(
  port: number,
  durationMs: number,
  connections: number,
): Promise<number> {
  const request =
    `GET /api/stream-token?video-id=${VIDEO_ID} HTTP/1.1\r\n` +
    `Host: 127.0.0.1:${port}\r\nCookie: member=1\r\n\r\n`;
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  let count = 0;
  const endMs = performance.now() + durationMs;
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve, reject) => {
          socket.on('data', (chunk) => {
            if (!chunk.includes(END_OF_ANSWER)) {
              reject(new Error(`No token: ${chunk.toString().slice(0, 200)}`));
              return;
            }
            count += 1;
            if (performance.now() < endMs) socket.write(request);
            else resolve();
          });
          socket.once('error', reject);
          socket.write(request);
        }),
    ),
  );
  for (const socket of sockets) socket.destroy();
  return count;
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket)).setNoDelay();
    socket.once('error', reject);
  });
}
