import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { connect, createElement } from './support/create-element.js';
import { addPlayers, openPlayers, openSite, Player, SMALL_PICTURE } from './support/player.js';
import { recordEvents } from './support/recorder.js';
import { expect, test } from './support/site-test.js';
import { Traffic } from './support/traffic.js';

const UID = SAMPLE_UIDS.pathToken;
/** Plays beside the one that a test is about, to show that time has passed. */
const NEIGHBOUR = { uid: SAMPLE_UIDS.ownSignature, id: 'neighbour', attributes: { player: 'hls' } };

for (const name of ['hls', 'iframe'] as const) {
  test(`${name}: lazy, it asks for nothing until it comes near the viewport`, async ({
    page,
    site,
  }) => {
    const attributes = { player: name, loading: 'lazy', style: 'width: 320px; margin-top: 5000px' };
    const [neighbour, player] = await openPlayers(page, site, [
      { ...NEIGHBOUR, hlsConfig: SMALL_PICTURE },
      { uid: UID, attributes, hlsConfig: SMALL_PICTURE },
    ]);
    await neighbour?.playsOn(2);
    expect(site.tokenRequests).toBe(1);
    expect(new Traffic(site.stream, UID).list()).toEqual([]);
    expect(page.frames()).toHaveLength(1);
    await page.locator('#player').scrollIntoViewIfNeeded();
    await player?.playsOn(0.5);
  });

  test(`${name}: with preload="none" it asks for nothing until it is to play`, async ({
    page,
    site,
  }) => {
    const [neighbour] = await openPlayers(page, site, [{ ...NEIGHBOUR, hlsConfig: SMALL_PICTURE }]);
    const html = site.tag(UID, { id: 'player', player: name, preload: 'none', muted: '' });
    const element = await createElement(page, html);
    await connect(element);
    await neighbour?.playsOn(2);
    expect(site.tokenRequests).toBe(1);
    expect(new Traffic(site.stream, UID).list()).toEqual([]);
    expect(page.frames()).toHaveLength(1);
    const state = await element.evaluate(async (node) => {
      const { paused: before } = node;
      const playing = node.play();
      const { paused: wanted } = node;
      await playing;
      return { before, wanted, after: node.paused };
    });
    expect(state).toEqual({ before: true, wanted: false, after: false });
    await new Player(page, 'player').playsOn(0.5);
  });

  test(`${name}: what is set and called before there is a player is done when there is`, async ({
    page,
    site,
  }) => {
    await openSite(page, site);
    const html = site.tag(UID, { id: 'player', player: name, muted: '' });
    const element = await createElement(page, html);
    const before = await element.evaluate((node) => {
      node.volume = 0.3;
      node.playbackRate = 1.5;
      node.currentTime = 20;
      const wish = node.play();
      Object.assign(node, { wish });
      const { volume, playbackRate, currentTime, paused, readyState } = node;
      return { volume, playbackRate, currentTime, paused, readyState };
    });
    const set = { volume: 0.3, playbackRate: 1.5 };
    expect(before).toEqual({ ...set, currentTime: 20, paused: false, readyState: 0 });
    await connect(element);
    const player = new Player(page, 'player');
    await player.reaches(20.5);
    await element.evaluate((node): unknown => Reflect.get(node, 'wish'));
    const after = await element.evaluate(({ volume, playbackRate, muted, paused }) => {
      return { volume, playbackRate, muted, paused };
    });
    expect(after).toEqual({ ...set, muted: true, paused: false });
    expect(new Traffic(site.stream, UID).list('segment').map(({ segment }) => segment))
      .not //
      .toContain(1);
  });
}

test('what a page sets before the element is defined counts', async ({ page, site }) => {
  let define = (): void => {};
  const mayDefine = new Promise<void>((resolve) => (define = resolve));
  await page.route('**/signed-stream.js', async (route) => {
    await mayDefine;
    await route.continue();
  });
  await page.addInitScript(recordEvents);
  await page.goto(site.url, { waitUntil: 'commit' });
  await page.waitForFunction(() => document.body !== null);
  await page.evaluate(
    ([uid, deliveryOrigin, hlsConfig]) => {
      const element = document.createElement('signed-stream');
      element.id = 'player';
      const early = { tokenEndpoint: '/token', player: 'hls', autoplay: true, hlsConfig };
      Object.assign(element, { ...early, videoId: uid, deliveryOrigin, muted: true, volume: 0.2 });
      document.body.append(element);
    },
    [UID, site.stream.origins.delivery, SMALL_PICTURE] as const,
  );
  define();
  await page.waitForFunction(() => customElements.get('signed-stream') !== undefined);
  const player = new Player(page, 'player');
  await player.playsOn(0.5);
  const state = await player.run(({ muted, defaultMuted, volume, autoplay, videoId }) => {
    return { muted, defaultMuted, volume, autoplay, videoId };
  });
  expect(state).toEqual({
    muted: true,
    defaultMuted: false,
    volume: 0.2,
    autoplay: true,
    videoId: UID,
  });
});

test('ten elements with the same video ask for one token', async ({ page, site }) => {
  const players = await openPlayers(
    page,
    site,
    Array.from({ length: 10 }, (_, index) => ({
      uid: UID,
      id: `player-${index}`,
      attributes: { player: 'hls', preload: 'metadata', style: 'width: 96px' },
      hlsConfig: SMALL_PICTURE,
    })),
  );
  for (const player of players) await player.reaches(0);
  expect(site.tokenRequests).toBe(1);
  for (const player of players) {
    expect(await player.eventNames('tokenchange')).toEqual(['tokenchange initial']);
  }
  const [late] = await addPlayers(page, site, [
    { uid: UID, id: 'late', attributes: { player: 'hls' }, hlsConfig: SMALL_PICTURE },
  ]);
  await late?.playsOn(0.3);
  expect(site.tokenRequests).toBe(1);
  expect(await late?.eventNames('tokenchange')).toEqual(['tokenchange initial']);
});

test('the frame is as in the vendor’s page, and can be named', async ({ page, site }) => {
  const [player] = await openPlayers(page, site, [
    { uid: UID, attributes: { player: 'iframe', title: 'A walk', 'primary-color': '#0f0' } },
  ]);
  await player?.playsOn(0.5);
  const frame = page.locator('#player').locator('iframe');
  await expect(frame).toHaveAttribute(
    'allow',
    'accelerometer; gyroscope; autoplay; encrypted-media; picture-in-picture;',
  );
  await expect(frame).toHaveAttribute('allowfullscreen', '');
  await expect(frame).toHaveAttribute('title', 'A walk');
  await expect(frame).toHaveCSS('border-top-width', '0px');
  const url = new URL((await frame.getAttribute('src')) ?? '');
  expect(url.origin).toBe(site.stream.origins.delivery);
  expect(url.pathname).toMatch(/^\/eyJ[\w.-]+\/iframe$/);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    autoplay: 'true',
    muted: 'true',
    controls: 'false',
    primaryColor: '#0f0',
  });
  await player?.run((element) => (element.title = 'Another walk'));
  await expect(frame).toHaveAttribute('title', 'Another walk');
});

test('the SDK is loaded for the Stream player alone, once', async ({ page, site }) => {
  const sdkRequests = (): number =>
    site.stream.requests.list().filter(({ kind }) => kind === 'sdk').length;
  const [hls] = await openPlayers(page, site, [{ ...NEIGHBOUR, hlsConfig: SMALL_PICTURE }]);
  await hls?.playsOn(0.5);
  expect(sdkRequests()).toBe(0);
  const frames = await addPlayers(page, site, [
    { uid: UID, id: 'one', attributes: { player: 'iframe' } },
    { uid: UID, id: 'two', attributes: { player: 'iframe' } },
  ]);
  for (const player of frames) await player.playsOn(0.3);
  expect(sdkRequests()).toBe(1);
});

test('an SDK that is late listens before the frame says that it is ready', async ({
  page,
  site,
}) => {
  site.stream.faults.add({ kind: 'sdk', delayMs: 2000 });
  const [player] = await openPlayers(page, site, [{ uid: UID, attributes: { player: 'iframe' } }]);
  await player?.playsOn(0.5);
  const kinds = site.stream.requests.list().map(({ kind }) => kind);
  expect(kinds.indexOf('player')).toBeGreaterThan(kinds.indexOf('sdk'));
  await player?.run((element) => element.pause());
  await expect.poll(() => player?.run((element) => element.paused)).toBe(true);
});

test('a viewer reads what is wrong also where the code that says so came late', async ({
  page,
  site,
}) => {
  const words = /\/message-[^/]*\.js/;
  await page.route(words, (route) => route.abort());
  site.endpoint = ({ send }) => send(403, '');
  const [player] = await openPlayers(page, site, [{ uid: UID, attributes: { player: 'hls' } }]);
  await expect.poll(() => player?.eventNames('error')).toEqual(['error endpoint-refused']);
  expect(await player?.alert()).toBeUndefined();
  await page.unroute(words);
  await expect(page.getByRole('alert')).toContainText('This site did not allow the video');
});

test('code that does not come is asked for no more when there is nothing to say', async ({
  page,
  site,
}) => {
  let asked = 0;
  await page.route(/\/message-[^/]*\.js/, (route) => {
    asked += 1;
    return route.abort();
  });
  site.endpoint = async ({ videoId, send, sign, answer }) =>
    videoId === UID ? send(403, '') : answer(await sign());
  const [neighbour, player] = await openPlayers(page, site, [
    { ...NEIGHBOUR, hlsConfig: SMALL_PICTURE },
    { uid: UID, attributes: { player: 'hls' } },
  ]);
  await expect.poll(() => player?.eventNames('error')).toEqual(['error endpoint-refused']);
  await expect.poll(() => asked).toBeGreaterThan(2);
  await player?.run((element) => element.remove());
  await neighbour?.playsOn(0.5);
  const before = asked;
  await neighbour?.playsOn(5);
  expect(asked).toBe(before);
});
