/** A screen elsewhere, as a browser that knows of one would have it; no test machine has any. */
export class FakeRemote extends EventTarget implements RemotePlayback {
  onconnecting: RemotePlayback['onconnecting'] = null;
  onconnect: RemotePlayback['onconnect'] = null;
  ondisconnect: RemotePlayback['ondisconnect'] = null;
  state: RemotePlaybackState = 'disconnected';
  prompts = 0;
  readonly watches = new Map<number, RemotePlaybackAvailabilityCallback>();
  readonly #video: HTMLVideoElement;
  #lastId = 0;

  constructor(video: HTMLVideoElement) {
    super();
    this.#video = video;
  }

  async watchAvailability(callback: RemotePlaybackAvailabilityCallback): Promise<number> {
    if (this.#video.disableRemotePlayback) throw new DOMException('Disabled.', 'InvalidStateError');
    this.#lastId += 1;
    this.watches.set(this.#lastId, callback);
    callback(false);
    return this.#lastId;
  }

  async cancelWatchAvailability(id?: number): Promise<void> {
    if (id === undefined) this.watches.clear();
    else this.watches.delete(id);
  }

  async prompt(): Promise<void> {
    this.prompts += 1;
  }

  /** There is a screen, or there is none any more. */
  find(available: boolean): void {
    for (const callback of this.watches.values()) callback(available);
  }

  become(state: RemotePlaybackState): void {
    this.state = state;
    const types = { connecting: 'connecting', connected: 'connect', disconnected: 'disconnect' };
    this.dispatchEvent(new Event(types[state]));
  }
}

/** Gives every `<video>` such a screen, or with `undefined` takes it from all. */
export function fakeRemotes(has: boolean): {
  of(video: HTMLVideoElement): FakeRemote;
  undo(): void;
} {
  const own = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'remote');
  const remotes = new WeakMap<HTMLVideoElement, FakeRemote>();
  const of = (video: HTMLVideoElement): FakeRemote => {
    const remote = remotes.get(video) ?? new FakeRemote(video);
    remotes.set(video, remote);
    return remote;
  };
  Reflect.deleteProperty(HTMLMediaElement.prototype, 'remote');
  if (has) {
    Object.defineProperty(HTMLMediaElement.prototype, 'remote', {
      configurable: true,
      get(this: HTMLVideoElement) {
        return of(this);
      },
    });
  }
  return {
    of,
    undo() {
      Reflect.deleteProperty(HTMLMediaElement.prototype, 'remote');
      if (own !== undefined) Object.defineProperty(HTMLMediaElement.prototype, 'remote', own);
    },
  };
}
