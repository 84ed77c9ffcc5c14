import { ErrorDetails, ErrorTypes, Events, type ErrorData } from 'hls.js';
import { describe, expect, it } from 'vitest';
import { attachRecovery } from '../../../../src/engine/hls/recovery.js';

type Listener = (event: string, data: ErrorData) => void;

class FakeMedia {
  currentTime = 0;
  paused = false;
  playbackRate = 1;
  play(): Promise<void> {
    this.paused = false;
    return Promise.resolve();
  }
}

/** As much of hls.js as recovery needs. */
class FakeHls {
  readonly calls: string[] = [];
  readonly levels: object[] = [{}];
  readonly url = 'https://v.test/manifest';
  readonly media = new FakeMedia();
  readonly config = { startPosition: 300 };
  hasEnoughToStart = true;
  readonly #listeners = new Map<string, Listener>();

  on(type: string, listener: Listener): void {
    this.#listeners.set(type, listener);
  }
  off(type: string): void {
    this.#listeners.delete(type);
  }
  emit(type: string, data: Partial<ErrorData> = {}): void {
    this.#listeners.get(type)?.(type, data as ErrorData);
  }
  readonly startsAtSeconds: number[] = [];
  startLoad(startPosition: number): void {
    this.calls.push('startLoad');
    this.startsAtSeconds.push(startPosition);
  }
  loadSource(): void {
    this.calls.push('loadSource');
  }
  recoverMediaError(): void {
    this.calls.push('recoverMediaError');
    // What a video does when it is given another source.
    Object.assign(this.media, { paused: true, playbackRate: 1 });
  }
  get listening(): number {
    return this.#listeners.size;
  }
}

function attach() {
  const hls = new FakeHls();
  const reports: (string | undefined)[] = [];
  const pausesMs: number[] = [];
  const detach = attachRecovery(hls as never, {
    report: (trouble) => reports.push(trouble?.code),
    pause: (pauseMs) => {
      pausesMs.push(pauseMs);
      return Promise.resolve();
    },
    random: () => 0.5,
  });
  const fail = async (type: ErrorTypes, details: ErrorDetails): Promise<void> => {
    hls.emit(Events.ERROR, { type, details, fatal: true });
    await Promise.resolve();
    await Promise.resolve();
  };
  const failNetwork = () => fail(ErrorTypes.NETWORK_ERROR, ErrorDetails.FRAG_LOAD_ERROR);
  const failMedia = () => fail(ErrorTypes.MEDIA_ERROR, ErrorDetails.BUFFER_APPEND_ERROR);
  return { hls, reports, pausesMs, detach, failNetwork, failMedia };
}

describe('attachRecovery', () => {
  it('starts loading again after growing pauses, and is over when media arrives', async () => {
    const { hls, reports, pausesMs, failNetwork } = attach();
    await failNetwork();
    await failNetwork();
    expect(hls.calls).toEqual(['startLoad', 'startLoad']);
    expect(pausesMs).toEqual([1000, 2000]);
    hls.emit(Events.FRAG_BUFFERED);
    expect(reports).toEqual(['network-failed', 'network-failed', undefined]);
    await failNetwork();
    expect(pausesMs.at(-1)).toBe(1000);
  });

  it('begins where it was to begin, or was sought since, until there has been media', async () => {
    const { hls, failNetwork } = attach();
    hls.hasEnoughToStart = false;
    await failNetwork();
    hls.media.currentTime = 40;
    await failNetwork();
    hls.hasEnoughToStart = true;
    await failNetwork();
    expect(hls.startsAtSeconds).toEqual([300, 40, -1]);
  });

  it('loads the manifest again where there is none yet', async () => {
    const { hls, failNetwork } = attach();
    hls.levels.length = 0;
    await failNetwork();
    expect(hls.calls).toEqual(['loadSource']);
  });

  it('gives up what can be buffered and never be decoded', async () => {
    const { hls, reports, failMedia } = attach();
    hls.media.currentTime = 30;
    for (let round = 0; round < 5; round += 1) {
      await failMedia();
      hls.emit(Events.FRAG_BUFFERED);
    }
    expect(hls.calls).toEqual(['recoverMediaError', 'recoverMediaError']);
    expect(reports[0]).toBe('media-failed');
  });

  it('recovers as often as it takes while it plays on in between', async () => {
    const { hls, reports, failMedia } = attach();
    for (let round = 1; round <= 5; round += 1) {
      await failMedia();
      hls.media.currentTime += 5;
      hls.emit(Events.FRAG_BUFFERED);
    }
    expect(hls.calls.length).toBe(5);
    expect(reports).toEqual([]);
  });

  it.each([false, true])('keeps speed and state of play, paused: %s', async (paused) => {
    const { hls, failMedia } = attach();
    Object.assign(hls.media, { paused, playbackRate: 1.5 });
    await failMedia();
    expect(hls.calls).toEqual(['recoverMediaError']);
    expect(hls.media).toMatchObject({ paused, playbackRate: 1.5 });
  });

  it('leaves nothing behind', () => {
    const { hls, detach } = attach();
    expect(hls.listening).toBe(2);
    detach();
    expect(hls.listening).toBe(0);
  });
});
