import type { Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { giveToken, type TestSite, type TokenEndpoint } from '../support/test-site.js';
import { openPlayers, SMALL_PICTURE, type Player } from './support/player.js';
import { Secrets } from './support/secrets.js';
import { expect, test as siteTest } from './support/site-test.js';

/** Every one of these tests ends with a look for tokens where none may be. */
const test = siteTest.extend<{ secrets: Secrets }>({
  secrets: [
    async ({ page }, use) => {
      const secrets = await Secrets.watch(page);
      await use(secrets);
      await secrets.expectKept();
    },
    { auto: true },
  ],
});

const UID = SAMPLE_UIDS.pathToken;

/** A payload that is no JSON, in the form of a token. */
const UNREADABLE = 'eyJhbGciOiJSUzI1NiJ9.eyJub3QganNvbg.c2lnbmF0dXJl';

interface EndpointTrouble {
  readonly what: string;
  readonly endpoint: TokenEndpoint;
  readonly code: string;
  /** Of the answer, where that is an error. */
  readonly status?: number;
  readonly words: string;
}

const UNREACHABLE = 'The video cannot be reached at the moment. Check your connection.';
const REFUSED = 'This site did not allow the video to be played. You may have to sign in.';
const BUSY = 'This site is busy. The video goes on as soon as it answers.';
const FORBIDDEN = 'You are not allowed to watch this video from here.';
const NO_PERMISSION = 'This site gave no valid permission to play the video.';
const UNREADABLE_PERMISSION = 'The permission to play this video cannot be read.';
const OTHER_VIDEO = 'The permission is for another video.';

const ENDPOINT_TROUBLES: readonly EndpointTrouble[] = [
  {
    what: 'an endpoint whose connection breaks',
    endpoint: ({ response }) => void response.destroy(),
    code: 'endpoint-unreachable',
    words: UNREACHABLE,
  },
  ...[401, 403, 404].map((status) => ({
    what: `an endpoint that answers ${status}`,
    endpoint: answering(status, '{}'),
    code: 'endpoint-refused',
    status,
    words: REFUSED,
  })),
  ...[429, 500].map((status) => ({
    what: `an endpoint that answers ${status}`,
    endpoint: answering(status, '{}'),
    code: 'endpoint-refused',
    status,
    words: BUSY,
  })),
  {
    what: 'an endpoint that answers "success": false',
    endpoint: answering(200, '{"result":null,"success":false,"errors":[{"code":10005}]}'),
    code: 'endpoint-refused',
    words: REFUSED,
  },
  {
    what: 'an endpoint that leads to a log-in page',
    endpoint: answering(200, '<!doctype html><title>Log in</title>'),
    code: 'endpoint-malformed',
    words: NO_PERMISSION,
  },
  {
    what: 'an empty answer',
    endpoint: answering(200, ''),
    code: 'endpoint-malformed',
    words: NO_PERMISSION,
  },
  {
    what: 'an answer without a token',
    endpoint: answering(200, '{"result":{},"success":true,"errors":[],"messages":[]}'),
    code: 'endpoint-malformed',
    words: NO_PERMISSION,
  },
  {
    what: 'a token that cannot be read',
    endpoint: ({ answer }) => answer(UNREADABLE),
    code: 'token-malformed',
    words: UNREADABLE_PERMISSION,
  },
  {
    what: 'a token that has expired',
    endpoint: async ({ sign, answer }) => answer(await sign({ exp: inSeconds(-60) })),
    code: 'token-expired',
    words: 'The permission to play this video has ended.',
  },
  {
    what: 'a token for another video',
    endpoint: async ({ sign, answer }) => answer(await sign({ sub: SAMPLE_UIDS.public })),
    code: 'token-wrong-video',
    words: OTHER_VIDEO,
  },
];

for (const { what, endpoint, code, status, words } of ENDPOINT_TROUBLES) {
  test(`${what} is told, and playback starts when it is over`, async ({ page, site }) => {
    site.endpoint = endpoint;
    const player = await open(page, site, 'hls');
    await expectTold(page, player, code, words);
    expect(await player.run((element) => element.error?.cause.status)).toBe(status);
    expect(await player.eventNames('tokenerror')).toContain(`tokenerror ${code}`);
    await expectTryAgainStarts(page, site, player);
  });
}

test('a port that nobody listens on', async ({ page, site }) => {
  const player = await open(page, site, 'hls', { 'token-endpoint': 'http://localhost:9/token' });
  await expectTold(page, player, 'endpoint-unreachable', UNREACHABLE);
  await player.run((element) => element.setAttribute('token-endpoint', '/token'));
  await expectPlaying(page, player);
});

test('an outage is got over without anybody doing anything', async ({ page, site }) => {
  site.endpoint = answering(503, 'down');
  const player = await open(page, site, 'iframe');
  await expectTold(page, player, 'endpoint-refused', BUSY);
  site.endpoint = giveToken;
  await expectPlaying(page, player);
});

test('the button works in the moment in which it appears', async ({ page, site }) => {
  site.endpoint = (exchange) =>
    exchange.count === 1 ? exchange.send(401, '') : giveToken(exchange);
  await page.addInitScript(() => {
    document.addEventListener(
      'error',
      ({ target }) => {
        if (!(target instanceof HTMLElement)) return;
        void Promise.resolve().then(() => target.shadowRoot?.querySelector('button')?.click());
      },
      true,
    );
  });
  const player = await open(page, site, 'hls');
  await expectPlaying(page, player);
  expect(await player.eventNames('error')).toEqual(['error endpoint-refused']);
});

test('nobody to ask for a token', async ({ page, site }) => {
  const player = await open(page, site, 'hls', { 'token-endpoint': '' });
  await expectTold(
    page,
    player,
    'token-missing',
    'This video needs a permission that this page does not give.',
  );
  const token = await site.stream.signToken({ sub: UID, exp: inSeconds(3600) });
  await player.run((element, text) => (element.token = text), token);
  await expectPlaying(page, player);
});

interface PageTrouble {
  readonly what: string;
  readonly token: (site: TestSite) => string | Promise<string>;
  readonly code: string;
  readonly words: string;
}

const PAGE_TROUBLES: readonly PageTrouble[] = [
  {
    what: 'is no token',
    token: () => 'not a token',
    code: 'token-malformed',
    words: UNREADABLE_PERMISSION,
  },
  {
    what: 'cannot be read',
    token: () => UNREADABLE,
    code: 'token-malformed',
    words: UNREADABLE_PERMISSION,
  },
  {
    what: 'is for another video',
    token: (site) => site.stream.signToken({ sub: 'x' }),
    code: 'token-wrong-video',
    words: OTHER_VIDEO,
  },
];

for (const { what, token, code, words } of PAGE_TROUBLES) {
  test(`a token in the page that ${what}, and nobody to ask`, async ({ page, site }) => {
    const attributes = { 'token-endpoint': '', token: await token(site) };
    const player = await open(page, site, 'hls', attributes);
    await expectTold(page, player, code, words);
    await player.run((element) => (element.tokenEndpoint = '/token'));
    await expectPlaying(page, player);
  });
}

for (const name of ['hls', 'iframe'] as const) {
  test(`${name}: a token that begins later: says when, and starts then`, async ({ page, site }) => {
    site.endpoint = async ({ sign, answer }) => answer(await sign({ nbf: inSeconds(6) }));
    const player = await open(page, site, name);
    await expectTold(page, player, 'token-not-yet-valid', /This video starts at .*\d/);
    expect(await player.run((element) => element.tokenState)).toBe('early');
    // The vendor's code needs no token.
    const kinds = site.stream.requests.list().map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== 'sdk')).toEqual([]);
    await expectPlaying(page, player);
    expect(site.tokenRequests).toBe(1);
    expect(site.stream.requests.list().filter(({ status }) => status >= 400)).toEqual([]);
  });

  test(`${name}: a token in the page that ends, and nobody to ask`, async ({ page, site }) => {
    const token = await site.stream.signToken({ sub: UID, exp: inSeconds(4) });
    const player = await open(page, site, name, { 'token-endpoint': '', token });
    await player.playsOn(0.5);
    await expectTold(page, player, 'token-expired', 'The permission to play this video has ended.');
    await player.run((element) => (element.tokenEndpoint = '/token'));
    await expectPlaying(page, player);
  });

  test(`${name}: the same old token again`, async ({ page, site }) => {
    const token = await site.stream.signToken({ sub: UID, exp: inSeconds(8) });
    site.endpoint = ({ answer }) => answer(token);
    const player = await open(page, site, name);
    await player.playsOn(0.5);
    await expectTold(
      page,
      player,
      'endpoint-stale',
      'The permission to play this video has ended and was not renewed.',
    );
    // Asked again and again, but never in a hot loop.
    expect(site.tokenRequests).toBeLessThan(20);
    const at = await player.position();
    await expectTryAgainStarts(page, site, player);
    expect(await player.position()).toBeGreaterThan(at - 1);
  });

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

function open(
  page: Page,
  site: TestSite,
  player: 'hls' | 'iframe',
  attributes: Readonly<Record<string, string>> = {},
  uid: string = UID,
): Promise<Player> {
  const hlsConfig = SMALL_PICTURE;
  return openPlayers(page, site, [{ uid, attributes: { player, ...attributes }, hlsConfig }]).then(
    ([first]) => {
      if (first === undefined) throw new Error('no player was opened');
      return first;
    },
  );
}

/** The viewer reads it, the page gets it as an event and as a property. */
async function expectTold(
  page: Page,
  player: Player,
  code: string,
  words: string | RegExp,
): Promise<void> {
  await expect(page.getByRole('alert')).toContainText(words, { timeout: 60_000 });
  expect(await player.eventNames('error')).toContain(`error ${code}`);
  expect(await player.run((element) => element.error?.cause.code)).toBe(code);
}

/** By keyboard. It may well begin by itself before the viewer gets there, as soon as the cause is gone. */
async function expectTryAgainStarts(
  page: Page,
  site: TestSite,
  player: Player,
  mend: () => void = () => {},
): Promise<void> {
  const button = page.getByRole('button', { name: 'Try again' });
  await expect(button).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(button).toBeFocused();
  mend();
  site.endpoint = giveToken;
  await page.keyboard.press('Enter');
  await expectPlaying(page, player);
}

async function expectPlaying(page: Page, player: Player): Promise<void> {
  await player.playsOn(0.5);
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await player.run((element) => element.error)).toBeNull();
}

function answering(status: number, body: string): TokenEndpoint {
  return ({ send }) => send(status, body, { 'content-type': 'application/json' });
}

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
