import type { RemoteFront, RemoteServant } from '../engine/engine.js';

/**
 * `remote` as a `<video>` has it, and one object for as long as the element lives. Who answers for
 * it comes with a player that has a `<video>`; what is asked before that waits for it.
 */
export class SteadyRemote extends EventTarget implements RemotePlayback, RemoteFront {
  onconnecting: RemotePlayback['onconnecting'] = null;
  onconnect: RemotePlayback['onconnect'] = null;
  ondisconnect: RemotePlayback['ondisconnect'] = null;
  state: RemotePlaybackState = 'disconnected';
  disabled = false;
  serve!: (servant: RemoteServant) => void;
  readonly #servant = new Promise<RemoteServant>((resolve) => (this.serve = resolve));
  readonly #check: () => void;

  /** @param check throws where the player has none and never will have */
  constructor(check: () => void) {
    super();
    this.#check = check;
  }

  watchAvailability(callback: RemotePlaybackAvailabilityCallback): Promise<number> {
    return this.#ask((servant) => servant.watchAvailability(callback));
  }

  cancelWatchAvailability(id?: number): Promise<void> {
    return this.#ask((servant) => servant.cancelWatchAvailability(id));
  }

  prompt(): Promise<void> {
    return this.#ask((servant) => servant.prompt());
  }

  async #ask<T>(question: (servant: RemoteServant) => Promise<T>): Promise<T> {
    this.#check();
    return question(await this.#servant);
  }
}
