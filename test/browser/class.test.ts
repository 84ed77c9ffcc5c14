import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { SignedStreamElement } from '../../src/element/signed-stream-element.js';
import { setUp } from './support/create-element.js';
import { until } from './support/until.js';

describe('the class of the element, imported by itself', function () {
  this.timeout(60_000);

  it('defines nothing', () => {
    expect(customElements.get('signed-stream')).to.equal(undefined);
  });

  it('can be defined under another name', async () => {
    class PrivateVideo extends SignedStreamElement {}
    customElements.define('private-video', PrivateVideo);
    const element = setUp(new PrivateVideo(), SAMPLE_UIDS.pathToken, {
      player: 'hls',
      muted: '',
      autoplay: '',
    });
    document.body.append(element);
    await until(() => element.currentTime > 0.3, 'it plays');
    element.remove();
  });

  it('takes what a page has set before it was defined', () => {
    class LateVideo extends SignedStreamElement {}
    const early = {
      volume: 0.3,
      preservesPitch: false,
      disablePictureInPicture: true,
      disableRemotePlayback: true,
    };
    const element = Object.assign(document.createElement('late-video'), early);
    customElements.define('late-video', LateVideo);
    document.body.append(element);
    const kept = Object.keys(early).filter((name) => !Object.hasOwn(element, name));
    expect(kept).to.deep.equal(Object.keys(early));
    expect(element).to.include(early);
    element.remove();
  });

  it('leaves a name alone that another copy has taken', async () => {
    class Other extends HTMLElement {}
    customElements.define('signed-stream', Other);
    await import('../../src/index.js');
    expect(customElements.get('signed-stream')).to.equal(Other);
  });
});
