import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { SignedStreamElement } from '../../src/index.js';
import { giveToken, type TestSite } from '../support/test-site.js';
import { countTimers, expectNothingRuns } from './support/leftovers.js';
import { INTERRUPTIONS, openPlayers, SMALL_PICTURE, type Player } from './support/player.js';
import { expect, test } from './support/site-test.js';
import { Traffic } from './support/traffic.js';

/** Where an element may be in its life when the page takes it away. */
interface Moment {
  readonly what: string;
  readonly player: 'hls' | 'iframe';
  readonly uid?: string;
  /** What makes the moment last; goes away before the element comes back. */
  readonly arrange?: (site: TestSite) => void;
  readonly arrives: (player: Player, site: TestSite) => Promise<void>;
  /** Between two attempts: nothing is under way, and nothing is asked for from then on. */
  readonly rests?: boolean;
}

const hanging =
  (kind: Parameters<TestSite['stream']['faults']['add']>[0]['kind']) =>
  (site: TestSite): void =>
    void site.stream.faults.add({ kind, hang: true });

/** Has all requests of a kind hang from now on, and waits until one does. */
async function hangs(site: TestSite, kind: Parameters<typeof hanging>[0]): Promise<void> {
  hanging(kind)(site);
  const open = (): string[] =>
    site.stream.requests
      .list()
      .filter(({ state }) => state === 'open')
      .map((request) => request.kind);
  await expect
    .poll(open, { message: 'requests under way', intervals: [50], timeout: 30_000 })
    .toContain(kind);
}

const asked =
  (kind: string) =>
  async (_player: Player, site: TestSite): Promise<void> => {
    const kinds = (): string[] => site.stream.requests.list().map((request) => request.kind);
    await expect.poll(kinds, { intervals: [50], timeout: 30_000 }).toContain(kind);
  };

const MOMENTS: readonly Moment[] = [
  { what: 'at once', player: 'hls', arrives: async () => {} },
  { what: 'at once', player: 'iframe', arrives: async () => {} },
  {
    what: 'while its token is asked for',
    player: 'hls',
    arrange: (site) => (site.endpoint = () => {}),
    arrives: (_player, site) => expect.poll(() => site.tokenRequests).toBe(1),
  },
  {
    what: 'between two attempts to get a token',
    player: 'iframe',
    arrange: (site) => (site.endpoint = ({ send }) => send(500, '')),
    arrives: async (player) => {
      await expect.poll(() => player.alert(), { timeout: 30_000 }).toBeDefined();
    },
  },
  {
    what: 'while the SDK is being loaded',
    player: 'iframe',
    arrange: (site) => void site.stream.faults.add({ kind: 'sdk', delayMs: 1500 }),
    arrives: asked('sdk'),
  },
  {
    what: 'while the SDK cannot be loaded',
    player: 'iframe',
    arrange: (site) => void site.stream.faults.add({ kind: 'sdk', drop: 'before' }),
    arrives: asked('sdk'),
  },
  {
    what: 'while its frame is being loaded',
    player: 'iframe',
    arrange: hanging('player'),
    arrives: asked('player'),
  },
  {
    what: 'while the manifest is asked for',
    player: 'hls',
    arrange: hanging('multivariant'),
    arrives: asked('multivariant'),
  },
  {
    what: 'while segments are asked for',
    player: 'hls',
    arrange: hanging('segment'),
    arrives: asked('segment'),
  },
  ...(['hls', 'iframe'] as const).map((player): Moment => ({
    what: 'while Stream refuses everything',
    player,
    rests: true,
    arrange: (site) => void site.stream.faults.add({ kind: 'multivariant', status: 403 }),
    arrives: async (taken) => {
      await expect.poll(() => taken.alert(), { timeout: 30_000 }).toBeDefined();
    },
  })),
  {
    what: 'while it looks for what is wrong with the player',
    player: 'iframe',
    arrange: (site) => {
      const accessRules = [{ type: 'any', action: 'block' }];
      site.endpoint = async ({ videoId, count, answer }) => {
        const exp = Math.floor(Date.now() / 1000) + 3600 + count;
        answer(await site.stream.signToken({ sub: videoId, exp, accessRules }));
      };
      site.stream.faults.add({ kind: 'multivariant', hang: true });
    },
    arrives: asked('multivariant'),
  },
  {
    what: 'while it plays',
    player: 'hls',
    arrange: (site) => (site.lifetimeSeconds = 6),
    arrives: (player) => player.playsOn(1),
  },
  {
    what: 'while it plays',
    player: 'iframe',
    arrange: (site) => (site.lifetimeSeconds = 30),
    arrives: (player) => player.playsOn(1),
  },
  ...(['hls', 'iframe'] as const).map((player): Moment => ({
    what: 'while its token is renewed',
    player,
    arrange: (site) => {
      site.lifetimeSeconds = 6;
      site.endpoint = (exchange) => (exchange.count === 1 ? giveToken(exchange) : undefined);
    },
    arrives: async (_player, site) => {
      await expect.poll(() => site.tokenRequests, { intervals: [50], timeout: 30_000 }).toBe(2);
    },
  })),
  ...(['multivariant', 'rendition'] as const).map((kind): Moment => ({
    what: `while the ${kind} list of a renewed token is asked for`,
    player: 'hls',
    uid: SAMPLE_UIDS.ownSignature,
    arrange: (site) => (site.lifetimeSeconds = 6),
    arrives: async (player, site) => {
      await player.playsOn(0.5);
      await hangs(site, kind);
    },
  })),
  {
    what: 'while players are being exchanged',
    player: 'iframe',
    arrange: (site) => (site.lifetimeSeconds = 6),
    arrives: async (player) => {
      const frames = (): Promise<number> =>
        player.run((element) => element.shadowRoot?.querySelectorAll('iframe').length ?? 0);
      await expect.poll(frames, { intervals: [50], timeout: 30_000 }).toBe(2);
    },
  },
  {
    what: 'while it is paused',
    player: 'iframe',
    arrange: (site) => (site.lifetimeSeconds = 6),
    arrives: async (player) => {
      await player.playsOn(0.5);
      await player.run((element) => element.pause());
    },
  },
];

test('of two with one token, one is taken away while it is renewed: the other one plays on', async ({
  page,
  site,
}) => {
  site.lifetimeSeconds = 6;
  let answerNow: () => void = () => {};
  const mayAnswer = new Promise<void>((resolve) => (answerNow = resolve));
  site.endpoint = async (exchange) => {
    if (exchange.count === 2) await mayAnswer;
    await giveToken(exchange);
  };
  const uid = SAMPLE_UIDS.ownSignature;
  const [taken, left] = await openPlayers(
    page,
    site,
    ['taken', 'left'].map((id) => ({
      id,
      uid,
      attributes: { player: 'hls' },
      hlsConfig: SMALL_PICTURE,
    })),
  );
  if (left === undefined) throw new RangeError('a player is missing');
  for (const player of [taken, left]) await player.playsOn(0.5);
  await left.forgetEvents();
  await expect.poll(() => site.tokenRequests, { intervals: [50], timeout: 30_000 }).toBe(2);
  await taken.run((element) => element.remove());
  answerNow();
  await left.takesTokens(1);
  // The question that was under way is answered to who is left.
  expect(site.tokenRequests).toBe(2);
  await left.takesTokens(2);
  await left.playsOn(4);

  expect(await left.events(...INTERRUPTIONS, 'tokenerror')).toEqual([]);
  expect(await left.alert()).toBeUndefined();
  expect(new Traffic(site.stream, uid).refusals()).toEqual([]);
});

for (const {
  what,
  player: name,
  uid = SAMPLE_UIDS.pathToken,
  arrange,
  arrives,
  rests,
} of MOMENTS) {
  test(`${name}: taken away ${what}, and put back`, async ({ page, site }) => {
    await page.addInitScript(countTimers);
    arrange?.(site);
    const [player] = await openPlayers(page, site, [
      { uid, attributes: { player: name }, hlsConfig: SMALL_PICTURE },
    ]);
    if (player === undefined) throw new Error('no player was opened');
    await arrives(player, site);
    const errors = await player.eventNames('error');
    const { tokenRequests } = site;
    const kept = await page.locator('#player').evaluateHandle((element) => {
      const heard: string[] = [];
      for (const type of ['tokenchange', 'tokenerror', 'error']) {
        element.addEventListener(type, () => heard.push(type));
      }
      element.remove();
      return { element, heard };
    });
    await expectNothingRuns(page, site);
    if (rests === true) expect(site.tokenRequests).toBe(tokenRequests);
    expect(await kept.evaluate(({ heard }) => heard)).toEqual([]);
    site.endpoint = giveToken;
    site.stream.faults.clear();
    await kept.evaluate(({ element }) => document.body.append(element));
    await player.playsOn(0.5);
    expect(await player.alert()).toBeUndefined();
    expect(await player.eventNames('error')).toEqual(errors);
  });
}

for (const name of ['hls', 'iframe'] as const) {
  test(`${name}: sound and speed are as they were while it is away, and when it is back`, async ({
    page,
    site,
  }) => {
    const [player] = await openPlayers(page, site, [
      { uid: SAMPLE_UIDS.pathToken, attributes: { player: name }, hlsConfig: SMALL_PICTURE },
    ]);
    await player.playsOn(0.5);
    const read = () =>
      player.run(({ volume, muted, playbackRate }) => ({ volume, muted, playbackRate }));
    const set = { volume: 0.2, muted: true, playbackRate: 1.5 };
    await player.run((element, values) => Object.assign(element, values), set);
    await expect.poll(read).toEqual(set);
    const element = await page.locator('#player').evaluateHandle(async (node) => {
      const emptied = new Promise((resolve) => node.addEventListener('emptied', resolve));
      node.remove();
      await emptied;
      return node as SignedStreamElement;
    });
    const away = await element.evaluate(({ volume, muted, playbackRate }) => {
      return { volume, muted, playbackRate };
    });
    expect(away).toEqual(set);
    await element.evaluate((node) => document.body.append(node));
    await player.playsOn(0.5);
    expect(await read()).toEqual(set);
  });
}

test('what is changed while it is moved within the page counts', async ({ page, site }) => {
  const [player] = await openPlayers(page, site, [
    { uid: SAMPLE_UIDS.pathToken, attributes: { player: 'hls' }, hlsConfig: SMALL_PICTURE },
  ]);
  await player.playsOn(0.5);
  await player.run(async (element, uid) => {
    element.remove();
    element.videoId = uid;
    // Sooner than what is taken away for good is given up.
    await element.updateComplete;
    document.body.append(element);
  }, SAMPLE_UIDS.ownSignature);
  await player.playsOn(0.5);
  expect(await player.run((element) => element.claims?.sub)).toBe(SAMPLE_UIDS.ownSignature);
});
