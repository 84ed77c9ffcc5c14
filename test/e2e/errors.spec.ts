import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { giveToken, type TestSite, type TokenEndpoint } from '../support/test-site.js';
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
    const press = (_changes: readonly MutationRecord[], observer: MutationObserver): void => {
      const button = document.querySelector('#player')?.shadowRoot?.querySelector('button');
      if (!button) return;
      observer.disconnect();
      button.click();
    };
    document.addEventListener(
      'error',
      ({ target }) => {
        const root = target instanceof HTMLElement ? target.shadowRoot : null;
        if (root === null) return;
        new MutationObserver(press).observe(root, { childList: true, subtree: true });
      },
      { capture: true, once: true },
    );
  });
  const player = await open(page, site, 'hls');
  await expectPlaying(page, player);
  expect(await player.eventNames('error')).toEqual(['error endpoint-refused']);
  // It was the click that asked again: the element's own next try is no wish of anybody's.
  expect(await player.eventNames('tokenchange')).toEqual(['tokenchange manual']);
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
    await player.starvesWithoutToken();
    await expectTold(page, player, 'token-expired', 'The permission to play this video has ended.');
    await player.run((element) => (element.tokenEndpoint = '/token'));
    await expectPlaying(page, player);
  });

  test(`${name}: the same old token again`, async ({ page, site }) => {
    const token = await site.stream.signToken({ sub: UID, exp: inSeconds(8) });
    site.endpoint = ({ answer }) => answer(token);
    const player = await open(page, site, name);
    await player.playsOn(0.5);
    await player.starvesWithoutToken();
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
}

function answering(status: number, body: string): TokenEndpoint {
  return ({ send }) => send(status, body, { 'content-type': 'application/json' });
}
