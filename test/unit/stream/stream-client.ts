import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { startLocalStream, type LocalStream } from '../../../demo/stream/start.js';
import type { TokenClaims } from '../../../demo/stream/api/sign-token.js';

export const HOUR_SECONDS = 3600;
export const DAY_SECONDS = 24 * HOUR_SECONDS;

/** A local Stream with the few requests that all of its tests make. */
export class StreamClient {
  readonly stream: LocalStream;

  constructor(stream: LocalStream) {
    this.stream = stream;
  }

  static async start(): Promise<StreamClient> {
    return new StreamClient(await startLocalStream());
  }

  /** The server's time in whole seconds. */
  nowSeconds(): number {
    return Math.floor(this.stream.serverClock.now() / 1000);
  }

  advance(seconds: number): void {
    this.stream.serverClock.skewMs += seconds * 1000;
  }

  /** Undoes what a test has done to the server. */
  reset(): void {
    const { stream } = this;
    stream.serverClock.skewMs = 0;
    Object.assign(stream.viewer, { ip: undefined, country: undefined });
    Object.assign(stream.link, { kbps: undefined, latencyMs: 0 });
    stream.faults.clear();
    stream.requests.clear();
  }

  /** A token for an hour, unless the claims say otherwise. */
  token(uid: string, claims: TokenClaims = {}): Promise<string> {
    return this.stream.signToken({ sub: uid, exp: this.nowSeconds() + HOUR_SECONDS, ...claims });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(new URL(path, this.stream.origins.delivery), { headers, redirect: 'manual' });
  }

  async status(path: string, headers?: Record<string, string>): Promise<number> {
    const response = await this.get(path, headers);
    await response.arrayBuffer();
    return response.status;
  }

  manifestStatus(id: string, headers?: Record<string, string>): Promise<number> {
    return this.status(`/${id}/manifest/video.m3u8`, headers);
  }

  async playlist(path: string): Promise<string> {
    const response = await this.get(path);
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return text;
  }

  /** Paths of the media playlists that the multivariant playlist names: video first, then audio. */
  async renditions(id: string, query = ''): Promise<{ video: string[]; audio: string[] }> {
    const path = `/${id}/manifest/video.m3u8${query}`;
    const lines = (await this.playlist(path)).split('\n');
    const audio = lines.flatMap((line) => /TYPE=AUDIO.*URI="([^"]+)"/.exec(line)?.[1] ?? []);
    const video = lines.filter((line) => line.startsWith('stream_'));
    const toPath = (uri: string) => this.resolve(uri, path);
    return { video: video.map(toPath), audio: audio.map(toPath) };
  }

  async firstRendition(id: string): Promise<string> {
    const [first = ''] = (await this.renditions(id)).video;
    return first;
  }

  /** Paths of the init segment and of the segments a media playlist names. */
  async media(rendition: string): Promise<{ init: string; segments: string[] }> {
    const lines = (await this.playlist(rendition)).split('\n');
    const init = lines.flatMap((line) => /EXT-X-MAP:URI="([^"]+)"/.exec(line)?.[1] ?? []);
    const segments = lines.filter((line) => line !== '' && !line.startsWith('#'));
    return {
      init: this.resolve(init[0] ?? '', rendition),
      segments: segments.map((uri) => this.resolve(uri, rendition)),
    };
  }

  async firstSegment(id: string): Promise<string> {
    const { segments } = await this.media(await this.firstRendition(id));
    return segments[0] ?? '';
  }

  resolve(uri: string, base: string): string {
    const { pathname, search } = new URL(uri, new URL(base, this.stream.origins.delivery));
    return pathname + search;
  }

  /** As `fetch` cannot send an `Origin` or a `Referer` of its own choice, nor tell of broken bodies. */
  raw(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; headers: IncomingHttpHeaders; body: string; isBroken: boolean }> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(new URL(path, this.stream.origins.delivery), { headers });
      request.once('error', reject);
      request.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', () => undefined);
        response.once('close', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
            isBroken: !response.complete,
          });
        });
      });
      request.end();
    });
  }

  /** A request to the account's part of the API, with the account's own credentials. */
  async api(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { authorization: `Bearer ${this.stream.apiToken}` },
  ): Promise<{ status: number; body: ApiAnswer }> {
    const { origins, accountId } = this.stream;
    const response = await fetch(`${origins.api}/client/v4/accounts/${accountId}/stream${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as ApiAnswer };
  }
}

export interface ApiAnswer {
  readonly result: unknown;
  readonly success: boolean;
  readonly errors: readonly { readonly code: number; readonly message: string }[];
  readonly messages: readonly unknown[];
}
