import { expect } from 'chai';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import type { SignedStreamElement } from '../../../src/index.js';
import { createElement } from './create-element.js';
import { itUnless, type EngineLimits } from './engine-limits.js';
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
  /** What the browser has to be able to. */
  readonly needs?: keyof EngineLimits;
}

/** Each begins where the one before has left it. */
const STEPS: readonly Step[] = [
  { name: 'load', act: (media) => document.body.append(media), until: ['canplaythrough'] },
  { name: 'play', act: (media) => media.play(), until: ['playing'], plays: true },
  { name: 'pause', act: (media) => media.pause(), until: ['pause'] },
  {
    name: 'seek while paused',
    needs: 'seeking',
    act: (media) => (media.currentTime = 60),
    until: ['seeked'],
  },
  { name: 'play from there', act: (media) => media.play(), until: ['playing'], plays: true },
  {
    name: 'seek while playing',
    needs: 'seeking',
    act: (media) => (media.currentTime = 100),
    until: ['seeked', 'playing', 'canplaythrough'],
    plays: true,
  },
  {
    name: 'change the speed',
    needs: 'speed',
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
    needs: 'seeking',
    act: (media) => (media.currentTime = media.duration - 1),
    until: ['seeked', 'playing', 'pause', 'ended'],
  },
  {
    name: 'play again',
    needs: 'seeking',
    act: (media) => media.play(),
    until: ['play', 'seeked', 'playing'],
    plays: true,
  },
  {
    name: 'go to the end of a loop',
    needs: 'seeking',
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
async function follow(
  media: Media,
  limits: EngineLimits,
): Promise<{ steps: Record<string, string[]>; early: string[] }> {
  // Without sound, and not by the attribute: a page may do that, and no browser stops it.
  media.muted = true;
  const log = new MediaLog(media);
  const steps: Record<string, string[]> = {};
  for (const step of STEPS) {
    if (findLimit(step, limits) !== undefined) continue;
    const late = until(() => false, `${step.name} is done by <${media.localName}>`, 30_000);
    await Promise.race([step.act(media), late]);
    const isOver = (): boolean => log.has(step.until) && media.readyState >= 2;
    await until(isOver, `${step.name}: ${step.until.join(', ')}`, 30_000);
    const { currentTime } = media;
    if (step.plays) await until(() => media.currentTime > currentTime + 0.2, 'it plays on');
    steps[step.name] = toCompared(step.name, log.take());
  }
  media.remove();
  return { steps, early: log.early };
}

/** The part of what was told in a step that is compared; some tell the size twice. */
function toCompared(step: string, told: readonly string[]): string[] {
  return told.filter(
    (type, index) =>
      isCompared(step, type) && (type !== 'resize' || told.indexOf('resize') === index),
  );
}

/** Why a step cannot be compared here, if so. */
function findLimit({ needs }: Step, limits: EngineLimits): string | undefined {
  return needs === undefined ? undefined : limits[needs];
}

/** Compares a player with a `<video>` of the same browser that plays the same film. */
export function describeContract(player: string, limits: EngineLimits, name = player): void {
  describe(`the events of <signed-stream> (${name}) beside those of a <video>`, function () {
    this.timeout(180_000);
    let reference: Record<string, string[]>;
    let seen: Awaited<ReturnType<typeof follow>>;

    before(async () => {
      ({ steps: reference } = await follow(createReference(), limits));
      seen = await follow(createPlayer(player), limits);
    });

    for (const step of STEPS) {
      itUnless(findLimit(step, limits), `${step.name}: the same, in the same order`, () => {
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
        return toCompared('load', log.take());
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
        await until(() => media.error?.code === 4 && log.has(['error']), 'it fails', 30_000);
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

    itUnless(limits.size, 'tells of nothing before it is so', () => {
      expect(seen.early).to.deep.equal([]);
    });
  });
}
