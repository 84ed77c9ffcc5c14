import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Link } from '../../../demo/stream/state/link.js';

/** What a viewer's line is like. */
export interface LinkShape {
  /** Speed towards the viewer in kilobits a second, shared by all connections. */
  readonly kbps: number;
  /** From the viewer to any server and back. */
  readonly roundTripMs: number;
  /** Round trips that it takes to open a connection: 1 for TCP, 2 with TLS 1.3 on it. */
  readonly roundTripsToConnect: number;
}

/**
 * A line that everything passes, whatever asks for it and whatever the page does: a SOCKS proxy
 * (RFC 1928) that lets connections wait as the line would. A browser's own throttling knows nothing
 * of the time that it takes to connect, nor of frames of other sites.
 */
export class ShapedLink {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #shape: LinkShape;
  #line: Link;

  private constructor(shape: LinkShape) {
    this.#shape = shape;
    this.#line = createLine(shape);
    this.#server = createServer((socket) => void this.#serve(socket));
  }

  static async start(shape: LinkShape): Promise<ShapedLink> {
    const link = new ShapedLink(shape);
    await new Promise<void>((resolve) => link.#server.listen(0, '127.0.0.1', resolve));
    return link;
  }

  /** For a browser's proxy setting. */
  get proxy(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `socks5://127.0.0.1:${port}`;
  }

  /** Cuts every connection, so that the next visit has the line for itself. */
  reset(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#line = createLine(this.#shape);
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(viewer: Socket): Promise<void> {
    this.#keep(viewer);
    const target = await readTarget(viewer);
    if (target === undefined) return void viewer.destroy();
    const upstream = connect({ ...target, noDelay: true });
    this.#keep(upstream);
    const { roundTripMs, roundTripsToConnect } = this.#shape;
    upstream.once('connect', () => {
      setTimeout(() => {
        viewer.write(ACCEPTED);
        void pipeAfter(viewer, upstream, roundTripMs / 2, async () => {});
        void pipeAfter(upstream, viewer, roundTripMs / 2, (bytes) => this.#carry(bytes));
      }, roundTripMs * roundTripsToConnect);
    });
  }

  #carry(bytes: number): Promise<void> {
    return this.#line.carry(bytes, NEVER);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }
}

function createLine({ kbps }: LinkShape): Link {
  const line = new Link();
  line.kbps = kbps;
  return line;
}

/** Hands on what comes in small pieces, so that connections take turns on the line. */
async function pipeAfter(
  from: Socket,
  to: Socket,
  delayMs: number,
  carry: (bytes: number) => Promise<void>,
): Promise<void> {
  try {
    for await (const data of from as AsyncIterable<Buffer>) {
      for (let offset = 0; offset < data.length; offset += PIECE_BYTES) {
        const piece = data.subarray(offset, offset + PIECE_BYTES);
        await carry(piece.length);
        setTimeout(() => to.writable && to.write(piece), delayMs);
      }
    }
  } catch {
    // Cut off: so is the other side.
  }
  setTimeout(() => to.end(), delayMs);
}

/** Whom a browser wants to be connected with; `undefined` where it does not say. */
async function readTarget(socket: Socket): Promise<{ host: string; port: number } | undefined> {
  const greeting = await readOnce(socket);
  if (greeting?.[0] !== VERSION) return undefined;
  socket.write(Buffer.from([VERSION, 0]));
  const request = await readOnce(socket);
  if (request === undefined) return undefined;
  const [, command, , type, length = 0] = request;
  if (command !== 1) return undefined;
  if (type === IPV4) {
    return { host: request.subarray(4, 8).join('.'), port: request.readUInt16BE(8) };
  }
  if (type !== NAME) return undefined;
  const host = request.subarray(5, 5 + length).toString('latin1');
  return { host, port: request.readUInt16BE(5 + length) };
}

function readOnce(socket: Socket): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    socket.once('readable', () => resolve(toBuffer(socket.read())));
    socket.once('close', () => resolve(undefined));
  });
}

function toBuffer(value: unknown): Buffer | undefined {
  return Buffer.isBuffer(value) ? value : undefined;
}

const VERSION = 5;
const IPV4 = 1;
const NAME = 3;
const ACCEPTED = Buffer.from([VERSION, 0, 0, IPV4, 0, 0, 0, 0, 0, 0]);
/** Three packets: 9 ms at 4 Mb/s. */
const PIECE_BYTES = 4380;
const NEVER = new AbortController().signal;
