import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { startLocalStream, type LocalStream } from '../../../../demo/stream/start.js';
import {
  createSigningKeyIssuer,
  createTokenHandler,
  toNodeHandler,
  type TokenHandlerOptions,
} from '../../../../src/issuer/index.js';
import { run, type CliResult, type RunOptions } from './run-cli.js';

export const PAGE = 'https://www.example.com';

export interface DoctorStep {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly cause?: string;
  readonly hints?: readonly string[];
}

export interface Examined {
  readonly code: number;
  readonly steps: readonly DoctorStep[];
  readonly failed: readonly DoctorStep[];
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;
type SigningKey = Awaited<ReturnType<LocalStream['createKey']>>;

/** A local Stream and a token endpoint beside it, both of which a test may spoil. */
export class DoctorWorld {
  readonly stream: LocalStream;
  readonly key: SigningKey;
  readonly videoId: string;
  readonly endpoint: string;
  /** Answers at the endpoint. */
  listener: Listener = () => undefined;
  /** The environment `examine` runs in. */
  env: Record<string, string> = {};

  constructor(stream: LocalStream, key: SigningKey, endpoint: string) {
    this.stream = stream;
    this.key = key;
    this.videoId = stream.videos[0]?.uid ?? '';
    this.endpoint = endpoint;
  }

  get account(): Record<string, string> {
    return {
      CLOUDFLARE_ACCOUNT_ID: this.stream.accountId,
      CLOUDFLARE_API_TOKEN: this.stream.apiToken,
      CLOUDFLARE_BASE_URL: `${this.stream.origins.api}/client/v4`,
    };
  }

  /** A good token, made at another time where one is given. */
  issue(now?: () => number): Promise<string> {
    const { id: keyId, jwk } = this.key;
    return createSigningKeyIssuer({ keyId, jwk, now }).issue(this.videoId);
  }

  /** Makes the endpoint a good one, but for what is given. */
  serveTokens(options: Partial<TokenHandlerOptions> = {}): void {
    const { id: keyId, jwk } = this.key;
    const issuer = createSigningKeyIssuer({ keyId, jwk, now: options.now });
    const good = { issuer, authorize: () => true, cors: [PAGE] };
    this.listener = toNodeHandler(createTokenHandler({ ...good, ...options }));
  }

  /** Makes the endpoint answer with anything. */
  serve(status: number, body: string, headers: Record<string, string> = {}): void {
    this.listener = (_request, response) => void response.writeHead(status, headers).end(body);
  }

  /** Runs the doctor on the video, or on another. */
  run(
    args: readonly string[],
    options: RunOptions = {},
    videoId = this.videoId,
  ): Promise<CliResult> {
    const delivery = args.includes('--delivery-origin')
      ? []
      : ['--delivery-origin', this.stream.origins.delivery];
    const endpoint = args.includes('--endpoint') ? [] : ['--endpoint', this.endpoint];
    return run(['doctor', videoId, ...endpoint, ...delivery, ...args], {
      env: this.env,
      ...options,
    });
  }

  /** What the doctor finds. */
  async examine(...args: readonly string[]): Promise<Examined> {
    const { code, stdout, stderr } = await this.run([...args, '--json']);
    expect(stderr).toBe('');
    expect(stdout).not.toMatch(/eyJ[\w-]+\./);
    const { ok, steps } = JSON.parse(stdout) as { ok: boolean; steps: DoctorStep[] };
    expect(ok).toBe(code === 0);
    return { code, steps, failed: steps.filter(({ status }) => status === 'failed') };
  }
}

/** One world for all tests of a file, mended before each. */
export function useDoctorWorld(): () => DoctorWorld {
  let world: DoctorWorld | undefined;
  const get = (): DoctorWorld => {
    if (!world) throw new Error('The world is not made yet');
    return world;
  };
  const server = createServer((request, response) => get().listener(request, response));

  beforeAll(async () => {
    // Large and slow to load: not at a test's expense.
    await import('cloudflare');
    const stream = await startLocalStream();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const endpoint = `http://127.0.0.1:${port}/api/stream-token`;
    world = new DoctorWorld(stream, await stream.createKey(), endpoint);
  }, 60_000);
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await world?.stream.close();
  });
  beforeEach(() => {
    get().serveTokens();
  });
  afterEach(() => {
    const { stream, videoId } = get();
    stream.serverClock.skewMs = 0;
    Object.assign(stream.viewer, { ip: undefined, country: undefined });
    stream.faults.clear();
    stream.video(videoId).allowedOrigins = [];
    get().env = {};
  });
  return get;
}
