import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import '../../src/index.js';
import type { SignedStreamElement } from '../../src/index.js';
import { createElement } from './support/create-element.js';
import { fakeRemotes, type FakeRemote } from './support/fake-remote.js';
import { until } from './support/until.js';

const UID = SAMPLE_UIDS.pathToken;

/** The name of what a promise is rejected with; empty where it is not. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return '';
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown';
  }
}

describe('remote of <signed-stream>', function () {
  this.timeout(30_000);
  let element: SignedStreamElement;
  let remotes: ReturnType<typeof fakeRemotes>;

  const open = async (): Promise<void> => {
    document.body.append(element);
    await until(() => element.readyState >= 2, 'there is a picture');
  };
  const inner = (): FakeRemote => {
    const video = element.shadowRoot?.querySelector('video');
    if (!video) throw new Error('There is no video.');
    return remotes.of(video);
  };

  /** hls.js gives such a MediaSource to its video in an element. */
  const isManaged = (): boolean => Boolean(element.shadowRoot?.querySelector('source'));

  beforeEach(() => {
    remotes = fakeRemotes(true);
    element = createElement(UID, { player: 'hls', muted: '', preload: 'auto' });
  });
  afterEach(() => {
    element.remove();
    remotes.undo();
  });

  it('has those who watch told by each player, from before the first one on', async () => {
    const { remote } = element;
    const told: unknown[] = [];
    const id = remote.watchAvailability((available) => told.push(available));
    await open();
    const first = await id;
    expect(told).to.deep.equal([false]);
    inner().find(true);
    expect(told).to.deep.equal([false, true]);
    const before = inner();
    element.load();
    await until(() => before.watches.size === 0, 'the player that is gone is not asked any more');
    await until(() => element.readyState >= 2, 'there is a picture again');
    expect(element.remote).to.equal(remote);
    expect(told).to.deep.equal([false, true, false]);
    inner().find(true);
    expect(told).to.deep.equal([false, true, false, true]);
    before.find(false);
    expect(told).to.have.length(4);
    const second = await remote.watchAvailability(() => told.push('second'));
    expect(second).not.to.equal(first);
    await remote.cancelWatchAvailability(first);
    await until(() => inner().watches.size === 1, 'it is not watched any more');
    inner().find(false);
    expect(told.slice(4)).to.deep.equal(['second']);
    expect(await refusal(remote.cancelWatchAvailability(first))).to.equal('NotFoundError');
    await remote.cancelWatchAvailability();
    await until(() => inner().watches.size === 0, 'nobody watches any more');
  });

  it('is where the video is played, and tells of it', async () => {
    const { remote } = element;
    const told: unknown[] = [];
    for (const type of ['connecting', 'connect', 'disconnect'] as const) {
      remote.addEventListener(type, () => told.push([type, remote.state]));
    }
    const onconnect = ({ type, target }: Event): void => void told.push([type, target === remote]);
    Object.assign(remote, { onconnect });
    expect(remote.state).to.equal('disconnected');
    await open();
    await remote.prompt();
    expect(inner().prompts).to.equal(1);
    inner().become('connecting');
    inner().become('connected');
    expect(told).to.deep.equal([
      ['connecting', 'connecting'],
      ['connect', 'connected'],
      ['connect', true],
    ]);
    told.length = 0;
    element.remove();
    await until(() => told.length > 0, 'it is not played there any more');
    expect(told).to.deep.equal([['disconnect', 'disconnected']]);
  });

  it('can be disabled at any time', async () => {
    element.disableRemotePlayback = true;
    expect(element.disableRemotePlayback).to.equal(true);
    const watch = element.remote.watchAvailability(() => {});
    watch.catch(() => {});
    await open();
    const video = element.shadowRoot?.querySelector('video');
    expect(video?.disableRemotePlayback).to.equal(true);
    expect(await refusal(watch)).to.equal('InvalidStateError');
    element.disableRemotePlayback = false;
    expect(video?.disableRemotePlayback).to.equal(isManaged());
    expect(element.disableRemotePlayback).to.equal(isManaged());
  });

  it('stays disabled where hls.js could not play otherwise', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'ManagedMediaSource');
    class ManagedMediaSource extends MediaSource {}
    Object.defineProperty(globalThis, 'ManagedMediaSource', {
      configurable: true,
      value: ManagedMediaSource,
    });
    element.hlsConfig = { preferManagedMediaSource: true };
    try {
      await open();
      expect(isManaged()).to.equal(true);
      element.disableRemotePlayback = false;
      expect(element.shadowRoot?.querySelector('video')?.disableRemotePlayback).to.equal(true);
      expect(element.disableRemotePlayback).to.equal(true);
    } finally {
      Reflect.deleteProperty(globalThis, 'ManagedMediaSource');
      if (own !== undefined) Object.defineProperty(globalThis, 'ManagedMediaSource', own);
    }
  });

  it('is not supported in a browser that plays nowhere else', async () => {
    remotes.undo();
    remotes = fakeRemotes(false);
    const watch = refusal(element.remote.watchAvailability(() => {}));
    await open();
    expect(await watch).to.equal('NotSupportedError');
    expect(await refusal(element.remote.prompt())).to.equal('NotSupportedError');
    expect(element.remote.state).to.equal('disconnected');
  });

  it("is not supported in Stream's player", async () => {
    element = createElement(UID, { player: 'iframe', muted: '', preload: 'auto' });
    const { remote } = element;
    for (const isLoaded of [false, true]) {
      if (isLoaded) await open();
      expect(await refusal(remote.watchAvailability(() => {}))).to.equal('NotSupportedError');
      expect(await refusal(remote.cancelWatchAvailability())).to.equal('NotSupportedError');
      expect(await refusal(remote.prompt())).to.equal('NotSupportedError');
      expect(remote.state).to.equal('disconnected');
      expect(element.disableRemotePlayback).to.equal(true);
    }
  });
});
