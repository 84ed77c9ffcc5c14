import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import '../../src/index.js';
import type { SignedStreamElement } from '../../src/index.js';
import { createElement } from './support/create-element.js';
import { until } from './support/until.js';

const UID = SAMPLE_UIDS.pathToken;

/** What a viewer sets as much as a page does, and a page has no attribute for. */
const SET_BY_VIEWERS = ['currentTime', 'volume', 'muted', 'playbackRate'] as const;

/** Attribute, property, a value as the attribute has it, and as the property does; its default. */
const OPTIONS: readonly (readonly [string, keyof SignedStreamElement, string, unknown, unknown])[] =
  [
    ['video-id', 'videoId', 'abc', 'abc', ''],
    ['token-endpoint', 'tokenEndpoint', '/t', '/t', ''],
    ['token-method', 'tokenMethod', 'post', 'post', 'get'],
    ['token-credentials', 'tokenCredentials', 'include', 'include', 'same-origin'],
    ['token', 'token', 'abc', 'abc', ''],
    ['customer-code', 'customerCode', 'abc', 'abc', ''],
    ['delivery-origin', 'deliveryOrigin', 'https://a.test', 'https://a.test', ''],
    ['sdk-url', 'sdkUrl', '/sdk.js', '/sdk.js', ''],
    ['player', 'player', 'hls', 'hls', 'iframe'],
    ['loading', 'loading', 'lazy', 'lazy', 'eager'],
    ['autoplay', 'autoplay', '', true, false],
    ['controls', 'controls', '', true, false],
    ['loop', 'loop', '', true, false],
    ['muted', 'defaultMuted', '', true, false],
    ['playsinline', 'playsInline', '', true, false],
    ['poster', 'poster', '/p.jpg', '/p.jpg', ''],
    ['poster-time', 'posterTime', '1m30s', '1m30s', ''],
    ['preload', 'preload', 'none', 'none', ''],
    ['start-time', 'startTime', '1m30s', 90, 0],
    ['primary-color', 'primaryColor', 'red', 'red', ''],
    ['letterbox-color', 'letterboxColor', 'red', 'red', ''],
    ['default-text-track', 'defaultTextTrack', 'de', 'de', ''],
    ['ad-url', 'adUrl', '/vast', '/vast', ''],
    ['low-latency', 'lowLatency', '', true, false],
    ['dvr', 'dvr', '', true, false],
  ];

describe('the attributes of <signed-stream>', function () {
  this.timeout(60_000);

  for (const [attribute, property, text, value, fallback] of OPTIONS) {
    it(`has ${attribute} as ${property}`, () => {
      const element = document.createElement('signed-stream');
      expect(element[property]).to.equal(fallback);
      element.setAttribute(attribute, text);
      expect(element[property]).to.equal(value);
      element.removeAttribute(attribute);
      expect(element[property]).to.equal(fallback);
    });
  }

  it('reflects what a <video> reflects, and nothing else', async () => {
    const element = document.createElement('signed-stream');
    const values = OPTIONS.map(([, property, , value]) => [property, value]);
    Object.assign(element, Object.fromEntries(values), { muted: true });
    element.videoId = '';
    document.body.append(element);
    await element.updateComplete;
    element.remove();
    expect(element.getAttributeNames().toSorted()).to.deep.equal([
      'autoplay',
      'controls',
      'loop',
      'muted',
      'playsinline',
      'poster',
      'preload',
    ]);
  });

  it('has `controls` on the <video> of hls.js, also when it changes while it plays', async () => {
    const element = createElement(UID, { player: 'hls', autoplay: '', muted: '', controls: '' });
    document.body.append(element);
    await until(() => element.currentTime > 0.1, 'it plays');
    const video = element.shadowRoot?.querySelector('video');
    expect(video?.controls).to.equal(true);
    for (const controls of [false, true]) {
      element.controls = controls;
      await element.updateComplete;
      expect(video?.controls).to.equal(controls);
      const from = element.currentTime;
      await until(() => element.currentTime > from, 'it plays on');
    }
    expect(element.shadowRoot?.querySelector('video')).to.equal(video);
    element.remove();
  });

  it('names the <video> of hls.js by `title`, also when that changes', async () => {
    const element = createElement(UID, { player: 'hls', muted: '' });
    const name = (): string | null | undefined =>
      element.shadowRoot?.querySelector('video')?.ariaLabel;
    document.body.append(element);
    await until(() => name() === 'Video', 'it has a name of its own');
    element.title = 'A walk';
    await until(() => name() === 'A walk', 'it has the title for a name');
    element.remove();
  });

  it('does not reflect `muted`, and `defaultMuted` does not mute what plays', async () => {
    const element = createElement(UID, { player: 'hls', autoplay: '', muted: '' });
    document.body.append(element);
    expect(element.muted).to.equal(true);
    await until(() => element.currentTime > 0.1, 'it plays');
    element.muted = false;
    await element.updateComplete;
    expect(element.hasAttribute('muted')).to.equal(true);
    element.muted = true;
    element.defaultMuted = false;
    await element.updateComplete;
    expect(element.hasAttribute('muted')).to.equal(false);
    expect(element.muted).to.equal(true);
    element.remove();
  });

  it('takes a property that is taken away for its default', async () => {
    const element = createElement(UID, { player: 'hls', autoplay: '', muted: '' });
    const nothing = [undefined, null];
    for (const [, property] of OPTIONS) {
      if (['videoId', 'tokenEndpoint', 'deliveryOrigin', 'player'].includes(property)) continue;
      if (['autoplay', 'defaultMuted', 'startTime'].includes(property)) continue;
      Reflect.set(element, property, nothing[property.length % 2]);
    }
    for (const value of nothing) {
      for (const property of ['tokenHeaders', 'tokenProvider', 'hlsConfig', ...SET_BY_VIEWERS]) {
        Reflect.set(element, property, value);
      }
    }
    document.body.append(element);
    await until(() => element.currentTime > 0.1, 'it plays');
    const { muted, volume, playbackRate } = element;
    for (const value of nothing) {
      for (const property of SET_BY_VIEWERS) Reflect.set(element, property, value);
    }
    expect(element).to.include({ muted, volume, playbackRate });
    for (const value of nothing) {
      Reflect.set(element, 'videoId', value);
      await element.updateComplete;
      expect(element.readyState).to.equal(0);
      expect(element.error).to.equal(null);
      element.videoId = UID;
      await until(() => element.currentTime > 0.1, 'it plays again');
    }
    element.remove();
  });
});
