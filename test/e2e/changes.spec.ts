import type { Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { SignedStreamElement } from '../../src/index.js';
import { giveToken, type TestSite } from '../support/test-site.js';
import { readFrameVideos } from './support/frames.js';
import { countTimers, expectNothingRuns } from './support/leftovers.js';
import {
  addPlayers,
  INTERRUPTIONS,
  openPlayers,
  openSite,
  SMALL_PICTURE,
  type Player,
} from './support/player.js';
import { expect, test } from './support/site-test.js';
import { Traffic } from './support/traffic.js';

const A = SAMPLE_UIDS.pathToken;
const B = SAMPLE_UIDS.ownSignature;
const C = SAMPLE_UIDS.tokenBoundNames;

test.beforeEach(({ page }) => page.addInitScript(countTimers));

for (const name of ['hls', 'iframe'] as const) {
  test(`${name}: another video, from its start`, async ({ page, site }) => {
    const player = await open(page, site, { player: name });
    await player.playsOn(2);
    await player.run((element, uid) => (element.videoId = uid), B);
    await expect.poll(() => player.position()).toBeLessThan(1);
    await player.playsOn(0.5);
    const before = new Traffic(site.stream, A).list().length;
    await player.playsOn(1);
    expect(new Traffic(site.stream, A).list().length).toBe(before);
    expect(await player.run((element) => element.claims?.sub)).toBe(B);
    await expectNothingLeft(page, site);
  });

  test(`${name}: another endpoint, unnoticed`, async ({ page, site }) => {
    site.lifetimeSeconds = 8;
    const asked: string[] = [];
    site.endpoint = (exchange) => {
      asked.push(exchange.request.url ?? '');
      return giveToken(exchange);
    };
    const player = await open(page, site, { player: name });
    await player.playsOn(0.5);
    await player.forgetEvents();
    await player.run((element) => (element.tokenEndpoint = '/token?from=elsewhere'));
    await player.takesTokens(2);
    await player.playsOn(3);
    expect(await player.eventNames(...INTERRUPTIONS, 'tokenerror')).toEqual([]);
    const firstNew = asked.findIndex((url) => url.includes('elsewhere'));
    expect(asked.slice(firstNew).every((url) => url.includes('elsewhere'))).toBe(true);
    await expectNothingLeft(page, site);
  });

  test(`${name}: another token, unnoticed`, async ({ page, site }) => {
    site.lifetimeSeconds = 60;
    const player = await open(page, site, { player: name });
    await player.playsOn(0.5);
    await player.forgetEvents();
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const token = await site.stream.signToken({ sub: A, exp });
    await player.run((element, text) => (element.token = text), token);
    expect(await player.eventNames('tokenchange')).toEqual(['tokenchange manual']);
    expect(await player.run((element) => element.expiresAt?.getTime())).toBe(exp * 1000);
    await player.playsOn(3);
    expect(await player.eventNames(...INTERRUPTIONS, 'tokenerror')).toEqual([]);
    expect(site.tokenRequests).toBe(1);
  });

  test(`${name}: moved within the page, it plays on`, async ({ page, site }) => {
    const player = await open(page, site, { player: name });
    await player.playsOn(3);
    const at = await player.position();
    await player.run((element) => {
      const box = document.createElement('section');
      document.body.prepend(box);
      box.append(element);
    });
    await player.reaches(at + 1);
    expect(await player.position()).toBeLessThan(at + 20);
    await player.playsOn(1);
    expect(await player.run((element) => element.paused)).toBe(false);
    expect(await player.largestStepBack()).toBeLessThan(0.5);
    expect(site.tokenRequests).toBe(1);
    await expectNothingLeft(page, site);
  });
}

test('moved within the page while it is paused, it stays so', async ({ page, site }) => {
  const player = await open(page, site, { player: 'iframe' });
  await player.playsOn(2);
  await player.run((element) => element.pause());
  await expect.poll(() => player.run((element) => element.paused)).toBe(true);
  const at = await player.position();
  await player.forgetEvents();
  await player.run((element) => document.body.append(element));
  await expect.poll(async () => (await player.events('canplay')).length).toBeGreaterThan(0);
  expect(await player.run((element) => element.paused)).toBe(true);
  expect(Math.abs((await player.position()) - at)).toBeLessThan(0.5);
  expect(await player.eventNames('play', 'playing')).toEqual([]);
});

test('paused, and moved or given another player in the same task, it stays paused', async ({
  page,
  site,
}) => {
  const player = await open(page, site, { player: 'iframe' });
  await player.playsOn(1);
  await player.forgetEvents();
  await player.run((element) => {
    element.pause();
    document.body.append(element);
  });
  await expect.poll(() => player.run((element) => element.readyState)).toBeGreaterThan(2);
  expect(await player.run((element) => element.paused)).toBe(true);
  await player.run((element) => element.play());
  await player.playsOn(0.5);
  await player.run((element) => {
    element.pause();
    element.player = 'hls';
  });
  await expect.poll(() => player.run((element) => element.readyState)).toBeGreaterThan(2);
  expect(await player.run((element) => element.paused)).toBe(true);
  expect(await player.eventNames('play', 'pause')).toEqual(['pause', 'play']);
});

test('stopped, sent back and played in the same task, it plays', async ({ page, site }) => {
  const player = await open(page, site, { player: 'iframe' });
  await player.playsOn(2);
  await player.run((element) => {
    element.pause();
    element.currentTime = 0;
    return element.play();
  });
  expect(await player.position()).toBeLessThan(2);
  await player.playsOn(0.5);
});

test('the other player goes on where the first one was, with its sound and speed', async ({
  page,
  site,
}) => {
  const player = await open(page, site, { player: 'hls' });
  await player.playsOn(2);
  await player.run((element) => {
    element.volume = 0.4;
    element.playbackRate = 1.25;
  });
  for (const name of ['iframe', 'hls']) {
    const at = await player.position();
    await player.run((element, other) => (element.player = other), name);
    await player.reaches(at + 1);
    expect(await player.position()).toBeLessThan(at + 20);
    const state = await player.run(({ volume, playbackRate, muted, paused }) => {
      return { volume, playbackRate, muted, paused };
    });
    expect(state).toEqual({ volume: 0.4, playbackRate: 1.25, muted: true, paused: false });
  }
  expect(await player.largestStepBack()).toBeLessThan(1);
  expect(await player.alert()).toBeUndefined();
  await expectNothingLeft(page, site);
});

test('of many changes in one task, the last state counts', async ({ page, site }) => {
  const player = await open(page, site, { player: 'hls' });
  await player.playsOn(0.5);
  site.tokenRequests = 0;
  await player.run(
    (element, [b, c]) => {
      element.player = 'iframe';
      element.videoId = b;
      element.tokenEndpoint = '/token?nobody';
      element.player = 'hls';
      element.tokenEndpoint = '/token';
      element.videoId = c;
    },
    [B, C] as const,
  );
  await expect.poll(() => player.run((element) => element.claims?.sub)).toBe(C);
  await player.playsOn(0.5);
  expect(site.tokenRequests).toBe(1);
  expect(new Traffic(site.stream, B).list()).toEqual([]);
  expect(kinds(site)).not.toContain('sdk');
  await expectNothingLeft(page, site);
});

test('a setting counts that is changed together with a token or its source', async ({
  page,
  site,
}) => {
  const player = await open(page, site, { player: 'hls' });
  await player.playsOn(0.5);
  const token = await site.stream.signToken({ sub: A, exp: Math.floor(Date.now() / 1000) + 7200 });
  const inner = (element: SignedStreamElement) => {
    const video = element.shadowRoot?.querySelector('video');
    return { loop: video?.loop, controls: video?.controls };
  };
  await player.run((element, next) => {
    element.token = next;
    element.loop = true;
  }, token);
  await expect.poll(() => player.run(inner)).toEqual({ loop: true, controls: false });
  await player.run((element) => {
    element.tokenEndpoint = '/token?other';
    element.controls = true;
  });
  await expect.poll(() => player.run(inner)).toEqual({ loop: true, controls: true });
});

test('what a framework makes anew at each rendering changes nothing', async ({ page, site }) => {
  const [player] = await openPlayers(page, site, [
    { uid: A, attributes: { player: 'hls' }, hlsConfig: SMALL_PICTURE },
  ]);
  await player.playsOn(0.5);
  await player.run((element) => {
    element.tokenProvider = async () => (await fetch('/token')).text();
  });
  await player.playsOn(0.5);
  await player.forgetEvents();
  site.tokenRequests = 0;
  await player.run(async (element) => {
    for (let rendering = 0; rendering < 20; rendering += 1) {
      element.tokenHeaders = { 'x-member': '7' };
      element.hlsConfig = { maxBufferLength: 8 };
      element.tokenProvider = async () => (await fetch('/token')).text();
      await element.updateComplete;
    }
  });
  await player.playsOn(2);
  expect(site.tokenRequests).toBe(0);
  expect(await player.events(...INTERRUPTIONS, 'tokenchange')).toEqual([]);

  await player.run((element) => {
    element.tokenProvider = undefined;
  });
  await expect.poll(() => site.tokenRequests).toBe(1);
  site.tokenRequests = 0;
  await player.run(async (element) => {
    for (let rendering = 0; rendering < 20; rendering += 1) {
      element.tokenHeaders = { 'x-member': '7' };
      await element.updateComplete;
    }
  });
  await player.playsOn(1);
  expect(site.tokenRequests).toBe(0);
  expect(await player.events(...INTERRUPTIONS)).toEqual([]);
});

test('a function made anew at each rendering is asked as often as one that stays', async ({
  page,
  site,
}) => {
  site.lifetimeSeconds = 6;
  const [player] = await openPlayers(page, site, [
    { uid: A, attributes: { player: 'hls' }, hlsConfig: SMALL_PICTURE },
  ]);
  await player.playsOn(0.5);
  await player.forgetEvents();
  site.tokenRequests = 0;
  await player.run((element) => {
    element.addEventListener('timeupdate', () => {
      element.tokenProvider = async ({ videoId, signal }) => {
        // Longer than from one rendering to the next.
        await new Promise((resolve) => setTimeout(resolve, 500));
        const answer = await fetch(`/token?video-id=${videoId}`, { signal });
        const { result }: { result: { token: string } } = await answer.json();
        return result.token;
      };
    });
  });
  await player.takesTokens(4);
  expect(site.tokenRequests).toBeLessThan(7);
  expect(await player.events(...INTERRUPTIONS, 'tokenerror')).toEqual([]);
});

test('moved within the page when it has ended, it is played again from its start', async ({
  page,
  site,
}) => {
  const player = await open(page, site, { player: 'iframe', 'start-time': '122' });
  await expect.poll(() => player.run((element) => element.ended), { timeout: 30_000 }).toBe(true);
  await player.forgetEvents();
  await player.run((element) => document.body.append(element));
  await expect.poll(async () => (await player.events('canplay')).length).toBeGreaterThan(0);
  await player.run((element) => element.play());
  await player.reaches(1);
  expect(await player.position()).toBeLessThan(60);
  expect(await player.eventNames('error')).toEqual([]);
});

test('code that could not be fetched is fetched again', async ({ page, site }) => {
  await openSite(page, site);
  let failures = 0;
  await page.route(/\/hls-engine[^/]*\.js(\?|$)/, async (route) => {
    failures += 1;
    await (failures === 1 ? route.abort() : route.fallback());
  });
  const [player] = await addPlayers(page, site, [
    { uid: A, attributes: { player: 'hls' }, hlsConfig: SMALL_PICTURE },
  ]);
  await player.playsOn(0.5);
  expect(failures).toBeGreaterThan(1);
  expect(await player.alert()).toBeUndefined();
});

for (const name of ['hls', 'iframe'] as const) {
  test(`${name}: another video, sought and played in the same task`, async ({ page, site }) => {
    const [player] = await openPlayers(page, site, [
      { uid: A, attributes: { player: name, preload: 'auto' }, hlsConfig: SMALL_PICTURE },
    ]);
    if (player === undefined) throw new Error('no player was opened');
    await player.playsOn(0.5);
    await player.run((element) => element.removeAttribute('autoplay'));
    await player.run(async (element, uid) => {
      element.videoId = uid;
      element.currentTime = 40;
      await element.play();
    }, B);
    await player.reaches(40.5);
    expect(await player.position()).toBeLessThan(80);
    expect(await player.run((element) => element.claims?.sub)).toBe(B);
  });
}

for (const name of ['hls', 'iframe'] as const) {
  test(`${name}: another video that is loaded only when it is to play, plays then`, async ({
    page,
    site,
  }) => {
    const [player] = await openPlayers(page, site, [
      {
        uid: A,
        attributes: { player: name, preload: 'none' },
        autoplay: false,
        hlsConfig: SMALL_PICTURE,
      },
    ]);
    await player.run((element) => element.play());
    await player.playsOn(0.5);
    await player.run(async (element, uid) => {
      element.videoId = uid;
      await element.updateComplete;
    }, B);
    expect(await player.run((element) => element.readyState)).toBe(0);
    await player.run((element) => element.play());
    await player.playsOn(0.5);
    expect(await player.run((element) => element.claims?.sub)).toBe(B);
    // In one task as well.
    await player.run(async (element, uid) => {
      element.videoId = uid;
      element.currentTime = 40;
      await element.play();
    }, C);
    await player.reaches(40.5);
    expect(await player.run((element) => element.claims?.sub)).toBe(C);
  });

  test(`${name}: what the viewer has set stays so where no video is for a while`, async ({
    page,
    site,
  }) => {
    const player = await open(page, site, { player: name });
    await player.playsOn(0.5);
    await player.run((element) => {
      element.volume = 0.2;
      element.playbackRate = 1.5;
    });
    const state = () =>
      player.run(({ volume, playbackRate, muted }) => ({ volume, playbackRate, muted }));
    const set = { volume: 0.2, playbackRate: 1.5, muted: true };
    await player.run(async (element) => {
      element.videoId = '';
      await element.updateComplete;
    });
    expect(await state()).toEqual(set);
    await player.run((element, uid) => (element.videoId = uid), B);
    await player.playsOn(0.5);
    expect(await state()).toEqual(set);
  });
}

test('a frame that has not come yet has no sound where there is to be none', async ({
  page,
  site,
}) => {
  const fault = site.stream.faults.add({ kind: 'player', hang: true });
  const player = await open(page, site, { player: 'iframe' });
  await expect.poll(() => kinds(site)).toContain('player');
  expect(await player.run((element) => element.muted)).toBe(true);
  // What was no player yet hands on what it was to be.
  await player.run((element, uid) => (element.videoId = uid), B);
  site.stream.faults.remove(fault);
  await player.playsOn(0.5);
  const [video] = await readFrameVideos(page);
  expect(video?.muted).toBe(true);
});

test('another video while it is not in the page begins at its start', async ({ page, site }) => {
  const player = await open(page, site, { player: 'hls', 'start-time': '30' });
  await player.reaches(31);
  const element = await page.locator('#player').evaluateHandle((node) => {
    node.remove();
    return node;
  });
  await expectNothingRuns(page, site);
  await element.evaluate((node, uid) => {
    node.setAttribute('video-id', uid);
    node.removeAttribute('start-time');
    document.body.append(node);
  }, B);
  await player.playsOn(0.5);
  expect(await player.position()).toBeLessThan(20);
});

test('of many changes in a row, the last one counts', async ({ page, site }) => {
  const player = await open(page, site, { player: 'hls' });
  await player.run(
    async (element, uids) => {
      for (let round = 0; round < 24; round++) {
        element.videoId = uids[round % uids.length] ?? '';
        element.player = round % 2 === 0 ? 'iframe' : 'hls';
        // A task or two in between, so that each has got to another place of its beginning.
        for (let task = 0; task < round % 5; task++) {
          await new Promise((resolve) => setTimeout(resolve));
        }
      }
    },
    [A, B, C],
  );
  await player.playsOn(1);
  expect(await player.run((element) => element.claims?.sub)).toBe(C);
  expect(await player.run((element) => element.shadowRoot?.querySelectorAll('video').length)).toBe(
    1,
  );
  expect(page.frames()).toHaveLength(1);
  expect(await player.alert()).toBeUndefined();
  await expectNothingLeft(page, site);
});

test('without a video any more, nothing is left running', async ({ page, site }) => {
  const player = await open(page, site, { player: 'iframe' });
  await player.playsOn(0.5);
  await player.run((element) => element.removeAttribute('video-id'));
  await expectNothingRuns(page, site);
  expect(await player.run(({ paused, readyState }) => ({ paused, readyState }))).toEqual({
    paused: true,
    readyState: 0,
  });
});

async function open(
  page: Page,
  site: TestSite,
  attributes: Readonly<Record<string, string>>,
): Promise<Player> {
  const [player] = await openPlayers(page, site, [
    { uid: A, attributes, hlsConfig: SMALL_PICTURE },
  ]);
  if (player === undefined) throw new Error('no player was opened');
  return player;
}

/** Once the element is gone, so is all that it ever started. */
async function expectNothingLeft(page: Page, site: TestSite): Promise<void> {
  await page.locator('#player').evaluate((element) => element.remove());
  await expectNothingRuns(page, site);
}

function kinds(site: TestSite): string[] {
  return site.stream.requests.list().map(({ kind }) => kind);
}
