import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { openPlayers, SMALL_PICTURE } from './support/player.js';
import { expect } from './support/site-test.js';
import {
  expectPlaying,
  expectTold,
  expectTryAgainStarts,
  inSeconds,
  open,
  test,
  UID,
} from './support/troubles.js';

const FORBIDDEN = 'You are not allowed to watch this video from here.';

for (const name of ['hls', 'iframe'] as const) {
  test(`${name}: access rules that refuse the viewer, until they do not`, async ({
    page,
    site,
  }) => {
    site.stream.viewer.country = 'DE';
    const accessRules = [
      { type: 'ip.geoip.country', country: ['DE'], action: 'block' },
      { type: 'any', action: 'allow' },
    ];
    site.endpoint = async ({ videoId, answer }) =>
      answer(await site.stream.signToken({ sub: videoId, exp: inSeconds(3600), accessRules }));
    const player = await open(page, site, name);
    await expectTold(page, player, 'playback-forbidden', FORBIDDEN);
    expect(await player.run((element) => element.error?.cause.status)).toBe(403);
    site.stream.viewer.country = 'FR';
    // Nobody does anything.
    await expectPlaying(page, player);
  });

  test(`${name}: a page that may not show the video, until it may`, async ({ page, site }) => {
    site.stream.video(UID).allowedOrigins = ['example.com'];
    const player = await open(page, site, name);
    await expectTold(page, player, 'playback-forbidden', FORBIDDEN);
    site.stream.video(UID).allowedOrigins = [new URL(site.url).host];
    await expectPlaying(page, player);
  });

  for (const [what, uid] of [
    ['a video that does not exist', '00000000000000000000000000000000'],
    ['a video that could not be processed', SAMPLE_UIDS.errored],
    ['a video that is not ready', SAMPLE_UIDS.queued],
  ] as const) {
    test(`${name}: ${what}`, async ({ page, site }) => {
      const player = await open(page, site, name, {}, uid);
      await expectTold(
        page,
        player,
        'video-not-found',
        'This video does not exist or is not ready yet.',
      );
      await player.run((element, other) => (element.videoId = other), UID);
      await expectPlaying(page, player);
    });
  }

  test(`${name}: a live input that nobody broadcasts to yet, until somebody does`, async ({
    page,
    site,
  }) => {
    const input = site.stream.video(SAMPLE_UIDS.liveIdle);
    const player = await open(page, site, name, {}, input.uid);
    await expectTold(page, player, 'video-not-found', 'This video does not exist or is not ready');
    try {
      input.state = 'ready';
      await expectPlaying(page, player);
    } finally {
      input.state = 'queued';
    }
  });

  test(`${name}: a delivery origin that is none`, async ({ page, site }) => {
    const player = await open(page, site, name, { 'delivery-origin': 'ftp://x' });
    await expectTold(
      page,
      player,
      'option-invalid',
      'This page does not say correctly where the video is.',
    );
    expect(await player.eventNames('error')).toEqual(['error option-invalid']);
    await player.run(
      (element, origin) => (element.deliveryOrigin = origin),
      site.stream.origins.delivery,
    );
    await expectPlaying(page, player);
  });

  test(`${name}: Stream cannot be reached, until it can`, async ({ page, site }) => {
    const kinds = ['multivariant', 'player'] as const;
    const fault = site.stream.faults.add({ kind: kinds, drop: 'before' });
    const player = await open(page, site, name);
    await expectTold(
      page,
      player,
      'network-failed',
      'The video cannot be loaded at the moment. Check your connection.',
    );
    site.stream.faults.remove(fault);
    await expectPlaying(page, player);
  });
}

test('an SDK that cannot be loaded', async ({ page, site }) => {
  site.stream.faults.add({ kind: 'sdk', drop: 'before' });
  const player = await open(page, site, 'iframe');
  await expectTold(page, player, 'sdk-unavailable', 'The player could not be loaded.');
  await expectTryAgainStarts(page, site, player, () => site.stream.faults.clear());
});

test('an SDK at an address that answers something else', async ({ page, site }) => {
  const player = await open(page, site, 'iframe', { 'sdk-url': '/nothing-here.js' });
  await expectTold(page, player, 'sdk-unavailable', 'The player could not be loaded.');
  await player.run((element, url) => (element.sdkUrl = url), site.stream.sdkUrl);
  await expectPlaying(page, player);
});

for (const kind of ['rendition', 'segment'] as const) {
  test(`hls: where no ${kind} could be had at first, it begins where it was to`, async ({
    page,
    site,
  }) => {
    const fault = site.stream.faults.add({ kind, drop: 'before' });
    const [player] = await openPlayers(page, site, [
      {
        uid: SAMPLE_UIDS.pathToken,
        attributes: { player: 'hls', 'start-time': '30' },
        hlsConfig: SMALL_PICTURE,
      },
    ]);
    await expect.poll(() => player.alert(), { timeout: 30_000 }).toBeDefined();
    site.stream.faults.remove(fault);
    await player.playsOn(0.5);
    const positions = (await player.events('timeupdate')).map(({ position }) => position);
    expect(Math.min(...positions)).toBeGreaterThan(29);
    expect(Math.max(...positions)).toBeLessThan(50);
  });
}
