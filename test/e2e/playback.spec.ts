import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { giveToken, type TestSite } from '../support/test-site.js';
import {
  INTERRUPTIONS,
  openPlayers,
  SMALL_PICTURE,
  type Player,
  type PlayerOptions,
} from './support/player.js';
import { expect, test } from './support/site-test.js';

const LIFETIME_SECONDS = 10;

/** Every way of authorising segments, and the vendor's sample token, whose times are text. */
const VIDEOS: readonly Required<Pick<PlayerOptions, 'id' | 'uid' | 'attributes'>>[] = [
  { id: 'path-token', uid: SAMPLE_UIDS.pathToken, attributes: {} },
  { id: 'own-signature', uid: SAMPLE_UIDS.ownSignature, attributes: {} },
  { id: 'token-bound-names', uid: SAMPLE_UIDS.tokenBoundNames, attributes: {} },
  {
    id: 'text-times',
    uid: SAMPLE_UIDS.pathToken,
    attributes: { 'token-endpoint': '/token?times=text' },
  },
];

const LIVE_INPUTS: typeof VIDEOS = [
  { id: 'live-path-token', uid: SAMPLE_UIDS.livePathToken, attributes: {} },
  { id: 'live-own-signature', uid: SAMPLE_UIDS.liveOwnSignature, attributes: {} },
  { id: 'live-token-bound-names', uid: SAMPLE_UIDS.liveTokenBoundNames, attributes: {} },
];

/** hls.js plays many videos at once; each frame has a second one behind it for a while. */
const PLAYERS = [
  { name: 'hls', together: 4 },
  { name: 'iframe', together: 2 },
];

for (const { name, together } of PLAYERS) {
  for (const videos of chunk(VIDEOS, together)) {
    test(`${name}: 60 s with tokens of 10 s (${names(videos)})`, async ({ page, site }) => {
      test.setTimeout(300_000);
      await expectUndisturbed(await open(page, site, name, videos), 60);
      // A frame that is about to be exchanged may still ask with the old token; nobody notices.
      if (name === 'hls') expect(refusals(site)).toEqual([]);
    });
  }
  test(`${name}: 40 s of live input with tokens of 10 s`, async ({ page, site }) => {
    test.setTimeout(240_000);
    const videos = name === 'hls' ? LIVE_INPUTS : LIVE_INPUTS.slice(0, 2);
    await expectUndisturbed(await open(page, site, name, videos), 40);
    if (name === 'hls') expect(refusals(site)).toEqual([]);
  });
}

async function open(
  page: Parameters<typeof openPlayers>[0],
  site: TestSite,
  player: string,
  videos: typeof VIDEOS,
): Promise<Player[]> {
  site.lifetimeSeconds = LIFETIME_SECONDS;
  site.endpoint = async (exchange) => {
    if (!exchange.request.url?.includes('times=text')) return giveToken(exchange);
    const nowSeconds = Math.floor(Date.now() / 1000);
    const times = { exp: String(nowSeconds + LIFETIME_SECONDS), nbf: String(nowSeconds - 3600) };
    exchange.answer(await exchange.sign(times));
  };
  return openPlayers(
    page,
    site,
    videos.map(({ id, uid, attributes }) => ({
      id,
      uid,
      attributes: { ...attributes, player },
      hlsConfig: SMALL_PICTURE,
    })),
  );
}

/** Plays so much of each; five renewals at least, and nothing that a viewer might notice. */
async function expectUndisturbed(players: readonly Player[], seconds: number): Promise<void> {
  for (const player of players) await player.playsOn(0.5);
  const starts = await Promise.all(players.map((player) => player.position()));
  for (const player of players) await player.forgetEvents();
  for (let played = 20; played <= seconds; played += 20) {
    for (const [index, player] of players.entries()) {
      await player.reaches((starts[index] ?? 0) + played);
    }
  }
  for (const player of players) {
    expect.soft(await player.eventNames(...INTERRUPTIONS, 'tokenerror'), player.id).toEqual([]);
    const renewals = await player.eventNames('tokenchange');
    expect.soft(renewals.length, player.id).toBeGreaterThanOrEqual(5);
    expect.soft(await player.largestJump(), player.id).toBeLessThan(1);
    expect.soft(await player.largestStepBack(), player.id).toBeLessThan(0.5);
  }
}

function refusals(site: TestSite): string[] {
  return site.stream.requests
    .list()
    .filter(({ status }) => status >= 400)
    .map(({ status, kind, path }) => `${status} ${kind} ${path}`);
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size));
}

function names(videos: typeof VIDEOS): string {
  return videos.map(({ id }) => id).join(', ');
}
