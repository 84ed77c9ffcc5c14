import { Readable } from 'node:stream';
import type { Link } from '../state/link.js';

interface SendOptions {
  /** The link that slows it down, if any. */
  readonly link: Link | undefined;
  /** Break the connection once so many bytes are out. */
  readonly breakAfterBytes: number | undefined;
  readonly signal: AbortSignal;
  readonly onSent: (bytes: number) => void;
}

/** A body as a stream that leaves as fast as the link lets it. */
export function sendOverLink(body: Buffer, options: SendOptions): Readable {
  return Readable.from(chunks(body, options), { objectMode: false, highWaterMark: 1 });
}

async function* chunks(
  body: Buffer,
  { link, breakAfterBytes, signal, onSent }: SendOptions,
): AsyncGenerator<Buffer> {
  const end = breakAfterBytes ?? body.length;
  let offset = 0;
  while (offset < end) {
    const chunk = body.subarray(offset, Math.min(end, offset + (link?.chunkBytes ?? 65_536)));
    await link?.carry(chunk.length, signal);
    offset += chunk.length;
    onSent(chunk.length);
    yield chunk;
  }
  if (breakAfterBytes !== undefined) throw new Error('The connection was broken on purpose');
}
