import type { ServerResponse } from 'node:http';
import { giveToken, type TestSite, type TokenEndpoint } from '../../support/test-site.js';
import type { PlayerOptions } from './player.js';

/** An endpoint of its own for each of several players in a page. */
export class Endpoints {
  readonly #answers = new Map<string, TokenEndpoint>();
  readonly #askedAtMs = new Map<string, number[]>();
  readonly #hanging = new Map<string, ServerResponse[]>();

  constructor(site: TestSite) {
    site.endpoint = async (exchange) => {
      const url = new URL(exchange.request.url ?? '/', site.url);
      const name = url.searchParams.get('name') ?? '';
      this.#timesOf(name).push(performance.now());
      await (this.#answers.get(name) ?? giveToken)(exchange);
      const { response } = exchange;
      if (!response.writableEnded) this.#hangingOf(name).push(response);
    };
  }

  /** What to put into `token-endpoint`. */
  static address(name: string): string {
    return `/token?name=${encodeURIComponent(name)}`;
  }

  /**
   * From now on an endpoint does this; without an answer it gives tokens again. Questions that still
   * hang are not answered any more, so that nobody waits for one of before.
   */
  set(name: string, answer: TokenEndpoint = giveToken): void {
    this.#answers.set(name, answer);
    for (const response of this.#hangingOf(name).splice(0)) response.destroy();
  }

  /** How often an endpoint has been asked. */
  count(name: string): number {
    return this.#timesOf(name).length;
  }

  /** The time between one question and the next, in milliseconds. */
  pausesMs(name: string): number[] {
    const times = this.#timesOf(name);
    return times.slice(1).map((atMs, index) => atMs - (times[index] ?? atMs));
  }

  #timesOf(name: string): number[] {
    const times = this.#askedAtMs.get(name) ?? [];
    this.#askedAtMs.set(name, times);
    return times;
  }

  #hangingOf(name: string): ServerResponse[] {
    const hanging = this.#hanging.get(name) ?? [];
    this.#hanging.set(name, hanging);
    return hanging;
  }
}

/** An hls.js player that asks the endpoint of its name; small, so that several can be played at once. */
export function toHlsPlayer(name: string, bufferSeconds: number, uid: string): PlayerOptions {
  const { id, attributes } = toFramePlayer(name, uid);
  return {
    id,
    uid,
    attributes: { ...attributes, player: 'hls' },
    hlsConfig: {
      capLevelToPlayerSize: true,
      maxBufferLength: bufferSeconds,
      maxMaxBufferLength: bufferSeconds,
    },
  };
}

/** One with Stream's player. */
export function toFramePlayer(name: string, uid: string) {
  return {
    // No id begins with a digit.
    id: name.replaceAll(' ', '-').replace(/^\d/, 's$&'),
    uid,
    attributes: {
      player: 'iframe',
      style: 'width: 160px',
      'token-endpoint': Endpoints.address(name),
    },
  } satisfies PlayerOptions;
}
