import type Hls from 'hls.js';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { BEST_LEVEL, BOTH_LEVELS, each, openAllWays } from './support/all-ways.js';
import { switchLevel, watchHls } from './support/hls-watch.js';
import {
  INTERRUPTIONS,
  openPlayers,
  SMALL_BUFFER,
  SMALL_PICTURE,
  type Player,
} from './support/player.js';
import { expect, test } from './support/site-test.js';
import { Traffic } from './support/traffic.js';

/** Renewals happen about every two seconds. */
const SHORT_LIFETIME_SECONDS = 4;

test.describe('a swap under hls.js', () => {
  test.beforeEach(({ site }) => {
    site.lifetimeSeconds = SHORT_LIFETIME_SECONDS;
  });

  test('is not seen: no event, no jump, nothing refused, nothing fetched twice', async ({
    page,
    site,
  }) => {
    const { players, traffic } = await openAllWays(page, site);
    await each(players, async (player) => {
      const report = await watchHls(player);
      await player.playsOn(0.5);
      await player.forgetEvents();
      await player.takesTokens(5);
      await player.playsOn(4);

      expect(await player.events(...INTERRUPTIONS)).toEqual([]);
      expect(await player.largestStepBack()).toBe(0);
      expect(await player.largestJump()).toBeLessThan(0.25);
      expect(await report()).toEqual({ failures: [], levels: [] });
    });
    for (const requests of traffic) {
      expect(requests.tokensUsed('segment', 'rendition')).toBeGreaterThan(1);
      expect(requests.refusals()).toEqual([]);
      expect(requests.fetchedTwice()).toEqual([]);
    }
  });

  test('leaves every rendition within reach', async ({ page, site }) => {
    const { players, traffic } = await openAllWays(page, site, 'vod', BOTH_LEVELS);
    await each(players, async (player) => {
      const report = await watchHls(player);
      await player.takesTokens(4);
      await player.forgetEvents();
      await switchLevel(player, 0);
      await player.takesTokens(2);
      await switchLevel(player, BEST_LEVEL);
      await player.playsOn(2);

      expect(await player.eventNames('error', 'emptied', 'loadstart', 'pause')).toEqual([]);
      expect((await report()).failures).toEqual([]);
    });
    for (const requests of traffic) {
      const fetched = new Set(requests.list('segment').map(({ rendition }) => rendition));
      expect(fetched).toEqual(new Set(['1280', '640', 'audio']));
      expect(requests.refusals()).toEqual([]);
    }
  });

  test('leaves every place within reach: forward, and back beyond the buffer', async ({
    page,
    site,
  }) => {
    const { players, traffic } = await openAllWays(page, site);
    await each(players, async (player) => {
      await player.takesTokens(4);
      await player.forgetEvents();
      await player.run((element) => {
        element.currentTime = 100;
      });
      await player.reaches(103);
      await player.takesTokens(3);
      await player.run((element) => {
        element.currentTime = 1;
      });
      await expect.poll(() => player.position()).toBeLessThan(50);
      await player.reaches(5);

      expect(await player.eventNames('seeked')).toEqual(['seeked', 'seeked']);
      expect(await player.eventNames('error', 'emptied', 'loadstart', 'pause')).toEqual([]);
    });
    for (const requests of traffic) expect(requests.refusals()).toEqual([]);
  });

  test('leaves captions within reach', async ({ page, site }) => {
    const { players, traffic } = await openAllWays(page, site);
    await each(players, async (player) => {
      await player.takesTokens(4);
      await player.forgetEvents();
      await player.run((element) => {
        const hls = element.engine as Hls;
        hls.subtitleDisplay = true;
        hls.subtitleTrack = hls.subtitleTracks.findIndex(({ lang }) => lang === 'de');
      });
      // The viewer reads a line.
      await expect
        .poll(
          () =>
            player.run((element) => {
              const video = (element.engine as Hls).media;
              const track = [...(video?.textTracks ?? [])].find(({ mode }) => mode === 'showing');
              return `${track?.language}: ${track?.activeCues?.length}`;
            }),
          { timeout: 20_000 },
        )
        .toBe('de: 1');
      expect(await player.events(...INTERRUPTIONS)).toEqual([]);
    });
    for (const requests of traffic) {
      expect(requests.list('captions').length).toBe(1);
      expect(requests.refusals()).toEqual([]);
      expect(requests.fetchedTwice()).toEqual([]);
    }
  });

  test('leaves sound and captions within reach in every language', async ({ page, site }) => {
    const uid = SAMPLE_UIDS.dubbed;
    const [player] = await openPlayers(page, site, [
      { uid, attributes: { player: 'hls' }, hlsConfig: SMALL_PICTURE },
    ]);
    const traffic = new Traffic(site.stream, uid);
    /** What the page is offered, whether that is the same as at first, and what hls.js plays. */
    const readSound = () =>
      player.run((element) => {
        const { audioTracks, engine } = element;
        const holder = element as typeof element & { soundAtFirst?: readonly unknown[] };
        holder.soundAtFirst ??= [...audioTracks];
        return {
          enabled: [...audioTracks]
            .filter(({ enabled }) => enabled)
            .map(({ language }) => language),
          isSame: holder.soundAtFirst.every((track, index) => track === audioTracks[index]),
          played: (engine as Hls).audioTracks[(engine as Hls).audioTrack]?.lang,
        };
      });
    const hears = async (language: string, rendition: string): Promise<void> => {
      const already = traffic.list('segment').length;
      await player.run((element, wanted) => {
        for (const track of element.audioTracks) track.enabled = track.language === wanted;
      }, language);
      const fetched = (): (string | undefined)[] =>
        traffic
          .list('segment')
          .slice(already)
          .map((request) => request.rendition);
      await expect.poll(fetched, { timeout: 30_000 }).toContain(rendition);
      await player.playsOn(2);
      expect(await readSound()).toEqual({ enabled: [language], isSame: true, played: language });
    };
    const reads = async (language: string): Promise<void> => {
      await player.run((element, wanted) => {
        for (const track of element.textTracks) {
          if (track.kind === 'subtitles')
            track.mode = track.language === wanted ? 'showing' : 'disabled';
        }
      }, language);
      const lines = (): Promise<string[]> =>
        player.run((element) =>
          [...element.textTracks]
            .filter(({ mode, activeCues }) => mode === 'showing' && activeCues?.length === 1)
            .map((track) => track.language),
        );
      await expect.poll(lines, { timeout: 20_000 }).toEqual([language]);
    };

    await player.takesTokens(3);
    expect(await readSound()).toEqual({ enabled: ['en'], isSame: true, played: 'en' });
    await reads('en');
    await player.forgetEvents();
    await hears('de', 'dubbed');
    await reads('de');
    // A change of sound may have to be waited for; from here on there is nothing to notice.
    await player.forgetEvents();
    await player.takesTokens(3);
    await player.playsOn(4);
    expect(await player.events(...INTERRUPTIONS)).toEqual([]);
    expect(await readSound()).toEqual({ enabled: ['de'], isSame: true, played: 'de' });
    const lists = traffic.list('rendition').filter(({ rendition }) => rendition === 'dubbed');
    expect(new Set(lists.map(({ tokenId }) => tokenId)).size).toBeGreaterThan(1);

    // What was listed for the first tokens can be heard and read again.
    await hears('en', 'audio');
    await reads('en');
    expect(await player.eventNames('error', 'emptied', 'loadstart', 'pause', 'ended')).toEqual([]);
    expect(await player.largestStepBack()).toBeLessThan(0.05);
    expect(traffic.refusals()).toEqual([]);
  });

  test('leaves the beginning within reach of the end: replay, and a loop', async ({
    page,
    site,
  }) => {
    const { players, traffic } = await openAllWays(page, site);
    await each(players, async (player) => {
      await player.takesTokens(2);
      await player.run((element) => {
        element.currentTime = 125;
      });
      await expect
        .poll(() => player.run((element) => element.ended), { timeout: 30_000, intervals: [100] })
        .toBe(true);
      // The viewer thinks about it until no token is left.
      await losesToken(player);
      await player.forgetEvents();
      await player.run((element) => element.play());
      await player.reaches(3);
      await player.forgetEvents();
      await player.run((element) => {
        element.loop = true;
        element.currentTime = 124;
      });
      // From the end to the beginning without anybody doing anything.
      await expect
        .poll(
          async () => {
            const positions = (await player.events('timeupdate')).map(({ position }) => position);
            const end = positions.findIndex((position) => position > 126);
            return end >= 0 && positions.slice(end).some((position) => position < 60);
          },
          { timeout: 40_000, intervals: [100] },
        )
        .toBe(true);
      await player.playsOn(4);

      expect(await player.eventNames('error', 'emptied', 'loadstart', 'pause')).toEqual([]);
    });
    for (const requests of traffic) expect(requests.refusals()).toEqual([]);
  });

  test('is put off while paused, and made up for without a viewer noticing', async ({
    page,
    site,
  }) => {
    const { players, traffic } = await openAllWays(page, site);
    await each(players, async (player) => {
      await player.takesTokens(3);
      await player.run((element) => element.pause());
    });
    const requestsBefore = site.tokenRequests;
    await each(players, losesToken);
    // Nobody watches, so nobody asks.
    expect(site.tokenRequests).toBe(requestsBefore);
    await each(players, async (player) => {
      await player.forgetEvents();
      await player.run((element) => element.play());
      await player.takesTokens(2);
      await player.playsOn(6);

      expect(await player.eventNames('play', 'playing')).toEqual(['play', 'playing']);
      const others = INTERRUPTIONS.filter((type) => type !== 'play');
      expect(await player.events(...others)).toEqual([]);
    });
    for (const requests of traffic) {
      expect(requests.refusals()).toEqual([]);
      expect(requests.fetchedTwice()).toEqual([]);
    }
  });
});

test('lists that cannot be looked at when a token is renewed are waited for', async ({
  page,
  site,
}) => {
  site.lifetimeSeconds = SHORT_LIFETIME_SECONDS;
  const [player] = await openPlayers(page, site, [
    { uid: SAMPLE_UIDS.ownSignature, attributes: { player: 'hls' }, hlsConfig: SMALL_PICTURE },
  ]);
  await player.playsOn(1);
  await player.forgetEvents();
  const report = await watchHls(player);
  site.stream.faults.add({ kind: 'multivariant', drop: 'before', times: 1 });
  site.stream.faults.add({ kind: 'rendition', status: 500, times: 2 });
  await expect
    .poll(() => site.stream.faults.list(), { timeout: 30_000, intervals: [100] })
    .toEqual([]);
  await player.refills();
  await player.playsOn(1);

  expect((await report()).failures).toEqual([]);
  expect(await player.events(...INTERRUPTIONS)).toEqual([]);
});

/** Stands still for longer than its token lasts, and so beyond when that would be renewed. */
async function losesToken(player: Player): Promise<void> {
  await expect
    .poll(() => player.run(({ tokenState }) => tokenState), { timeout: 30_000, intervals: [100] })
    .toBe('expired');
}

test.describe('what is no matter of tokens', () => {
  test('is passed on: 404, 424 and 500 of media, which hls.js tries again by itself', async ({
    page,
    site,
  }) => {
    const [player] = await openPlayers(page, site, [
      { uid: SAMPLE_UIDS.pathToken, attributes: { player: 'hls' }, hlsConfig: SMALL_BUFFER },
    ]);
    await player.playsOn(1);
    await player.forgetEvents();
    const report = await watchHls(player);
    for (const status of [404, 424, 500]) {
      site.stream.faults.add({ kind: 'segment', status, times: 1 });
    }
    await expect.poll(() => site.stream.faults.list()).toEqual([]);
    await player.playsOn(8);

    // Sound and picture are asked for side by side, and may be answered in any order.
    expect((await report()).failures.toSorted()).toEqual([
      'fragLoadError 404',
      'fragLoadError 424',
      'fragLoadError 500',
    ]);
    expect(site.tokenRequests).toBe(1);
    expect(await player.eventNames('error', 'pause', 'emptied')).toEqual([]);
  });

  for (const { uid, text } of [
    { uid: SAMPLE_UIDS.errored, text: '424: it could not be encoded' },
    { uid: SAMPLE_UIDS.queued, text: '404: it is not ready yet' },
    { uid: SAMPLE_UIDS.liveIdle, text: '204: nobody broadcasts yet' },
  ]) {
    test(`is passed on: ${text}; it plays as soon as there is something`, async ({
      page,
      site,
    }) => {
      const video = site.stream.video(uid);
      const { state } = video;
      const [player] = await openPlayers(page, site, [{ uid, attributes: { player: 'hls' } }]);

      // The viewer reads that there is nothing to see; no token could help.
      await expect
        .poll(() => player.alert())
        .toContain('This video does not exist or is not ready yet.');
      expect(await player.eventNames('error')).toEqual(['error video-not-found']);
      expect(site.tokenRequests).toBe(1);

      video.state = 'ready';
      await player.playsOn(1);
      video.state = state;
      expect(await player.alert()).toBeUndefined();
    });
  }
});
