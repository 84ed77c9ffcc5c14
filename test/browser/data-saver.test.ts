import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import '../../src/index.js';
import { createElement } from './support/create-element.js';
import { until } from './support/until.js';

// A browser whose viewer wants to save data.
Object.defineProperty(navigator, 'connection', { value: { saveData: true } });

describe('<signed-stream> where data is saved', function () {
  this.timeout(60_000);

  it('loads no more than a first frame before it plays, and plays a smaller picture', async () => {
    const element = createElement(SAMPLE_UIDS.pathToken, {
      player: 'hls',
      muted: '',
      preload: 'auto',
      style: 'width: 1280px',
    });
    document.body.append(element);
    await until(() => element.readyState >= 2, 'there is a first frame');
    expect(element.shadowRoot?.querySelector('video')?.preload).to.equal('metadata');
    await element.play();
    await until(() => element.currentTime > 8, 'it plays');
    expect(element.videoHeight).to.equal(360);
    // A viewer may choose more.
    element.videoRenditions.selectedIndex = 1;
    await until(() => element.videoHeight === 720, 'the large picture is there');
    element.remove();
  });

  it("tells Stream's player to load no more", async () => {
    const element = createElement(SAMPLE_UIDS.pathToken, { player: 'iframe', preload: 'auto' });
    document.body.append(element);
    const frame = (): HTMLIFrameElement | null | undefined =>
      element.shadowRoot?.querySelector('iframe');
    await until(() => frame() instanceof HTMLIFrameElement, 'there is a frame');
    expect(new URL(frame()?.src ?? '').searchParams.get('preload')).to.equal('metadata');
    element.remove();
  });
});
