import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import '../../src/index.js';
import type { SignedStreamElement } from '../../src/index.js';
import { pictures } from './support/asked-pictures.js';
import { createElement } from './support/create-element.js';
import { until } from './support/until.js';

const UID = SAMPLE_UIDS.pathToken;

describe('what <signed-stream> shows before it plays', function () {
  this.timeout(60_000);
  let element: SignedStreamElement;

  const open = async (attributes: Readonly<Record<string, string>>): Promise<void> => {
    performance.clearResourceTimings();
    element = createElement(UID, { player: 'hls', muted: '', ...attributes });
    document.body.append(element);
    if (attributes['preload'] !== 'none') {
      await until(() => element.readyState >= 2, 'there is a first frame');
    }
  };
  const video = (): HTMLVideoElement | null | undefined =>
    element.shadowRoot?.querySelector('video');

  afterEach(() => element.remove());

  it('is the picture of the video, until it plays', async () => {
    await open({ 'poster-time': '1m30s' });
    await until(() => video()?.poster.startsWith('blob:') === true, 'there is a picture');
    expect(pictures()).to.have.length(1);
    expect(pictures()[0]).to.match(/^\?time=1m30s&height=\d+$/);
    const image = new Image();
    image.src = video()?.poster ?? '';
    await image.decode();
    expect(image.naturalWidth / image.naturalHeight).to.be.closeTo(16 / 9, 0.01);
    element.loop = true;
    await element.updateComplete;
    expect(video()?.poster).to.equal(image.src);
    expect(element.shadowRoot?.innerHTML).not.to.match(/ey[\w-]+\./);
    await element.play();
    await until(() => element.currentTime > 0.1, 'it plays');
    expect(video()?.hasAttribute('poster')).to.equal(false);
    const isThere = await fetch(image.src).then(
      () => true,
      () => false,
    );
    expect(isThere).to.equal(false);
  });

  it('is the picture that is set at Stream, or of where it begins', async () => {
    await open({});
    await until(() => pictures().length > 0, 'there is a picture');
    expect(pictures()[0]).to.match(/^\?height=\d+$/);
    element.remove();
    await open({ 'start-time': '60' });
    await until(() => pictures().length > 0, 'there is a picture');
    expect(pictures()[0]).to.match(/^\?time=60s&height=\d+$/);
  });

  for (const [name, attributes] of [
    ['begins by itself', { autoplay: '' }],
    ['is to have none', { poster: 'none' }],
    ['has one of the page', { poster: 'data:,' }],
  ] as const) {
    it(`is nothing of the video's own where it ${name}`, async () => {
      await open(attributes);
      await element.play();
      await until(() => element.currentTime > 0.3, 'it plays');
      expect(pictures()).to.deep.equal([]);
      expect(video()?.getAttribute('poster')).to.equal(
        'poster' in attributes && attributes.poster !== 'none' ? attributes.poster : null,
      );
    });
  }

  it('is nothing where nothing is to be loaded', async () => {
    await open({ preload: 'none' });
    await element.play();
    await until(() => element.currentTime > 0.1, 'it plays');
    expect(pictures()).to.deep.equal([]);
  });

  it("is, in Stream's player, what that shows, unless another time is named", async () => {
    const poster = (): string | null => {
      const frame = element.shadowRoot?.querySelector('iframe');
      return new URL(frame?.src ?? 'about:blank').searchParams.get('poster');
    };
    await open({ player: 'iframe' });
    expect(poster()).to.equal(null);
    element.remove();
    await open({ player: 'iframe', poster: 'none' });
    expect(poster()).to.equal(null);
    element.remove();
    await open({ player: 'iframe', 'poster-time': '30' });
    expect(poster()).to.match(/\/ey[\w.-]+\/thumbnails\/thumbnail\.jpg\?time=30s&height=720$/);
  });
});

describe('the shape of <signed-stream>', function () {
  this.timeout(60_000);

  for (const player of ['hls', 'iframe']) {
    it(`is that of its video, unless the page has given it one (${player})`, async () => {
      const element = createElement(UID, { player, muted: '', preload: 'auto' });
      const ratio = (): number => {
        const { width, height } = element.getBoundingClientRect();
        return width / height;
      };
      document.body.append(element);
      await until(() => element.readyState >= 2, 'there is a picture');
      expect(ratio()).to.be.closeTo(16 / 9, 0.001);
      expect(element.shadowRoot?.adoptedStyleSheets.some(isShape)).to.equal(false);
      // No film here stands upright.
      const inner = element.engine;
      if (!(inner instanceof Object)) throw new Error('There is no player.');
      const media = element.shadowRoot?.querySelector('video') ?? inner;
      Object.defineProperty(media, 'videoWidth', { value: 720 });
      Object.defineProperty(media, 'videoHeight', { value: 1280 });
      (media as EventTarget).dispatchEvent(new Event('resize'));
      expect(ratio()).to.be.closeTo(9 / 16, 0.001);
      element.style.aspectRatio = '4 / 3';
      expect(ratio()).to.be.closeTo(4 / 3, 0.001);
      element.remove();
    });
  }
});

function isShape({ cssRules }: CSSStyleSheet): boolean {
  return (
    Array.from(cssRules).some(({ cssText }) =>
      /^:host \{ aspect-ratio: \d+ \/ \d+/.test(cssText),
    ) && cssRules.length === 1
  );
}
