import { PlayerProperties } from './player-properties.js';
import type { FrameMessage, PlayerSettings, SdkMessage } from './protocol.js';

interface PendingPlay {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** What `Stream(iframe)` gives: the player in the frame, to be used from the page around it. */
export class StreamPlayer extends PlayerProperties {
  readonly #iframe: HTMLIFrameElement;
  readonly #plays = new Map<number, PendingPlay>();
  /** What was asked for before the frame was ready. */
  #queue: SdkMessage[] = [];
  /** Known once the frame has said that it is ready. */
  #frameOrigin: string | undefined;
  #src: string;
  #lastCall = 0;

  constructor(iframe: HTMLIFrameElement) {
    super();
    this.#iframe = iframe;
    this.#src = readId(iframe.src);
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      const isFromFrame = event.source !== null && event.source === iframe.contentWindow;
      if (isFromFrame && isFrameMessage(event.data)) this.#receive(event.data, event.origin);
    });
  }

  /** The uid or token of the video. Another one starts from the beginning, in the same frame. */
  get src(): string {
    return this.#src;
  }
  set src(id: string) {
    this.#src = id;
    this.#send({ from: 'stream-sdk', type: 'load', id });
  }

  play(): Promise<void> {
    const call = ++this.#lastCall;
    const settled = new Promise<void>((resolve, reject) => {
      this.#plays.set(call, { resolve, reject });
    });
    this.#send({ from: 'stream-sdk', type: 'play', call });
    return settled;
  }

  pause(): void {
    this.#send({ from: 'stream-sdk', type: 'pause' });
  }

  protected override sendSettings(settings: Readonly<Partial<PlayerSettings>>): void {
    this.#send({ from: 'stream-sdk', type: 'set', settings });
  }

  #receive(message: FrameMessage, origin: string): void {
    if (message.type === 'ready') {
      this.updateState(message.state);
      this.#frameOrigin = origin;
      const queue = this.#queue;
      this.#queue = [];
      for (const queued of queue) this.#send(queued);
      return;
    }
    // Who has missed the frame's one `ready` is deaf and dumb for good, as the vendor's SDK is.
    if (this.#frameOrigin === undefined) return;
    if (message.type === 'settled') {
      this.#settle(message.call, message.error);
      return;
    }
    this.updateState(message.state);
    this.dispatchEvent(new Event(message.name));
  }

  #settle(call: number, failure: { name: string; message: string } | undefined): void {
    const play = this.#plays.get(call);
    this.#plays.delete(call);
    if (failure) play?.reject(new DOMException(failure.message, failure.name));
    else play?.resolve();
  }

  #send(message: SdkMessage): void {
    if (this.#frameOrigin === undefined) this.#queue.push(message);
    // A page of another origin that took the player's place gets no token.
    else this.#iframe.contentWindow?.postMessage(message, this.#frameOrigin);
  }
}

/** `…/<id>/iframe` or, on the shared host, `…/<id>`. */
function readId(src: string): string {
  return URL.canParse(src) ? (new URL(src).pathname.split('/')[1] ?? '') : '';
}

function isFrameMessage(data: unknown): data is FrameMessage {
  return (
    typeof data === 'object' && data !== null && 'from' in data && data.from === 'stream-player'
  );
}
