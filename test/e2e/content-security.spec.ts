import type { Page } from '@playwright/test';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { TestSite } from '../support/test-site.js';
import { openSite, Player } from './support/player.js';
import { expect, test } from './support/site-test.js';

const SDK_ORIGIN = 'https://embed.cloudflarestream.com';
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

declare global {
  interface Window {
    violations: string[];
  }
}

/** The directives that the README names, and nothing else. */
function writePolicy(
  { stream: { origins } }: TestSite,
  policies = 'signed-stream',
  images = 'data:',
): Record<string, string> {
  const directives = [
    "default-src 'none'",
    `script-src 'self' ${SDK_ORIGIN}`,
    // The test page's own styles and icon; the element needs neither.
    "style-src 'self'",
    `img-src ${images}`,
    `connect-src 'self' ${origins.delivery}`,
    `frame-src ${origins.delivery}`,
    'media-src blob:',
    "require-trusted-types-for 'script'",
    `trusted-types ${policies}`,
  ];
  return { 'content-security-policy': directives.join('; ') };
}

/** Opens a page under its headers, with the element in it as a page's own script would make it. */
async function open(
  page: Page,
  site: TestSite,
  attributes: Readonly<Record<string, string>>,
  autoplay = true,
): Promise<Player> {
  await page.addInitScript(() => {
    window.violations = [];
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      window.violations.push(`${effectiveDirective} ${blockedURI} ${sample}`);
    });
  });
  // The SDK at the vendor's address, which is what a page under a policy names.
  const sdk = await (await fetch(site.stream.sdkUrl)).text();
  await page.route(`${SDK_ORIGIN}/**`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: sdk }),
  );
  await openSite(page, site);
  const all = {
    id: 'player',
    'video-id': SAMPLE_UIDS.ownSignature,
    'token-endpoint': '/token',
    'delivery-origin': site.stream.origins.delivery,
    ...(autoplay ? { autoplay: '' } : {}),
    muted: '',
    ...attributes,
  };
  await page.evaluate((values) => {
    const element = document.createElement('signed-stream');
    for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
    document.body.append(element);
  }, all);
  return new Player(page, 'player');
}

function violations(page: Page): Promise<string[]> {
  return page.evaluate(() => window.violations);
}

for (const name of ['hls', 'iframe']) {
  test(`${name}: plays and renews under the strictest policy`, async ({ page, site }) => {
    site.lifetimeSeconds = 600;
    site.pageHeaders = writePolicy(site);
    const player = await open(page, site, { player: name, controls: '' });
    await player.playsOn(2);
    await player.run((element) => element.renewToken());
    await player.takesTokens(2);
    await player.playsOn(4);
    expect(await violations(page)).toEqual([]);
    expect(await player.eventNames('error', 'pause')).toEqual([]);
  });

  test(`${name}: says what is wrong under the strictest policy`, async ({ page, site }) => {
    site.pageHeaders = writePolicy(site);
    site.endpoint = ({ send }) => send(403, '');
    await open(page, site, { player: name, lang: 'de' });
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByRole('button')).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });

  test(`${name}: plays and renews in a page that is isolated`, async ({ page, site }) => {
    site.lifetimeSeconds = 600;
    site.pageHeaders = ISOLATED;
    const player = await open(page, site, { player: name });
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await player.playsOn(2);
    await player.run((element) => element.renewToken());
    await player.takesTokens(2);
    await player.playsOn(4);
    expect(await player.eventNames('error', 'pause')).toEqual([]);
  });
}

test('hls: the picture of the video needs `blob:`, and nothing misses it', async ({
  page,
  site,
}) => {
  site.lifetimeSeconds = 600;
  const start = async (images: string): Promise<Player> => {
    site.pageHeaders = writePolicy(site, 'signed-stream', images);
    const player = await open(page, site, { player: 'hls', muted: '' }, false);
    await expect.poll(() => player.run((element) => element.readyState)).toBeGreaterThan(1);
    const hasPicture = (): Promise<boolean | undefined> =>
      player.run(({ shadowRoot }) => shadowRoot?.querySelector('video')?.hasAttribute('poster'));
    await expect.poll(hasPicture).toBe(true);
    return player;
  };
  await start('data: blob:');
  expect(await violations(page)).toEqual([]);
  const player = await start('data:');
  await player.run((element) => element.play());
  await player.playsOn(1);
  expect(await player.eventNames('error')).toEqual([]);
  const found = await violations(page);
  expect(found).not.toEqual([]);
  expect(found.filter((text) => !text.startsWith('img-src blob'))).toEqual([]);
});

test('iframe: two copies of the package share its policy, and it vouches for the SDK alone', async ({
  page,
  site,
}) => {
  site.pageHeaders = writePolicy(site);
  const player = await open(page, site, { player: 'iframe' });
  await player.playsOn(1);
  const shared = await page.evaluate(() => {
    const key = Symbol.for('signed-stream.script-url-policy');
    const policy: unknown = Reflect.get(globalThis, key);
    if (typeof policy !== 'object' || policy === null) return [];
    const create: unknown = Reflect.get(policy, 'createScriptURL');
    if (typeof create !== 'function') return [];
    return [
      String(Reflect.apply(create, policy, ['https://evil.test/'])),
      String(Reflect.set(globalThis, key, {})),
    ];
  });
  expect(shared).toEqual([`${SDK_ORIGIN}/embed/sdk.latest.js`, 'false']);
});

test('iframe: without its policy the viewer reads that the player is missing', async ({
  page,
  site,
}) => {
  site.pageHeaders = writePolicy(site, "'none'");
  const player = await open(page, site, { player: 'iframe' });
  await expect(page.getByRole('alert')).toBeVisible();
  expect(await player.run((element) => element.error?.cause.code)).toBe('sdk-unavailable');
});

test('iframe: markup cannot make it run a script that no policy vouches for', async ({
  page,
  site,
}) => {
  site.pageHeaders = writePolicy(site);
  const player = await open(page, site, { player: 'iframe', 'sdk-url': '/signed-stream.js?evil' });
  const evil: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('evil')) evil.push(request.url());
  });
  await expect(page.getByRole('alert')).toBeVisible();
  expect(await player.run((element) => element.error?.cause.code)).toBe('sdk-unavailable');
  expect(evil).toEqual([]);
});
