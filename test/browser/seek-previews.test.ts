import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import '../../src/index.js';
import type { SignedStreamElement } from '../../src/index.js';
import { pictures } from './support/asked-pictures.js';
import { createElement, nextEvent } from './support/create-element.js';
import { until } from './support/until.js';

describe('the pictures of <signed-stream> for a time bar', function () {
  this.timeout(30_000);
  let element: SignedStreamElement;

  const open = async (attributes: Readonly<Record<string, string>> = {}): Promise<void> => {
    performance.clearResourceTimings();
    const all = { player: 'hls', muted: '', preload: 'auto', poster: 'none', ...attributes };
    element = createElement(SAMPLE_UIDS.pathToken, all);
    document.body.append(element);
    await until(() => element.readyState >= 2, 'there is a picture');
  };
  const findTrack = (): TextTrack | undefined =>
    [...element.textTracks].find(({ label }) => label === 'thumbnails');
  const read = (): { readonly track: TextTrack; readonly cues: readonly VTTCue[] } => {
    const track = findTrack();
    const cues = [...(track?.cues ?? [])].filter((cue) => cue instanceof VTTCue);
    if (track === undefined) throw new Error('There is no track.');
    return { track, cues };
  };

  afterEach(() => element.remove());

  it('are in a track of their own, which covers all of the video', async () => {
    await open();
    const { track, cues } = read();
    expect(track.kind).to.equal('metadata');
    expect(track.mode).to.equal('hidden');
    expect(cues[0]?.startTime).to.equal(0);
    expect(cues.at(-1)?.endTime).to.be.closeTo(element.duration, 0.1);
    expect(cues).to.have.length(64);
    expect(pictures()).to.deep.equal([]);
  });

  it('are fetched when somebody looks, and shown from memory', async () => {
    await open();
    const { track, cues } = read();
    const cue = cues[30];
    const empty = cue?.text ?? '';
    expect(empty).to.match(/^blob:.*#xywh=0,0,320,180$/);
    await until(() => cue?.text !== empty, 'the picture has come');
    expect(cue?.text).to.match(/^blob:.*#xywh=0,0,320,180$/);
    expect(pictures()).to.deep.equal(['?time=61s&height=180']);
    const image = new Image();
    image.src = cue?.text ?? '';
    await image.decode();
    expect([image.naturalWidth, image.naturalHeight]).to.deep.equal([320, 180]);
    // Until another one has come, the nearest is shown.
    const change = nextEvent(track, 'cuechange');
    expect(cues[31]?.text).to.equal(cue?.text);
    await change;
    expect(cues[31]?.text).not.to.equal(cue?.text);
    expect(pictures()).to.have.length(2);
  });

  it('are gone with the player', async () => {
    await open();
    const { cues } = read();
    const empty = cues[3]?.text ?? '';
    await until(() => cues[3]?.text !== empty, 'the picture has come');
    const [url = ''] = cues[3]?.text.split('#') ?? [];
    expect((await fetch(url)).ok).to.equal(true);
    const { textTracks } = element;
    element.load();
    expect([...textTracks]).to.deep.equal([]);
    const isThere = (): Promise<boolean> =>
      fetch(url).then(
        () => true,
        () => false,
      );
    expect(await isThere()).to.equal(false);
    await until(() => findTrack() !== undefined, 'the next player has its own');
    expect(element.textTracks).to.equal(textTracks);
  });

  it('are none for a viewer who saves data', async () => {
    Object.defineProperty(navigator, 'connection', {
      configurable: true,
      value: { saveData: true },
    });
    try {
      await open();
      await until(() => element.textTracks.length > 0, 'there are captions');
      expect(findTrack()).to.equal(undefined);
    } finally {
      Reflect.deleteProperty(navigator, 'connection');
    }
  });
});
