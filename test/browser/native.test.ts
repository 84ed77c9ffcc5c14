import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import '../../src/index.js';
import type { SignedStreamElement } from '../../src/index.js';
import { createElement } from './support/create-element.js';
import { fakeRemotes } from './support/fake-remote.js';
import { localStream } from './support/local-stream.js';
import { forgetMediaSource, playsHls } from './support/native.js';
import { until } from './support/until.js';
import { clickOn } from './support/viewer.js';
import { PlaybackWatch } from './support/watch-playback.js';

const LIFETIME_SECONDS = 8;

forgetMediaSource();

describe(playsHls ? 'native HLS' : 'native HLS: this browser plays none', function () {
  this.timeout(120_000);
  let element: SignedStreamElement;
  let watch: PlaybackWatch;

  before(function () {
    if (!playsHls) this.skip();
  });

  const open = async (
    uid: string,
    lifetimeSeconds = LIFETIME_SECONDS,
    attributes: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    element = createElement(uid, {
      ...attributes,
      player: 'hls',
      muted: '',
      autoplay: '',
      'token-endpoint': `${localStream.tokenEndpoint}?lifetime=${lifetimeSeconds}`,
    });
    document.body.append(element);
    watch = new PlaybackWatch(element);
    await watch.begins();
  };
  const videos = (): HTMLVideoElement[] => [
    ...(element.shadowRoot?.querySelectorAll('video') ?? []),
  ];

  afterEach(() => element.remove());

  it('is what plays', async () => {
    await open(SAMPLE_UIDS.pathToken);
    expect(element.engine).to.be.instanceOf(HTMLVideoElement);
    expect(videos()[0]?.currentSrc).to.contain('/manifest/video.m3u8');
  });

  for (const kind of ['pathToken', 'ownSignature', 'tokenBoundNames'] as const) {
    it(`the page hears nothing of its renewals, ${kind}`, async () => {
      await open(SAMPLE_UIDS[kind]);
      const first = element.engine;
      await watch.outlasts(3);
      expect(watch.interruptions).to.deep.equal([]);
      expect(element.engine).not.to.equal(first);
      await until(() => videos().length === 1, 'one video is left');
    });
  }

  // Not the speed: WebKitGTK stands still where it is changed before a seek.
  it('keeps sound and place through its renewals', async () => {
    await open(SAMPLE_UIDS.ownSignature);
    element.volume = 0.4;
    element.currentTime = 60;
    await watch.playsOn(1);
    watch.interruptions.length = 0;
    await watch.outlasts(2);
    expect(watch.interruptions).to.deep.equal([]);
    expect(element.volume).to.be.closeTo(0.4, 0.001);
    expect(element.muted).to.equal(true);
    expect(element.currentTime).to.be.within(62, 90);
  });

  it('is renewed, too, where nothing is to be loaded before it is played', async () => {
    await open(SAMPLE_UIDS.pathToken, LIFETIME_SECONDS, { preload: 'none' });
    const first = element.engine;
    await watch.outlasts(2);
    expect(watch.interruptions).to.deep.equal([]);
    expect(element.engine).not.to.equal(first);
  });

  // No video that WebKitGTK plays tells of captions: what it would tell of is added.
  for (const [how, isPinned] of [
    ['through its renewals', false],
    ['when it is renewed in its place', true],
  ] as const) {
    it(`shows the captions that the viewer has chosen ${how}`, async () => {
      await open(SAMPLE_UIDS.pathToken, 2 * LIFETIME_SECONDS);
      const [video] = videos();
      if (video === undefined) throw new Error('There is no video.');
      const modes = new Map<TextTrack, string>();
      const addTracks = (to: HTMLVideoElement): void => {
        for (const language of ['de', 'en'])
          modes.set(to.addTextTrack('captions', '', language), '');
      };
      addTracks(video);
      for (const track of video.textTracks)
        track.mode = track.language === 'en' ? 'showing' : 'hidden';
      new MutationObserver((records) => {
        for (const { addedNodes } of records) {
          for (const node of addedNodes) if (node instanceof HTMLVideoElement) addTracks(node);
        }
      }).observe(video.parentElement ?? video, { childList: true });
      if (isPinned) {
        Object.defineProperty(element.shadowRoot, 'pictureInPictureElement', {
          value: video,
          configurable: true,
        });
      }
      await watch.outlasts(1);
      await until(() => videos().length === 1, 'one video is left');
      const [front] = videos();
      expect(front === video).to.equal(isPinned);
      const shown = Array.from(front?.textTracks ?? [], ({ language, mode }) => [language, mode]);
      expect(shown.slice(0, 2)).to.deep.equal([
        ['de', 'hidden'],
        ['en', 'showing'],
      ]);
    });
  }

  it('is heard once, also while one video takes over from the other', async () => {
    await open(SAMPLE_UIDS.ownSignature);
    element.addEventListener('click', () => (element.muted = false), { once: true });
    await clickOn(element);
    await watch.playsOn(1);
    expect(element.muted).to.equal(false);
    watch.interruptions.length = 0;
    const first = element.engine;
    let most = 0;
    let together = 0;
    const sample = (): void => {
      const all = videos();
      const audible = all.filter(({ paused, muted, volume }) => !paused && !muted && volume > 0);
      most = Math.max(most, audible.length);
      if (all.length > 1) together += 1;
      if (element.isConnected) requestAnimationFrame(sample);
    };
    sample();
    await watch.outlasts(2);

    expect(watch.interruptions).to.deep.equal([]);
    expect(element.muted).to.equal(false);
    expect(element.engine).not.to.equal(first);
    expect(together).to.be.greaterThan(0);
    expect(most).to.equal(1);
  });

  it('goes on after a pause that outlives the token', async () => {
    await open(SAMPLE_UIDS.ownSignature);
    element.pause();
    const { currentTime } = element;
    await new Promise((resolve) => setTimeout(resolve, (LIFETIME_SECONDS + 2) * 1000));
    await element.play();
    expect(element.currentTime).to.be.closeTo(currentTime, 1.5);
    await watch.playsOn(3);
    expect(watch.interruptions).not.to.include('error');
  });

  it('is renewed in its place while it fills the screen', async () => {
    // The next video has to be there before the one that fills the screen is over.
    await open(SAMPLE_UIDS.ownSignature, 2 * LIFETIME_SECONDS);
    const [video] = videos();
    if (video === undefined) throw new Error('There is no video.');
    element.addEventListener('click', () => void video.requestFullscreen(), { once: true });
    await clickOn(element);
    await until(() => document.fullscreenElement === element, 'it fills the screen');
    watch.interruptions.length = 0;
    await watch.outlasts(2);
    expect(videos()).to.deep.equal([video]);
    expect(document.fullscreenElement).to.equal(element);
    expect(watch.interruptions).not.to.include('error');
    expect(watch.interruptions).not.to.include('pause');
    await document.exitFullscreen();
  });

  // No test machine has the screen, the telephone or the window; what says so is what is believed.
  for (const [where, holder, property] of [
    ['in picture-in-picture', 'root', 'pictureInPictureElement'],
    ['on a screen of AirPlay', 'video', 'webkitCurrentPlaybackTargetIsWireless'],
    ['in the full screen of a telephone', 'video', 'webkitDisplayingFullscreen'],
  ] as const) {
    it(`is renewed in its place while it is ${where}`, async () => {
      await open(SAMPLE_UIDS.ownSignature, 2 * LIFETIME_SECONDS);
      const [video] = videos();
      if (video === undefined) throw new Error('There is no video.');
      const value = holder === 'root' ? video : true;
      const target = holder === 'root' ? element.shadowRoot : video;
      Object.defineProperty(target, property, { value, configurable: true });
      watch.interruptions.length = 0;
      const { currentSrc } = video;
      await until(() => video.currentSrc !== currentSrc, 'it has another token', 60_000);
      await watch.playsOn(2);
      expect(videos()).to.deep.equal([video]);
      expect(watch.interruptions).not.to.include('error');
      expect(watch.interruptions).not.to.include('pause');
    });
  }

  it('says whether it can be played elsewhere, and stays the same video while it is', async () => {
    const remotes = fakeRemotes(true);
    try {
      await open(SAMPLE_UIDS.pathToken);
      const { remote } = element;
      const told: unknown[] = [];
      await remote.watchAvailability((available) => told.push(available));
      remote.addEventListener('connect', () => told.push(remote.state));
      await watch.outlasts(1);
      await until(() => videos().length === 1, 'one video is left');
      const [video] = videos();
      if (video === undefined) throw new Error('There is no video.');
      expect(told).to.deep.equal([false]);
      remotes.of(video).find(true);
      await remote.prompt();
      remotes.of(video).become('connected');
      expect(told).to.deep.equal([false, true, 'connected']);
      await watch.outlasts(2);
      expect(videos()).to.deep.equal([video]);
      expect(remote.state).to.equal('connected');
    } finally {
      remotes.undo();
    }
  });
});
