import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { TestSite, TokenEndpoint } from '../support/test-site.js';
import { Endpoints } from './support/endpoints.js';
import { INTERRUPTIONS, openPlayers, type PlayerOptions } from './support/player.js';
import { expect, test } from './support/site-test.js';
import { Traffic } from './support/traffic.js';

/** A way in which an endpoint fails while somebody watches. */
interface Outage {
  readonly name: string;
  /** What it answers instead of a token. */
  readonly answer: (site: TestSite) => TokenEndpoint;
  /** What the page is told. */
  readonly code: string;
}

const OUTAGES: readonly Outage[] = [
  {
    name: '500',
    answer:
      () =>
      ({ send }) =>
        send(500, ''),
    code: 'endpoint-refused',
  },
  {
    name: '429',
    answer:
      () =>
      ({ send }) =>
        send(429, '', { 'retry-after': '3' }),
    code: 'endpoint-refused',
  },
  { name: 'no answer', answer: () => () => {}, code: 'endpoint-unreachable' },
  {
    name: 'a broken connection',
    answer:
      () =>
      ({ response }) =>
        void response.destroy(),
    code: 'endpoint-unreachable',
  },
  {
    name: 'a web page',
    answer:
      () =>
      ({ send }) =>
        send(200, '<!doctype html><title>Log in</title>'),
    code: 'endpoint-malformed',
  },
  {
    name: 'a token for another video',
    answer:
      () =>
      async ({ sign, answer }) =>
        answer(await sign({ sub: SAMPLE_UIDS.ownSignature })),
    code: 'token-wrong-video',
  },
  {
    name: 'a token that is over',
    answer:
      (site) =>
      async ({ sign, answer }) =>
        answer(await sign({ exp: Math.floor(site.stream.serverClock.nowSeconds()) - 60 })),
    code: 'token-expired',
  },
  {
    name: 'the same old token',
    answer: () => {
      let token: string | undefined;
      return async ({ sign, answer }) => answer((token ??= await sign()));
    },
    code: 'endpoint-stale',
  },
];

/** Enough for the longest outage, one in which an endpoint never answers. */
const BUFFER_SECONDS = 32;

/** Small pictures, so that several can be played at once. */
function toPlayer(name: string, bufferSeconds: number, uid: string): PlayerOptions {
  return {
    id: name.replaceAll(' ', '-').replace(/^\d/, 's$&'),
    uid,
    attributes: {
      player: 'hls',
      style: 'width: 160px',
      'token-endpoint': Endpoints.address(name),
    },
    hlsConfig: {
      capLevelToPlayerSize: true,
      maxBufferLength: bufferSeconds,
      maxMaxBufferLength: bufferSeconds,
    },
  };
}

for (const outages of [OUTAGES.slice(0, 4), OUTAGES.slice(4)]) {
  const names = outages.map(({ name }) => name).join(', ');
  test(`what buffer and token outlast is not seen: ${names}`, async ({ page, site }) => {
    const endpoints = new Endpoints(site);
    site.lifetimeSeconds = 6;
    const players = await openPlayers(
      page,
      site,
      outages.map(({ name }) => toPlayer(name, BUFFER_SECONDS, SAMPLE_UIDS.pathToken)),
    );
    for (const player of players) await player.playsOn(0.2);
    for (const player of players) await player.hasAhead(BUFFER_SECONDS - 8);
    for (const player of players) await player.forgetEvents();
    for (const { name, answer } of outages) endpoints.set(name, answer(site));
    // By then their tokens are over, and nothing can be fetched any more.
    // Each outage ends as soon as it has been noticed.
    await Promise.all(
      outages.map(async ({ name, code }, index) => {
        await expect
          .poll(() => players[index]?.eventNames('tokenerror'), { timeout: 30_000 })
          .toContain(`tokenerror ${code}`);
        endpoints.set(name);
      }),
    );
    const buffered = BUFFER_SECONDS + 12;
    for (const player of players) {
      await player.reaches(buffered);
      expect(await player.eventNames(...INTERRUPTIONS)).toEqual([]);
      expect(await player.alert()).toBeUndefined();
      expect(await player.run((element) => element.tokenState)).toMatch(/valid|renewing/);
    }
    for (const { name } of outages) expect(endpoints.count(name)).toBeLessThan(30);
    expect(new Traffic(site.stream, SAMPLE_UIDS.pathToken).refusals()).toEqual([]);
  });
}
