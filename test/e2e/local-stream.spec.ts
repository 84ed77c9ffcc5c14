import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type FrameLocator, type Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { startLocalStream, type LocalStream } from '../../demo/stream/start.js';
import type { StreamPlayer } from '../../demo/stream/player/browser/stream-player.js';

declare global {
  interface Window {
    player: StreamPlayer;
    /** Names of the player's events, oldest first. */
    seen: string[];
    late: { player: StreamPlayer; seen: string[]; isSettled: boolean };
  }
}

const { pathToken, ownSignature, tokenBoundNames, livePathToken } = SAMPLE_UIDS;
const HOUR_SECONDS = 3600;

let stream: LocalStream;
/** An empty page, on another host than the player's. */
let site: Server;

test.beforeAll(async () => {
  stream = await startLocalStream();
  site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><link rel="icon" href="data:,"><body></body>');
  });
  await once(site.listen(0, 'localhost'), 'listening');
});
test.afterAll(async () => {
  site.closeAllConnections();
  site.close();
  await stream.close();
});
test.beforeEach(async ({ page }) => {
  stream.serverClock.skewMs = 0;
  stream.faults.clear();
  stream.requests.clear();
  const { port } = site.address() as AddressInfo;
  await page.goto(`http://localhost:${port}/`);
  await page.addScriptTag({ url: stream.sdkUrl });
});

function createToken(uid: string): Promise<string> {
  const nowSeconds = Math.floor(stream.serverClock.now() / 1000);
  return stream.signToken({ sub: uid, exp: nowSeconds + HOUR_SECONDS });
}

/** Puts a player into the page, with an SDK that listens before the frame can speak. */
async function embed(page: Page, id: string, query = 'muted'): Promise<FrameLocator> {
  await page.evaluate((src) => {
    const iframe = document.createElement('iframe');
    iframe.allow = 'autoplay';
    iframe.src = src;
    document.body.append(iframe);
    window.seen = [];
    window.player = window.Stream(iframe);
    const names = ['loadedmetadata', 'resize', 'playing', 'pause', 'seeked', 'ended', 'error'];
    for (const name of [...names, 'stream-adstart', 'stream-adend', 'stream-adtimeout']) {
      window.player.addEventListener(name, () => window.seen.push(name));
    }
  }, `${stream.origins.delivery}/${id}/iframe?${query}`);
  return page.frameLocator('iframe');
}

function event(page: Page, name: string): Promise<unknown> {
  return page.waitForFunction((wanted) => window.seen.includes(wanted), name);
}

function playedTo(page: Page, seconds: number): Promise<unknown> {
  return page.waitForFunction((wanted) => window.player.currentTime > wanted, seconds);
}

for (const uid of [pathToken, ownSignature, tokenBoundNames]) {
  test(`plays a private video (${uid})`, async ({ page }) => {
    await embed(page, await createToken(uid));
    await page.evaluate(() => window.player.play());
    await playedTo(page, 2);
    const state = await page.evaluate(() => {
      const { duration, paused, muted, videoWidth, buffered, played } = window.player;
      return {
        duration,
        paused,
        muted,
        videoWidth,
        buffered: buffered.end(0),
        played: played.end(0),
      };
    });
    expect(state).toMatchObject({ duration: 128, paused: false, muted: true });
    expect(state.videoWidth).toBeGreaterThan(0);
    expect(state.played).toBeGreaterThan(1);
    expect(state.buffered).toBeLessThanOrEqual(20);
    expect(await page.evaluate(() => window.seen)).toEqual(
      expect.arrayContaining(['loadedmetadata', 'resize', 'playing']),
    );
  });
}

test('plays a broadcast at its edge', async ({ page }) => {
  await embed(page, await createToken(livePathToken), 'muted&autoplay');
  await event(page, 'playing');
  const start = await page.evaluate(() => window.player.currentTime);
  await playedTo(page, start + 5);
  expect(await page.evaluate(() => window.seen)).not.toContain('error');
});

test('plays a broadcast over the seam of its loop', async ({ page }) => {
  const loopMs = 128_000;
  // The edge is some seconds past the seam, so playback starts before it.
  const intoLoopMs = (stream.serverClock.now() - Date.UTC(2026, 0, 1)) % loopMs;
  stream.serverClock.skewMs = loopMs - intoLoopMs + 9_000;
  await embed(page, await createToken(livePathToken), 'muted&autoplay');
  await event(page, 'playing');
  const start = await page.evaluate(() => window.player.currentTime);
  await playedTo(page, start + 8);
  const segments = stream.requests.list().filter(({ kind }) => kind === 'segment');
  const numbers = segments.map(({ segment = 0 }) => (segment - 1) % 32);
  expect(numbers).toEqual(expect.arrayContaining([31, 0]));
  expect(await page.evaluate(() => window.seen)).not.toContain('error');
});

test('does as its address says', async ({ page }) => {
  const query = 'muted=false&loop&startTime=1m3s&controls=false&defaultTextTrack=de&preload=auto';
  const frame = await embed(page, await createToken(pathToken), query);
  await event(page, 'loadedmetadata');
  await expect.poll(() => page.evaluate(() => window.player.currentTime)).toBe(63);
  const state = await page.evaluate(() => {
    const { muted, loop, controls, autoplay, defaultTextTrack, paused } = window.player;
    return { muted, loop, controls, autoplay, defaultTextTrack, paused };
  });
  expect(state).toEqual({
    muted: true,
    loop: true,
    controls: false,
    autoplay: false,
    defaultTextTrack: 'de',
    paused: true,
  });
  await expect
    .poll(() =>
      frame
        .locator('video')
        .evaluate((video: HTMLVideoElement) =>
          [...video.textTracks].filter(({ mode }) => mode === 'showing').map((t) => t.language),
        ),
    )
    .toEqual(['de']);
});

test('does as the page says, and is read back at once', async ({ page }) => {
  const frame = await embed(page, await createToken(pathToken));
  await event(page, 'loadedmetadata');
  const readBack = await page.evaluate(() => {
    window.player.volume = 0.5;
    window.player.playbackRate = 2;
    window.player.currentTime = 40;
    window.player.letterboxColor = 'rgb(1, 2, 3)';
    const { volume, playbackRate, currentTime } = window.player;
    return [volume, playbackRate, currentTime];
  });
  expect(readBack).toEqual([0.5, 2, 40]);
  await event(page, 'seeked');
  const video = frame.locator('video');
  await expect(video).toHaveJSProperty('volume', 0.5);
  await expect(video).toHaveJSProperty('playbackRate', 2);
  await expect(frame.locator('body')).toHaveCSS('background-color', 'rgb(1, 2, 3)');
  await page.evaluate(() => window.player.play());
  await playedTo(page, 41);
  await page.evaluate(() => window.player.pause());
  await event(page, 'pause');
  expect(await page.evaluate(() => window.player.paused)).toBe(true);
});

test('dies with its token: plays what it has, then fails', async ({ page }) => {
  const frame = await embed(page, await createToken(ownSignature), 'muted&autoplay');
  await event(page, 'playing');
  await page.evaluate(() => (window.player.playbackRate = 4));
  stream.serverClock.skewMs = HOUR_SECONDS * 1000;
  await event(page, 'error');
  const { currentTime, end } = await page.evaluate(() => ({
    currentTime: window.player.currentTime,
    end: window.player.buffered.end(0),
  }));
  expect(end).toBeLessThan(40);
  expect(end - currentTime).toBeLessThan(1);
  await expect(frame.getByRole('alert')).toHaveText(/permission/);
});

test('says what is wrong with a token that never was good', async ({ page }) => {
  const frame = await embed(page, pathToken);
  await event(page, 'error');
  await expect(frame.getByRole('alert')).toHaveText('This video needs a signed token');
  const player = stream.requests.list().find(({ kind }) => kind === 'player');
  expect(player?.status).toBe(401);
});

test('loads another token from the start, in the same frame', async ({ page }) => {
  await embed(page, await createToken(pathToken), 'muted&autoplay');
  await playedTo(page, 2);
  const next = await createToken(ownSignature);
  await page.evaluate((id) => {
    window.seen = [];
    window.player.src = id;
  }, next);
  await event(page, 'playing');
  expect(await page.evaluate(() => window.player.currentTime)).toBeLessThan(2);
  expect(await page.evaluate(() => window.player.src)).toBe(next);
  const requests = stream.requests.list();
  expect(requests.filter(({ kind }) => kind === 'player')).toHaveLength(1);
  expect(requests.at(-1)?.uid).toBe(ownSignature);
});

test('speaks once: an SDK that comes late hears nothing', async ({ page }) => {
  await embed(page, await createToken(pathToken));
  await event(page, 'loadedmetadata');
  await page.evaluate(async () => {
    const iframe = document.querySelector('iframe');
    if (!iframe) throw new Error('there is no frame');
    const late = { player: window.Stream(iframe), seen: [] as string[], isSettled: false };
    window.late = late;
    for (const name of ['playing', 'timeupdate']) {
      late.player.addEventListener(name, () => late.seen.push(name));
    }
    const settle = () => (late.isSettled = true);
    late.player.play().then(settle, settle);
    await window.player.play();
  });
  await playedTo(page, 1);
  const late = await page.evaluate(() => ({
    seen: window.late.seen,
    isSettled: window.late.isSettled,
    duration: window.late.player.duration,
  }));
  expect(late).toEqual({ seen: [], isSettled: false, duration: Number.NaN });
});

test('listens to the page around it, and to no other window', async ({ page }) => {
  const frame = await embed(page, await createToken(pathToken));
  await event(page, 'loadedmetadata');
  await page.evaluate(async () => {
    const stranger = document.createElement('iframe');
    document.body.append(stranger);
    const script = stranger.contentDocument?.createElement('script');
    if (!script) throw new Error('there is no other frame');
    const message = { from: 'stream-sdk', type: 'set', settings: { volume: 0.1 } };
    script.textContent = `parent.frames[0].postMessage(${JSON.stringify(message)}, '*')`;
    stranger.contentDocument?.body.append(script);
    window.player.playbackRate = 2;
  });
  await expect(frame.first().locator('video')).toHaveJSProperty('playbackRate', 2);
  await expect(frame.first().locator('video')).toHaveJSProperty('volume', 1);
});

test('shows an ad before the video, or says that there is none', async ({ page }) => {
  const adUrl = `${stream.origins.delivery}/${SAMPLE_UIDS.public}/downloads/default.mp4`;
  const vast = `<VAST><Ad><MediaFile type="video/mp4"><![CDATA[${adUrl}]]></MediaFile></Ad></VAST>`;
  const cors = { 'access-control-allow-origin': '*' };
  await page.route('http://ads.test/vast.xml', (route) =>
    route.fulfill({ contentType: 'text/xml', headers: cors, body: vast }),
  );
  await page.route('http://ads.test/none.xml', (route) =>
    route.fulfill({ status: 404, headers: cors, body: '' }),
  );
  const token = await createToken(pathToken);
  const ad = encodeURIComponent('http://ads.test/vast.xml');
  await embed(page, token, `muted&autoplay&ad-url=${ad}`);
  await event(page, 'stream-adstart');
  await page.evaluate(() => document.querySelector('iframe')?.remove());
  await embed(
    page,
    token,
    `muted&autoplay&ad-url=${encodeURIComponent('http://ads.test/none.xml')}`,
  );
  await event(page, 'stream-adtimeout');
  await playedTo(page, 0.5);
});

test('a beep is heard each second, over something quieter', async ({ page }) => {
  const url = `${stream.origins.delivery}/${SAMPLE_UIDS.public}/downloads/default.mp4`;
  const loudness = await page.evaluate(async (address) => {
    const bytes = await (await fetch(address)).arrayBuffer();
    const sound = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes);
    const samples = sound.getChannelData(0);
    const measure = (fromSeconds: number, toSeconds: number): number => {
      const part = samples.subarray(fromSeconds * 48_000, toSeconds * 48_000);
      return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
    };
    return Array.from({ length: Math.floor(sound.duration) - 1 }, (_, second) => ({
      beep: measure(second, second + 0.1),
      between: measure(second + 0.4, second + 0.9),
    }));
  }, url);
  expect(loudness.length).toBeGreaterThanOrEqual(120);
  expect(loudness.filter(({ beep, between }) => between === 0 || beep < 2 * between)).toEqual([]);
});
