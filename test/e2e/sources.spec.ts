import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { TestSite } from '../support/test-site.js';
import { connect, createElement } from './support/create-element.js';
import { openPlayers, openSite, Player, SMALL_PICTURE } from './support/player.js';
import { expect, test } from './support/site-test.js';

const UID = SAMPLE_UIDS.pathToken;

const SHAPES: readonly (readonly [string, (token: string) => string])[] = [
  ['envelope', (token) => JSON.stringify({ result: { token }, success: true, errors: [] })],
  ['object', (token) => JSON.stringify({ token })],
  ['string', (token) => JSON.stringify(token)],
  ['text', (token) => token],
  ['text with white space', (token) => `\n ${token} \r\n`],
];

test('every shape of answer that holds a token is understood', async ({ page, site }) => {
  site.endpoint = async ({ request, sign, send }) => {
    const shape = Number(/shape=(\d)/.exec(request.url ?? '')?.[1]);
    const write = SHAPES[shape]?.[1];
    // An honest content type is not asked for.
    if (write !== undefined) send(200, write(await sign()), { 'content-type': 'text/plain' });
  };
  const players = await openPlayers(
    page,
    site,
    SHAPES.map((_, shape) => ({
      uid: UID,
      id: `shape-${shape}`,
      attributes: { player: 'hls', 'token-endpoint': `/token?shape=${shape}` },
      hlsConfig: SMALL_PICTURE,
    })),
  );
  for (const [index, player] of players.entries()) {
    await expect
      .poll(() => player.run((element) => element.readyState), { message: `${SHAPES[index]?.[0]}` })
      .toBeGreaterThan(0);
  }
  expect(site.tokenRequests).toBe(SHAPES.length);
});

const ADDRESSES = [
  ['/token', '/token?video-id=<id>'],
  ['/token?a=1', '/token?a=1&video-id=<id>'],
  ['/token?of={video-id}&a=1', '/token?of=<id>&a=1'],
] as const;

for (const [endpoint, asked] of ADDRESSES) {
  test(`the video's id is put where ${endpoint} wants it`, async ({ page, site }) => {
    const urls: string[] = [];
    site.endpoint = async ({ request, sign, answer }) => {
      urls.push(`${request.method} ${request.url}`);
      answer(await sign({ sub: UID }));
    };
    const player = await open(page, site, { 'token-endpoint': endpoint });
    await player.playsOn(0.3);
    expect(urls).toEqual([`GET ${asked.replace('<id>', UID)}`]);
  });
}

test('by post the id is in the body, and the address stays as it is', async ({ page, site }) => {
  const asked: unknown[] = [];
  site.endpoint = async ({ request, body, sign, answer }) => {
    const { method, url, headers } = request;
    asked.push({ method, url, type: headers['content-type'], body: JSON.parse(body) });
    answer(await sign({ sub: UID }));
  };
  const player = await open(page, site, { 'token-method': 'post' });
  await player.playsOn(0.3);
  expect(asked).toEqual([
    { method: 'POST', url: '/token', type: 'application/json', body: { videoId: UID } },
  ]);
});

for (const [credentials, cookie] of [
  ['same-origin', 'session=1'],
  ['omit', undefined],
] as const) {
  test(`credentials ${credentials}: a cookie ${cookie ?? 'is not'} sent`, async ({
    page,
    site,
  }) => {
    const cookies: unknown[] = [];
    site.endpoint = async ({ request, sign, answer }) => {
      cookies.push(request.headers.cookie);
      answer(await sign());
    };
    await page.context().addCookies([{ name: 'session', value: '1', url: site.url }]);
    const player = await open(page, site, { 'token-credentials': credentials });
    await player.playsOn(0.3);
    expect(cookies).toEqual([cookie]);
  });
}

for (const [credentials, cookie] of [
  ['same-origin', undefined],
  ['include', 'session=1'],
] as const) {
  test(`an endpoint of another origin, credentials ${credentials}`, async ({ page, site }) => {
    const other = await startEndpoint(site);
    try {
      await page.context().addCookies([{ name: 'session', value: '1', url: site.url }]);
      const attributes = { 'token-endpoint': other.url, 'token-credentials': credentials };
      const player = await open(page, site, attributes);
      await player.playsOn(0.3);
      expect(other.asked.map((headers) => headers.cookie)).toEqual([cookie]);
      expect(site.tokenRequests).toBe(0);
    } finally {
      other.close();
    }
  });
}

test('headers of the page go along', async ({ page, site }) => {
  const seen: unknown[] = [];
  site.endpoint = async ({ request, sign, answer }) => {
    seen.push(request.headers['x-session']);
    answer(await sign());
  };
  await openSite(page, site);
  const element = await createElement(page, playing(site));
  await element.evaluate((node) => (node.tokenHeaders = { 'x-session': 'of-the-page' }));
  await connect(element);
  await new Player(page, 'player').playsOn(0.3);
  expect(seen).toEqual(['of-the-page']);
});

for (const player of ['hls', 'iframe']) {
  test(`${player}: an endpoint that wants a cookie and a header gets both for every token`, async ({
    page,
    site,
  }) => {
    site.lifetimeSeconds = 5;
    site.endpoint = async ({ request: { headers }, sign, answer, send }) => {
      if (headers.cookie === 'session=1' && headers['x-session'] === '7') answer(await sign());
      else send(401, '');
    };
    await page.context().addCookies([{ name: 'session', value: '1', url: site.url }]);
    await openSite(page, site);
    const element = await createElement(page, playing(site, { player }));
    await element.evaluate((node, hlsConfig) => {
      Object.assign(node, { tokenHeaders: { 'x-session': '7' }, hlsConfig });
    }, SMALL_PICTURE);
    await connect(element);
    const seen = new Player(page, 'player');
    await seen.takesTokens(3);
    await seen.playsOn(1);
    expect(await seen.eventNames('error', 'tokenerror', 'emptied')).toEqual([]);
  });
}

test('a function of the page gives tokens, and renews them', async ({ page, site }) => {
  site.lifetimeSeconds = 5;
  await openSite(page, site);
  const element = await createElement(page, playing(site, { 'token-endpoint': '' }));
  await element.evaluate((node, hlsConfig) => {
    const asked: string[] = [];
    Object.assign(node, { hlsConfig, asked });
    node.tokenProvider = async ({ videoId, reason, signal }) => {
      asked.push(`${reason} ${videoId}`);
      const answer = await fetch(`/token?video-id=${videoId}`, { signal });
      const { result }: { result: { token: string } } = await answer.json();
      return result.token;
    };
  }, SMALL_PICTURE);
  await connect(element);
  const player = new Player(page, 'player');
  await player.takesTokens(3);
  await player.playsOn(1);
  const asked: unknown = await element.evaluate((node) => Reflect.get(node, 'asked'));
  expect(asked).toEqual(
    expect.arrayContaining([`initial ${UID}`, `scheduled ${UID}`, `scheduled ${UID}`]),
  );
  expect(await player.eventNames('error', 'tokenerror')).toEqual([]);
});

const UNREACHABLE = 'The video cannot be reached at the moment. Check your connection.';
const NO_PERMISSION = 'This site gave no valid permission to play the video.';

for (const [what, code, words] of [
  ['rejects', 'endpoint-unreachable', UNREACHABLE],
  ['throws', 'endpoint-unreachable', UNREACHABLE],
  ['gives no text', 'endpoint-malformed', NO_PERMISSION],
  ['gives garbage', 'endpoint-malformed', NO_PERMISSION],
] as const) {
  test(`a function of the page that ${what}`, async ({ page, site }) => {
    await openSite(page, site);
    const element = await createElement(page, playing(site, { 'token-endpoint': '' }));
    await element.evaluate((node, how) => {
      const tokenProvider = (): unknown => {
        if (how === 'rejects') return Promise.reject(new Error('no'));
        if (how === 'throws') throw new Error('no');
        return how === 'gives garbage' ? 'garbage' : 42;
      };
      Object.assign(node, { tokenProvider });
    }, what);
    await connect(element);
    await expect(page.getByRole('alert')).toContainText(words, { timeout: 30_000 });
    const player = new Player(page, 'player');
    expect(await player.eventNames('error')).toEqual([`error ${code}`]);
    expect(await player.eventNames('tokenerror')).toContain(`tokenerror ${code}`);
    const token = await site.stream.signToken({ sub: UID, exp: inSeconds(3600) });
    await element.evaluate((node, text) => (node.tokenProvider = () => text), token);
    await player.playsOn(0.3);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}

test('with a token in the page nobody is asked, until it has to be renewed', async ({
  page,
  site,
}) => {
  const token = await site.stream.signToken({ sub: UID, exp: inSeconds(8) });
  const player = await open(page, site, { token });
  await player.playsOn(0.3);
  expect(await player.eventNames('tokenchange')).toEqual(['tokenchange initial']);
  expect(site.tokenRequests).toBe(0);
  await player.takesTokens(2);
  expect(await player.eventNames('tokenchange')).toEqual([
    'tokenchange initial',
    'tokenchange scheduled',
  ]);
  expect(site.tokenRequests).toBe(1);
  await player.playsOn(1);
});

test('a token in the page that is over, or cannot be read, is not used', async ({ page, site }) => {
  const over = await site.stream.signToken({ sub: UID, exp: inSeconds(-60) });
  for (const token of [over, 'garbage']) {
    site.reset();
    const player = await open(page, site, { token });
    await player.playsOn(0.3);
    expect(site.tokenRequests).toBe(1);
    expect(await player.eventNames('error', 'tokenerror')).toEqual([]);
    expect(site.stream.requests.list().filter(({ status }) => status >= 400)).toEqual([]);
  }
});

test('a page can have its token renewed at once', async ({ page, site }) => {
  const player = await open(page, site, {});
  await player.playsOn(0.3);
  await player.forgetEvents();
  const before = await player.run((element) => element.expiresAt?.getTime());
  site.lifetimeSeconds = 7200;
  await player.run((element) => element.renewToken());
  expect(await player.eventNames('tokenchange')).toEqual(['tokenchange manual']);
  expect(await player.run((element) => element.expiresAt?.getTime())).toBeGreaterThan(before ?? 0);
  site.endpoint = ({ send }) => send(403, '');
  const failure = await player.run((element) =>
    element.renewToken().catch(({ code, status }) => ({ code, status })),
  );
  expect(failure).toEqual({ code: 'endpoint-refused', status: 403 });
  await player.playsOn(1);
  expect(await player.alert()).toBeUndefined();
});

test('where the token allows it, the video can be downloaded', async ({ page, site }) => {
  site.endpoint = async ({ sign, answer }) => answer(await sign({ downloadable: true }));
  const player = await open(page, site, {});
  await player.playsOn(0.3);
  const url = await player.run((element) => element.downloadUrl);
  const download = await page.request.get(`${url}`);
  expect(download.headers()['content-type']).toBe('video/mp4');
});

function playing(site: TestSite, attributes: Readonly<Record<string, string>> = {}): string {
  return site.tag(UID, { id: 'player', player: 'hls', muted: '', autoplay: '', ...attributes });
}

async function open(
  page: Page,
  site: TestSite,
  attributes: Readonly<Record<string, string>>,
): Promise<Player> {
  const [player] = await openPlayers(page, site, [
    { uid: UID, attributes: { player: 'hls', ...attributes }, hlsConfig: SMALL_PICTURE },
  ]);
  if (player === undefined) throw new Error('no player was opened');
  return player;
}

/** An endpoint of its own origin, which lets the test's page ask with credentials. */
async function startEndpoint(
  site: TestSite,
): Promise<{ url: string; asked: IncomingHttpHeaders[]; close: () => void }> {
  const asked: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers);
    response.setHeader('access-control-allow-origin', new URL(site.url).origin);
    response.setHeader('access-control-allow-credentials', 'true');
    void site.stream
      .signToken({ sub: UID, exp: inSeconds(3600) })
      .then((token) => response.end(token));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://localhost:${port}/token`, asked, close };
}

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
