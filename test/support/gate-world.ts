import type { SignedStreamError } from '../../src/errors.js';
import { RequestGate, type TryResult } from '../../src/engine/hls/request-gate.js';
import type { Grant } from '../../src/engine/hls/grant.js';
import { FakeStream, type MediaAuth } from './fake-stream.js';
import { FakeTokenSource } from './fake-token-source.js';

/** What came of a request of the player. */
export interface Outcome {
  /** The URLs that were sent in its place. */
  readonly sent: readonly string[];
  /** Whether its place still exists. */
  readonly found: boolean;
  /** The last answer. */
  readonly status: number;
}

/** A player's requests, its gate, its tokens and a Stream. Its first token is `one`. */
export class GateWorld {
  readonly stream: FakeStream;
  readonly tokens = new FakeTokenSource('one');
  readonly gate: RequestGate;
  readonly reports: (SignedStreamError | undefined)[] = [];
  readonly pausesMs: number[] = [];
  readonly #lists = new Map<string, string>();
  readonly #media = new Map<string, string>();
  /** Ends with the player. */
  readonly end = new AbortController();
  /** Called in the place of each pause. */
  duringPause: () => void = () => {};

  constructor(auth: MediaAuth) {
    this.stream = new FakeStream(auth, 'one');
    this.gate = new RequestGate({
      tokens: this.tokens,
      manifest: { url: this.stream.manifestUrl('one'), token: 'one' },
      report: (trouble) => this.reports.push(trouble),
      pause: (pauseMs) => {
        this.pausesMs.push(pauseMs);
        this.duringPause();
        return Promise.resolve();
      },
      random: () => 0.5,
      end: this.end.signal,
    });
  }

  /** Takes the place of the page's network; the gate looks lists up with it. */
  readonly fetch: typeof fetch = (input) =>
    Promise.resolve(this.stream.answer(input instanceof Request ? input.url : String(input)));

  /** What a player does at first: the manifest, and a list of each rendition given. */
  async start(...renditions: readonly string[]): Promise<this> {
    await this.ask(this.stream.manifestUrl('one'));
    for (const name of renditions) await this.ask(this.listUrl(name));
    this.stream.log.length = 0;
    return this;
  }

  /** The URL by which the player knows a rendition's list. */
  listUrl(rendition: string): string {
    return this.#lists.get(rendition) ?? '';
  }

  /** The URL by which the player knows a segment (0 for the init section), by the last list. */
  mediaUrl(rendition: string, segment: number): string {
    const file = segment === 0 ? 'init.mp4' : `seg_${segment}.mp4`;
    return this.#media.get(`${rendition}/${file}`) ?? '';
  }

  /** Sends a request as the player's loader does. */
  async ask(url: string, signal = new AbortController().signal): Promise<Outcome> {
    const sent: string[] = [];
    let status = 0;
    const send = async (grant: Grant, mayLookUp: boolean): Promise<TryResult> => {
      sent.push(grant.url);
      const answer = this.stream.answer(grant.url);
      ({ status } = answer);
      if (status === 401 || status === 403) return { kind: 'refused', status };
      if (status === 404 && mayLookUp) return { kind: 'missing' };
      if (status === 200)
        this.#read(this.gate.ledger.note(url, grant, grant.url, await answer.text()), grant.url);
      return { kind: 'done' };
    };
    const found = await this.gate.pass(url, signal, send);
    return { sent, found, status };
  }

  /** The stream takes only this token from now on, and the source has it. */
  renew(token: string, remainingOfOldMs = 0): void {
    if (remainingOfOldMs === 0) this.stream.good.clear();
    this.stream.good.add(token);
    this.tokens.renew(token, remainingOfOldMs);
  }

  /** What a player reads in a list. */
  #read(text: string, baseUrl: string): void {
    for (const [name = '', rendition = ''] of text.matchAll(/stream_t(\w+)_r\d+\.m3u8/g)) {
      this.#lists.set(rendition, new URL(name, baseUrl).href);
    }
    for (const [uri = '', place = ''] of text.matchAll(/\/\w+\/video\/([\w/]+\.mp4)[^"\n]*/g)) {
      this.#media.set(place, new URL(uri, baseUrl).href);
    }
  }
}
