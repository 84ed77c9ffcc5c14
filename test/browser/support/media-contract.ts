import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import type { SignedStreamElement } from '../../../src/index.js';
import { createElement } from './create-element.js';
import { localStream } from './local-stream.js';
import { MediaLog, type Media } from './media-log.js';
import { until } from './until.js';

/** One thing that is done with media, and the last events of it. */
interface Step {
  readonly name: string;
  readonly act: (media: Media) => unknown;
  /** Nothing more comes after these. */
  readonly until: readonly string[];
  /** Whether it plays afterwards. */
  readonly plays?: boolean;
}

/** Each begins where the one before has left it. */
const STEPS: readonly Step[] = [
  { name: 'load', act: (media) => document.body.append(media), until: ['canplaythrough'] },
  { name: 'play', act: (media) => media.play(), until: ['playing'], plays: true },
  { name: 'pause', act: (media) => media.pause(), until: ['pause'] },
  {
    name: 'seek while paused',
    act: (media) => (media.currentTime = 60),
    until: ['seeked'],
  },
  { name: 'play from there', act: (media) => media.play(), until: ['playing'], plays: true },
  {
    name: 'seek while playing',
    act: (media) => (media.currentTime = 100),
    until: ['seeked', 'playing', 'canplaythrough'],
    plays: true,
  },
  {
    name: 'change the speed',
    act: (media) => (media.playbackRate = 1.5),
    until: ['ratechange'],
    plays: true,
  },
  {
    name: 'change the volume',
    act: (media) => (media.volume = 0.5),
    until: ['volumechange'],
    plays: true,
  },
  {
    name: 'go to the end',
    act: (media) => (media.currentTime = media.duration - 1),
    until: ['seeked', 'playing', 'pause', 'ended'],
  },
  {
    name: 'play again',
    act: (media) => media.play(),
    until: ['play', 'seeked', 'playing'],
    plays: true,
  },
  {
    name: 'go to the end of a loop',
    async act(media) {
      media.loop = true;
      media.currentTime = media.duration - 1.5;
      await until(() => media.currentTime < 20, 'it begins again');
    },
    until: ['seeked'],
    plays: true,
  },
  {
    name: 'load again',
    act: (media) => media.load(),
    until: ['emptied', 'loadstart', 'canplaythrough'],
  },
];

function createReference(attributes: Readonly<Record<string, string>> = {}): HTMLVideoElement {
  const video = document.createElement('video');
  // The attribute counts for what a parser makes.
  video.muted = 'muted' in attributes;
  const all = {
    src: `${localStream.origins.delivery}/${SAMPLE_UIDS.public}/downloads/default.mp4`,
    preload: 'auto',
    ...attributes,
  };
  for (const [name, value] of Object.entries(all)) video.setAttribute(name, value);
  video.style.width = '320px';
  return video;
}

function createPlayer(
  player: string,
  attributes: Readonly<Record<string, string>> = {},
): SignedStreamElement {
  return createElement(SAMPLE_UIDS.public, { player, preload: 'auto', ...attributes });
}

/**
 * What is compared of a step. The rest is the network's or the stream's, as the README says: how
 * much is loaded (`canplaythrough`), and which rendition is (`resize`, `durationchange`).
 */
function isCompared(step: string, type: string): boolean {
  if (type === 'canplaythrough') return false;
  const isLoading = step.startsWith('load');
  // Where the beginning is still there, nothing has to be loaded for another round.
  if (step.endsWith('loop') && (type === 'canplay' || type === 'playing')) return false;
  if (type === 'resize' || type === 'durationchange') return isLoading;
  // What is set before there is a player is told at once, and is no part of loading.
  return type !== 'volumechange' || step !== 'load';
}

/** What media tells, step by step. */
async function follow(media: Media): Promise<{ steps: Record<string, string[]>; early: string[] }> {
  // Without sound, and not by the attribute: a page may do that, and no browser stops it.
  media.muted = true;
  const log = new MediaLog(media);
  const steps: Record<string, string[]> = {};
  for (const step of STEPS) {
    await step.act(media);
    const isOver = (): boolean => log.has(step.until) && media.readyState >= 2;
    await until(isOver, `${step.name}: ${step.until.join(', ')}`, 30_000);
    const { currentTime } = media;
    if (step.plays) await until(() => media.currentTime > currentTime + 0.2, 'it plays on');
    steps[step.name] = log.take().filter((type) => isCompared(step.name, type));
  }
  media.remove();
  return { steps, early: log.early };
}

/** WebKitGTK's own stands still for minutes when it is sent elsewhere in a file on a server. */
const hasReference = !navigator.vendor.startsWith('Apple');

/** Compares a player with a `<video>` of the same browser that plays the same film. */
export function describeContract(player: string, name = player): void {
  const doubt = hasReference ? '' : ', which seeks too badly here to compare with';
  describe(`the events of <signed-stream> (${name}) beside those of a <video>${doubt}`, function () {
    this.timeout(180_000);
    let reference: Record<string, string[]>;
    let seen: Awaited<ReturnType<typeof follow>>;

    before(async function () {
      if (!hasReference) this.skip();
      ({ steps: reference } = await follow(createReference()));
      seen = await follow(createPlayer(player));
    });

    for (const step of STEPS) {
      it(`${step.name}: the same, in the same order`, () => {
        // To load again leaves the speed, where a `<video>` goes back to its `defaultPlaybackRate`.
        const isKept = (type: string): boolean =>
          step.name === 'load again' && type === 'ratechange';
        const expected = reference[step.name]?.filter((type) => !isKept(type));
        expect(seen.steps[step.name]).to.deep.equal(expected);
      });
    }

    it('begins by itself: the same, in the same order', async () => {
      const attributes = { autoplay: '', muted: '' };
      const told = async (media: Media): Promise<string[]> => {
        const log = new MediaLog(media);
        document.body.append(media);
        await until(() => log.has(['playing']), 'it plays', 30_000);
        media.remove();
        return log.take().filter((type) => isCompared('load', type));
      };
      expect(await told(createPlayer(player, attributes))).to.deep.equal(
        await told(createReference(attributes)),
      );
    });

    it('fails: the same, but that a frame without a video loads nothing', async () => {
      const told = async (media: Media & { error: { code: number } | null }): Promise<unknown> => {
        const log = new MediaLog(media);
        document.body.append(media);
        // A renewal in between may fail by itself.
        await until(() => media.error?.code === 4, 'it fails', 30_000);
        const { error, readyState, paused } = media;
        media.remove();
        const events = log.take().filter((type) => type !== 'loadstart' || player !== 'iframe');
        return { events, code: error?.code, readyState, paused };
      };
      const { errored } = SAMPLE_UIDS;
      const src = `${localStream.origins.delivery}/${errored}/downloads/default.mp4`;
      expect(await told(createPlayer(player, { 'video-id': errored }))).to.deep.equal(
        await told(createReference({ src })),
      );
    });

    it('tells of nothing before it is so', () => {
      expect(seen.early).to.deep.equal([]);
    });
  });
}
