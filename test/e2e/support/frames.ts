import { expect, type BrowserContext, type Frame, type Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../../demo/stream/sample-videos.js';
import type { TestSite } from '../../support/test-site.js';
import { openPlayers, type Player } from './player.js';
import { Traffic } from './traffic.js';

/** The video in a frame, as it is there, whatever the page around it is told. */
export interface FrameVideo {
  readonly paused: boolean;
  readonly muted: boolean;
  readonly volume: number;
  readonly playbackRate: number;
  readonly loop: boolean;
  readonly controls: boolean;
  readonly currentTime: number;
  /** Language of the captions shown; `''` for none. */
  readonly captions: string;
}

/** The videos of all frames in a page. */
export async function readFrameVideos(page: Page): Promise<FrameVideo[]> {
  const frames = page.frames().filter((frame) => frame !== page.mainFrame());
  const videos = await Promise.all(
    frames.map((frame) =>
      frame
        .evaluate((): FrameVideo | undefined => {
          const video = document.querySelector('video');
          if (video === null) return undefined;
          const { paused, muted, volume, playbackRate, loop, controls } = video;
          const { currentTime, textTracks } = video;
          const shown = [...textTracks].find(({ mode }) => mode === 'showing');
          const captions = shown?.language ?? '';
          const settings = { muted, volume, playbackRate, loop, controls };
          return { ...settings, paused, currentTime, captions };
        })
        // A frame that goes away while it is asked has no video any more.
        .catch(() => undefined),
    ),
  );
  return videos.filter((video) => video !== undefined);
}

/** The frame that the viewer sees. */
export async function findFrontFrame(page: Page, player: Player): Promise<Frame> {
  const handle = await page.locator(`#${player.id} iframe:not(.behind)`).elementHandle();
  const frame = await handle?.contentFrame();
  if (!frame) throw new Error(`${player.id} has no frame`);
  return frame;
}

/** The player that a viewer sees stops for good, whatever it was. */
export async function die(page: Page, player: Player): Promise<void> {
  const front = await findFrontFrame(page, player);
  await front.evaluate(() => {
    const video = document.querySelector('video');
    Object.defineProperty(video, 'error', { value: { code: MediaError.MEDIA_ERR_DECODE } });
    video?.dispatchEvent(new Event('error'));
  });
}

/**
 * How far the film is ahead of the clock, both looked at in the same moment: a bar at the bottom of its
 * picture grows with it, and goes around every 128 s.
 */
export function readAheadSeconds(frame: Frame): Promise<number> {
  return frame.evaluate(() => {
    const video = document.querySelector('video');
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1280, 720];
    const context = canvas.getContext('2d');
    if (video === null || context === null) throw new Error('there is no picture');
    const nowSeconds = Date.now() / 1000;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const [left, top, width, filmSeconds] = [80, 594, 1120, 128];
    const { data } = context.getImageData(left, top, width, 1);
    const isFilled = (x: number): boolean => (data[x * 4] ?? 0) > 80;
    const filled = Array.from({ length: width }, (_, x) => x).filter(isFilled).length;
    return (filled / width) * filmSeconds - nowSeconds;
  });
}

/** Waits until what is done brings another frame to the front, where it stands alone. */
export async function exchangesFrontBy(player: Player, act: () => Promise<unknown>): Promise<void> {
  const readFront = (): Promise<string | undefined> =>
    player.run((element) => element.shadowRoot?.querySelector('iframe:not(.behind)')?.outerHTML);
  const before = await readFront();
  await act();
  const isAnother = async (): Promise<boolean> =>
    (await readFront()) !== before && (await countFrames(player)) === 1;
  await expect.poll(isAnother, { timeout: 60_000, intervals: [100] }).toBe(true);
}

/** How many frames an element holds. */
export function countFrames(player: Player): Promise<number> {
  return player.run((element) => element.shadowRoot?.querySelectorAll('iframe').length ?? 0);
}

/**
 * Waits until so many frames have been loaded in all, and the last one has taken over; on a busy
 * machine the next one may be on its way by then.
 */
export async function exchangesFrames(
  player: Player,
  traffic: Traffic,
  count: number,
): Promise<void> {
  await expect
    .poll(
      async () => {
        const loaded = traffic.list('player').length;
        return loaded > count || (loaded === count && (await countFrames(player)) === 1);
      },
      {
        message: `${player.id} has its frame number ${count}`,
        timeout: 60_000,
        intervals: [100],
      },
    )
    .toBe(true);
}

/**
 * Listens to the sound of all frames from now on; the function it gives tells for how long, in
 * milliseconds, more than one of them could be heard.
 */
export async function watchSound(context: BrowserContext): Promise<() => number> {
  let doubledMs = 0;
  await context.exposeBinding('reportDoubledSound', (_source, ms: number) => {
    doubledMs = Math.max(doubledMs, ms);
  });
  await context.addInitScript(listenToSound);
  return () => doubledMs;
}

declare global {
  interface Window {
    reportDoubledSound(ms: number): void;
  }
}

/** To be run in each frame. Frames of one origin in one page tell each other when they sound. */
function listenToSound(): void {
  if (window === window.top) return;
  const everyMs = 5;
  const channel = new BroadcastChannel('sound');
  const tell = channel.postMessage.bind(channel);
  const now = (): number => performance.timeOrigin + performance.now();
  const isAudible = (): boolean => {
    const video = document.querySelector('video');
    return video !== null && !video.paused && !video.muted && video.volume > 0;
  };
  let sinceMs = Infinity;
  let doubled = 0;
  setInterval(() => {
    if (!isAudible()) sinceMs = Infinity;
    else if (sinceMs === Infinity) sinceMs = now();
    if (sinceMs < Infinity) tell(now());
  }, everyMs);
  channel.addEventListener('message', ({ data }: MessageEvent<number>) => {
    // What was said before this frame sounded was no doubling.
    if (data <= sinceMs || !isAudible()) return;
    doubled += 1;
    window.reportDoubledSound(doubled * everyMs);
  });
}

/** A Stream player that has begun to play. */
export async function openFrame(
  page: Page,
  site: TestSite,
  attributes: Readonly<Record<string, string>> = {},
): Promise<{ readonly player: Player; readonly traffic: Traffic }> {
  const uid = SAMPLE_UIDS.pathToken;
  const [player] = await openPlayers(page, site, [{ uid, attributes }]);
  await player.playsOn(0.5);
  return { player, traffic: new Traffic(site.stream, uid) };
}

/** Waits until a frame is being made ready behind the one that plays. */
export async function beginsExchange(player: Player): Promise<void> {
  await expect.poll(() => countFrames(player), { timeout: 20_000, intervals: [20] }).toBe(2);
}
