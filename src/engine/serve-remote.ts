import type { RemoteFront, RemoteServant } from './engine.js';

/**
 * Has the page's `remote` answered by that of a video, until another one follows or `end` is
 * aborted. Called again for the same video, it heeds what the page has disabled since.
 *
 * @param mustStay whether the video can only be played here
 */
export function serveRemote(
  front: RemoteFront,
  video: HTMLVideoElement,
  end: AbortSignal,
  mustStay = false,
): void {
  let servant = servants.get(front);
  if (servant === undefined) {
    servant = new VideoRemote(front);
    servants.set(front, servant);
    front.serve(servant);
  }
  servant.follow(video, end, mustStay);
}

/** One for each element, so that who watches goes on watching with the next player. */
const servants = new WeakMap<RemoteFront, VideoRemote>();

/** Somebody who wants to know whether there is another screen. */
interface Watch {
  tell(available: boolean): void;
  stop(): void;
}

class VideoRemote implements RemoteServant {
  readonly #front: RemoteFront;
  readonly #watches = new Map<number, Watch>();
  #lastId = 0;
  #video: HTMLVideoElement | undefined;
  #unlisten = new AbortController();

  constructor(front: RemoteFront) {
    this.#front = front;
    for (const type of EVENTS) {
      front.addEventListener(type, (event) => front[`on${type}`]?.(event));
    }
  }

  follow(video: HTMLVideoElement, end: AbortSignal, mustStay: boolean): void {
    const isNew = video !== this.#video;
    if (isNew) this.#leave();
    this.#video = video;
    this.#front.disabled ||= mustStay;
    video.disableRemotePlayback = this.#front.disabled;
    if (isNew) this.#listen(video, end);
  }

  async watchAvailability(callback: RemotePlaybackAvailabilityCallback): Promise<number> {
    const id = (this.#lastId += 1);
    const watch = createWatch(callback);
    this.#watches.set(id, watch);
    try {
      if (this.#video !== undefined) await begin(watch, this.#video);
    } catch (error) {
      this.#watches.delete(id);
      throw error;
    }
    return id;
  }

  async cancelWatchAvailability(id?: number): Promise<void> {
    if (id !== undefined && !this.#watches.has(id)) {
      throw new DOMException('There is no such watch.', 'NotFoundError');
    }
    for (const each of id === undefined ? [...this.#watches.keys()] : [id]) {
      this.#watches.get(each)?.stop();
      this.#watches.delete(each);
    }
  }

  async prompt(): Promise<void> {
    await readRemote(this.#video).prompt();
  }

  #listen(video: HTMLVideoElement, end: AbortSignal): void {
    const { signal } = this.#unlisten;
    const stop = (): void => {
      this.#leave();
      for (const watch of this.#watches.values()) watch.tell(false);
    };
    end.addEventListener('abort', stop, { once: true, signal });
    for (const watch of this.#watches.values()) {
      begin(watch, video).catch(() => watch.tell(false));
    }
    if (!('remote' in video)) return;
    const { remote } = video;
    for (const type of EVENTS) {
      remote.addEventListener(type, () => this.#tell(type, remote.state), { signal });
    }
  }

  #leave(): void {
    this.#unlisten.abort();
    this.#unlisten = new AbortController();
    this.#video = undefined;
    for (const watch of this.#watches.values()) watch.stop();
    if (this.#front.state !== 'disconnected') this.#tell('disconnect', 'disconnected');
  }

  #tell(type: string, state: RemotePlaybackState): void {
    this.#front.state = state;
    this.#front.dispatchEvent(new Event(type));
  }
}

function createWatch(callback: RemotePlaybackAvailabilityCallback): Watch {
  let told: boolean | undefined;
  return {
    tell(available) {
      // Another video finds what the one before has found.
      if (available === told) return;
      told = available;
      callback(available);
    },
    stop() {},
  };
}

async function begin(watch: Watch, video: HTMLVideoElement): Promise<void> {
  const remote = readRemote(video);
  let isOver = false;
  const asked = remote.watchAvailability((available) => {
    if (!isOver) watch.tell(available);
  });
  watch.stop = () => {
    isOver = true;
    asked.then((id) => remote.cancelWatchAvailability(id)).catch(() => {});
  };
  await asked;
}

function readRemote(video: HTMLVideoElement | undefined): RemotePlayback {
  if (video !== undefined && 'remote' in video) return video.remote;
  throw new DOMException('This browser plays nowhere else.', 'NotSupportedError');
}

const EVENTS = ['connecting', 'connect', 'disconnect'] as const;
