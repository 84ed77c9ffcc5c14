import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import '../../src/index.js';
import type { SignedStreamElement } from '../../src/index.js';
import { createElement, nextEvent } from './support/create-element.js';
import { findEngineLimits, itUnless } from './support/engine-limits.js';
import { until } from './support/until.js';

const UID = SAMPLE_UIDS.pathToken;

/** What a player's interface reads of a media element. */
const PROPERTIES = [
  ...['currentTime', 'duration', 'paused', 'ended', 'seeking', 'muted', 'defaultMuted'],
  ...['volume', 'playbackRate', 'readyState', 'networkState', 'videoWidth', 'videoHeight'],
  ...['autoplay', 'controls', 'loop', 'playsInline', 'poster', 'error'],
] as const satisfies readonly (keyof SignedStreamElement & keyof HTMLVideoElement)[];

/** What a `<video>` has and `<signed-stream>` has not, as the README says. */
const NOT_THERE = [
  // What it plays is named by `video-id`, and protected by tokens alone.
  ...['src', 'srcObject', 'crossOrigin', 'mediaKeys', 'setMediaKeys'],
  ...['onencrypted', 'onwaitingforkey'],
  // A player of its own knows no speed to go back to, no list of its controls.
  ...['defaultPlaybackRate', 'controlsList'],
  ...['sinkId', 'setSinkId', 'addTextTrack'],
  // Its size is a matter of styles.
  ...['width', 'height'],
  ...['onenterpictureinpicture', 'onleavepictureinpicture'],
];

/** `videoTracks` and what follows it are WebKit's; the player's sizes of the picture are renditions. */
const ONLY_ONE_BROWSERS =
  /^(?:webkit|moz|controlsList$|captureStream$|videoTracks$|mediaGroup$|controller$|getStartDate$)/;

const limits = await findEngineLimits();

const RANGES = ['buffered', 'seekable', 'played'] as const;

describe('the media element that <signed-stream> is', function () {
  this.timeout(30_000);
  let element: SignedStreamElement;

  afterEach(() => element.remove());

  it('reads as an empty <video> before there is a player', () => {
    element = document.createElement('signed-stream');
    const video = document.createElement('video');
    // Firefox's own lacks `playsInline`.
    const common = PROPERTIES.filter((name) => name in video);
    for (const name of common) expect(element[name], name).to.deep.equal(video[name]);
    for (const name of RANGES) {
      expect(element[name].length, name).to.equal(0);
      expect(() => element[name].start(0), name).to.throw(DOMException, 'range');
    }
  });

  it('has all that a <video> has, but for what is named', () => {
    const prototypes = [HTMLMediaElement.prototype, HTMLVideoElement.prototype];
    // What only one browser has is not asked for.
    const names = prototypes
      .flatMap((prototype) => Object.getOwnPropertyNames(prototype))
      .filter((name) => !ONLY_ONE_BROWSERS.test(name));
    element = document.createElement('signed-stream');
    const missing = names.filter((name) => !(name in element));
    expect(missing.filter((name) => !NOT_THERE.includes(name))).to.deep.equal([]);
    for (const name of NOT_THERE) expect(name in element, name).to.equal(false);
  });

  for (const property of ['volume', 'playbackRate'] as const) {
    it(`refuses a ${property} as a <video> does`, () => {
      element = document.createElement('signed-stream');
      const video = document.createElement('video');
      for (const value of [-0.1, 1.1, 100, NaN, Infinity]) {
        const refusal = (target: HTMLVideoElement | SignedStreamElement): string => {
          try {
            target[property] = value;
          } catch (error) {
            return error instanceof Error ? error.name : '';
          }
          return 'taken';
        };
        expect(refusal(element), String(value)).to.equal(refusal(video));
      }
      expect(element[property]).to.equal(video[property]);
    });
  }

  it('calls back with a frame that was asked for before there was a player', async () => {
    element = createElement(UID, { player: 'hls', muted: '', autoplay: '' });
    const frames: number[] = [];
    const cancelled = element.requestVideoFrameCallback(() => frames.push(-1));
    element.requestVideoFrameCallback((_now, { mediaTime }) => frames.push(mediaTime));
    element.cancelVideoFrameCallback(cancelled);
    document.body.append(element);
    await until(() => frames.length > 0, 'there is a frame');
    expect(frames).to.have.length(1);
    expect(frames[0]).to.be.at.least(0);
  });

  it('calls back with no frame of a player that shows none to a page', () => {
    element = createElement(UID, { player: 'iframe' });
    expect(() => element.requestVideoFrameCallback(() => {})).to.throw(DOMException, 'no request');
  });

  it('is of the type that the page says, until its length says more', async () => {
    element = createElement(UID, { player: 'hls', muted: '' });
    expect(element.streamType).to.equal('unknown');
    const told: string[] = [];
    element.addEventListener('streamtypechange', () => told.push(element.streamType));
    element.streamType = 'live';
    expect(element.getAttribute('stream-type')).to.equal('live');
    expect(element.targetLiveWindow).to.equal(0);
    document.body.append(element);
    await until(() => told.length === 2, 'its length is known');
    expect(told).to.deep.equal(['live', 'on-demand']);
    element.setAttribute('stream-type', 'nonsense');
    element.load();
    expect(element.streamType).to.equal('unknown');
  });

  it('keeps a choice of quality until it is given back to the player', async () => {
    element = createElement(UID, { player: 'hls', muted: '', autoplay: '' });
    const changes: string[] = [];
    const { videoRenditions } = element;
    for (const type of ['addrendition', 'change']) {
      videoRenditions.addEventListener(type, () => changes.push(type));
    }
    document.body.append(element);
    await until(() => element.readyState >= 3 && videoRenditions.length === 2, 'it plays');
    expect(videoRenditions.selectedIndex).to.equal(-1);
    videoRenditions.selectedIndex = 0;
    expect(Array.from(videoRenditions, ({ selected }) => selected)).to.deep.equal([true, false]);
    const [, large] = videoRenditions;
    if (large !== undefined) large.selected = true;
    expect(videoRenditions.selectedIndex).to.equal(1);
    await until(() => element.videoHeight === 720, 'the large picture is there');
    if (large !== undefined) large.selected = false;
    expect(videoRenditions.selectedIndex).to.equal(-1);
    expect(changes).to.deep.equal(['addrendition', 'addrendition', 'change', 'change', 'change']);
  });

  it('tells what is set before there is a player, once it has changed', () => {
    element = document.createElement('signed-stream');
    const told: unknown[] = [];
    element.addEventListener('volumechange', () => told.push([element.volume, element.muted]));
    element.addEventListener('ratechange', () => told.push(element.playbackRate));
    element.volume = 0.5;
    element.volume = 0.5;
    element.muted = true;
    element.playbackRate = 2;
    expect(told).to.deep.equal([[0.5, false], [0.5, true], 2]);
  });

  for (const player of ['hls', 'iframe']) {
    describe(`with a player (${player})`, () => {
      const frames = player === 'iframe' ? limits.frames : undefined;

      beforeEach(async () => {
        element = createElement(UID, { player, muted: '', preload: 'auto' });
        document.body.append(element);
        await until(() => element.readyState >= 2, 'there is a picture');
      });

      it('reads as a <video> that has media', () => {
        const { duration, paused, ended, muted, volume, playbackRate, error } = element;
        expect(duration).to.be.closeTo(128, 1);
        expect({ paused, ended, muted, volume, playbackRate, error }).to.deep.equal({
          paused: true,
          ended: false,
          muted: true,
          volume: 1,
          playbackRate: 1,
          error: null,
        });
        expect(element.videoWidth / element.videoHeight).to.be.closeTo(16 / 9, 0.01);
        expect(element.seekable.end(0)).to.be.closeTo(128, 1);
        expect(element.buffered.length).to.be.greaterThan(0);
        expect(typeof element.engine).to.equal('object');
        expect(element.engine === null).to.equal(false);
      });

      itUnless(frames, 'has changed when it says so', async () => {
        const told: unknown[] = [];
        const tell = (type: string, read: () => unknown): void =>
          element.addEventListener(type, () => told.push([type, read()]), { once: true });
        tell('play', () => element.paused);
        tell('playing', () => element.paused);
        await element.play();
        await until(() => element.currentTime > 0.2, 'it plays');
        tell('volumechange', () => element.volume);
        element.volume = 0.25;
        await until(() => told.length === 3, 'the volume is told');
        tell('pause', () => element.paused);
        element.pause();
        await until(() => told.length === 4, 'the pause is told');
        tell('seeked', () => Math.round(element.currentTime));
        element.currentTime = 60;
        await until(() => told.length === 5, 'the seek is told');
        tell('ratechange', () => element.playbackRate);
        element.playbackRate = 2;
        await until(() => told.length === 6, 'the speed is told');
        expect(told).to.deep.equal([
          ['play', false],
          ['playing', false],
          ['volumechange', 0.25],
          ['pause', true],
          ['seeked', 60],
          ['ratechange', 2],
        ]);
      });

      itUnless(limits.speed, 'pauses at another speed', async () => {
        await element.play();
        element.playbackRate = 2;
        const { currentTime } = element;
        await until(() => element.currentTime > currentTime + 0.5, 'it plays on');
        const paused = nextEvent(element, 'pause');
        element.pause();
        await paused;
        expect(element.paused).to.equal(true);
        expect(element.playbackRate).to.equal(2);
      });

      it('has what only a <video> can do, or says that it has not', async () => {
        const { textTracks, audioTracks, videoRenditions } = element;
        const isVideo = player === 'hls';
        await until(() => textTracks.length > 0 || !isVideo, 'there are captions');
        expect(Array.from(textTracks, ({ language }) => language).toSorted()).to.deep.equal(
          isVideo ? ['', 'de', 'en'] : [],
        );
        expect(Array.from(audioTracks, ({ enabled }) => enabled)).to.deep.equal(
          isVideo ? [true] : [],
        );
        expect(Array.from(videoRenditions, ({ height }) => height)).to.deep.equal(
          isVideo ? [360, 720] : [],
        );
        const refusal = (call: () => unknown): string => {
          try {
            call();
            return '';
          } catch (error) {
            return error instanceof Error ? error.name : 'unknown';
          }
        };
        const expected = isVideo ? '' : 'NotSupportedError';
        expect(refusal(() => element.getVideoPlaybackQuality())).to.equal(expected);
        expect(refusal(() => element.requestVideoFrameCallback(() => {}))).to.equal(expected);
        expect(element.streamType).to.equal('on-demand');
        expect(element.targetLiveWindow).to.deep.equal(NaN);
        // They are the same objects with the next player, and empty until it has something.
        element.load();
        expect([...textTracks, ...audioTracks, ...videoRenditions]).to.deep.equal([]);
        expect(element.textTracks).to.equal(textTracks);
        if (isVideo) await until(() => videoRenditions.length === 2, 'it has renditions again');
      });

      it('ends, and plays again from the start', async () => {
        element.currentTime = element.duration - 1;
        const ended = nextEvent(element, 'ended');
        await element.play();
        await ended;
        expect(element.ended).to.equal(true);
        expect(element.paused).to.equal(true);
        await element.play();
        await until(() => element.currentTime > 0.2 && element.currentTime < 60, 'it plays again');
        expect(element.ended).to.equal(false);
      });

      it('rejects a wish to play when its player goes', async () => {
        const names: string[] = [];
        const note = (wish: Promise<void>): void => {
          wish.catch((error: unknown) => names.push(error instanceof Error ? error.name : ''));
        };
        note(element.play());
        element.load();
        note(element.play());
        element.remove();
        await until(() => names.length === 2, 'both are rejected');
        expect(names).to.deep.equal(['AbortError', 'AbortError']);
        expect(element.paused).to.equal(true);
      });

      it('is empty again after it was taken away', async () => {
        const emptied = nextEvent(element, 'emptied');
        element.remove();
        await emptied;
        expect(element.readyState).to.equal(0);
        expect(element.paused).to.equal(true);
        expect(element.engine === null).to.equal(true);
        expect(element.buffered.length).to.equal(0);
        expect(element.tokenState).to.equal('none');
      });
    });
  }
});
