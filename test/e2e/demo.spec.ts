import { expect as expectSoon, test, type Page } from '@playwright/test';
import { startDemo, type Demo } from '../../demo/server/start-demo.js';
import { NO_FAULTS, type EndpointFault } from '../../demo/shared/faults.js';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { startLocalStream } from '../../demo/stream/start.js';
import { findViolations } from './support/axe.js';
import { expectPlaying, findCard, findFact, PLAYERS } from './support/demo-page.js';

// Two players on a busy machine need their time to start.
const expect = expectSoon.configure({ timeout: 30_000 });

let demo: Demo;

test.beforeAll(async () => {
  demo = await startDemo();
});
test.afterAll(() => demo.close());
test.beforeEach(async ({ request }) => {
  await request.patch(`${demo.url}api/faults`, { data: NO_FAULTS });
});

/**
 * What the browser complains of. A refusal inside Stream's frame is not the page's: the frame that
 * plays goes on asking with its own token until the next one takes over.
 */
function listenToComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    if (response.status() < 400 || response.frame() !== page.mainFrame()) return;
    complaints.push(`${response.status()} ${new URL(response.url()).pathname.split('/').at(-1)}`);
  });
  page.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning';
    if (!isComplaint || message.text().startsWith('Failed to load resource')) return;
    complaints.push(message.text());
  });
  return complaints;
}

test('both players play on while their tokens are renewed', async ({ page }) => {
  const complaints = listenToComplaints(page);
  await page.goto(`${demo.url}?lifetime=8`);
  for (const player of PLAYERS) {
    const card = findCard(page, player);
    await expect(findFact(card, 'Renewals')).toHaveText(/^[3-9]$/);
    await expectPlaying(page, player, 5);
    await expect(findFact(card, 'Stalls')).toHaveText('0');
    await expect(findFact(card, 'Picture')).toHaveText('1280 × 720');
  }
  await expect(page.locator('#log-rows [data-group="error"]')).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('the bar of a token’s life runs down, and jumps back', async ({ page }) => {
  await page.goto(`${demo.url}?player=hls&lifetime=5`);
  const bar = page.getByRole('meter');
  const read = async (): Promise<number> => Number(await bar.getAttribute('aria-valuenow'));
  await expect.poll(read).toBeGreaterThan(70);
  await expect.poll(read, { intervals: [50] }).toBeLessThan(60);
  await expect.poll(read, { intervals: [50] }).toBeGreaterThan(70);
});

test('a link restores what was chosen', async ({ page }) => {
  await page.goto(`${demo.url}?player=hls&lifetime=30&auth=own-signature&live&exp=string`);
  for (const name of ['hls.js', '30 s', 'A signature of its own', 'Live']) {
    const radio = page.locator('#settings').getByRole('radio', { name, exact: true });
    await expect(radio).toBeChecked();
  }
  await expect(page.getByRole('checkbox', { name: /Times as text/ })).toBeChecked();
  const video = page.locator('signed-stream');
  await expect(video).toHaveCount(1);
  await expect(video).toHaveAttribute('video-id', SAMPLE_UIDS.liveOwnSignature);
  await expect(video).toHaveAttribute('token-endpoint', /lifetime=30&exp=string$/);
  await expect(page.locator('#snippet')).toContainText('player="hls"');
});

test('switches change what is played, and the address', async ({ page }) => {
  await page.goto(demo.url);
  await expectPlaying(page, 'hls.js');
  await page.locator('.pill', { hasText: 'A name bound to the token' }).click();
  await page.locator('.pill', { hasText: 'hls.js' }).click();
  await expect(page).toHaveURL(/\?player=hls&auth=token-bound-names$/);
  const video = page.locator('signed-stream');
  await expect(video).toHaveCount(1);
  await expect(video).toHaveAttribute('video-id', SAMPLE_UIDS.tokenBoundNames);
  await expectPlaying(page, 'hls.js');
  await page.goBack();
  await expect(video).toHaveCount(2);
  await expect(page.getByRole('radio', { name: 'Both' })).toBeChecked();
});

test('switches work from the keyboard', async ({ page }) => {
  await page.goto(demo.url);
  const lifetimes = page.getByRole('group', { name: 'Token lifetime' });
  await lifetimes.getByRole('radio', { name: '10 s' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(lifetimes.getByRole('radio', { name: '30 s' })).toBeChecked();
  await expect(page).toHaveURL(/\?lifetime=30$/);
});

test('live plays in both players', async ({ page }) => {
  await page.goto(`${demo.url}?live&lifetime=10`);
  for (const player of PLAYERS) {
    const card = findCard(page, player);
    await expect(findFact(card, 'Picture')).toHaveText('1280 × 720');
    await expect(findFact(card, 'Renewals')).toHaveText(/^[1-9]$/);
  }
});

const MESSAGES: readonly (readonly [EndpointFault, string, RegExp])[] = [
  ['status-500', 'endpoint-refused (500)', /This site is busy/],
  ['status-429', 'endpoint-refused (429)', /This site is busy/],
  ['html', 'endpoint-malformed', /no valid permission/],
  ['no-token', 'endpoint-malformed', /no valid permission/],
  ['drop', 'endpoint-unreachable', /cannot be reached/],
  ['expired', 'token-expired', /has ended/],
  ['wrong-video', 'token-wrong-video', /for another video/],
  ['not-yet-valid', 'token-not-yet-valid', /This video starts at/],
];
for (const [fault, code, words] of MESSAGES) {
  test(`an endpoint with ${fault} is told to the viewer, and got over`, async ({ page }) => {
    demo.endpointFault = fault;
    await page.goto(`${demo.url}?player=hls`);
    await expect(page.getByRole('alert')).toHaveText(words);
    await expect(page.locator('#log-rows [data-group="error"]').first()).toContainText(code);
    await expect(page.locator('#fault-bar')).toBeVisible();
    await page.locator('#fault-bar').getByRole('button', { name: 'Back to normal' }).click();
    await expect(page.locator('#fault-bar')).toBeHidden();
    await expectPlaying(page, 'hls.js');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}

test('a fault thrown while it plays is told only when nothing is left to play', async ({
  page,
}) => {
  await page.goto(`${demo.url}?player=hls&lifetime=5`);
  await expectPlaying(page, 'hls.js');
  await page.getByRole('radio', { name: 'Answers 500' }).first().check();
  const card = findCard(page, 'hls.js');
  await expect(card.locator('.chip')).toHaveText(/Asking again/);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(async () => {
    // To the end of what is buffered; more may have come since.
    await page.locator('signed-stream').evaluate((element: HTMLVideoElement) => {
      const { buffered, currentTime } = element;
      const end = buffered.length === 0 ? 0 : buffered.end(buffered.length - 1);
      if (end - 1.5 > currentTime) element.currentTime = end - 1.5;
    });
    await expect(page.getByRole('alert')).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 60_000 });
  await page.locator('#faults').getByRole('button', { name: 'Back to normal' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0, { timeout: 60_000 });
  await expect(findFact(card, 'Buffered')).toHaveText(/[2-9] s ahead/);
});

test('a viewer may try again at once', async ({ page }) => {
  demo.endpointFault = 'html';
  await page.goto(`${demo.url}?player=hls`);
  const retry = page.getByRole('alert').getByRole('button', { name: 'Try again' });
  await retry.focus();
  await expect(retry).toBeFocused();
  // It may try again by itself before the viewer gets there.
  demo.endpointFault = null;
  await page.keyboard.press('Enter');
  await expectPlaying(page, 'hls.js');
});

test('segments that Stream refuses are told to the viewer', async ({ page }) => {
  await page.goto(demo.url);
  await page.getByRole('radio', { name: 'Refuses all segments (403)' }).check();
  await page.goto(`${demo.url}?player=hls`);
  await expect(page.getByRole('radio', { name: 'Refuses all segments (403)' })).toBeChecked();
  await expect(page.getByRole('alert')).toHaveText(/not allowed to watch/);
});

test('a revoked key and a refused segment go unnoticed', async ({ page, request }) => {
  // So that not all of the video has come before anything is refused.
  await request.patch(`${demo.url}api/faults`, { data: { ...NO_FAULTS, linkKbps: 1000 } });
  await page.goto(`${demo.url}?player=hls&lifetime=60`);
  await expectPlaying(page, 'hls.js');
  const rejected = page.getByText(/^rejected/);
  // A request that hls.js has given up by then is refused and nobody minds.
  await expect(async () => {
    await page.getByRole('button', { name: 'Refuse a segment' }).click();
    await expect(rejected.first()).toBeVisible({ timeout: 4000 });
  }).toPass({ timeout: 40_000 });
  const before = await rejected.count();
  await page.getByRole('button', { name: 'Revoke the key' }).click();
  await expect.poll(() => rejected.count()).toBeGreaterThan(before);
  await expect(findFact(findCard(page, 'hls.js'), 'Stalls')).toHaveText('0');
  await expect(page.locator('#log-rows [data-group="error"]')).toHaveCount(0);
});

test('the log shows frequent events only when asked to', async ({ page }) => {
  await page.goto(`${demo.url}?player=hls`);
  const frequent = page.locator('#log-rows li', { hasText: 'timeupdate' });
  await expect(frequent.first()).toBeAttached();
  await expect(frequent.first()).toBeHidden();
  await page.getByRole('checkbox', { name: 'timeupdate' }).check();
  await expect(frequent.first()).toBeVisible();
  await expect(page.locator('#log-rows')).toContainText('tokenchange');
  expect(await page.locator('#log-rows').innerText()).not.toContain('eyJ');
});

test('has no accessibility violations, light or dark', async ({ page }) => {
  await page.goto(demo.url);
  await page.getByRole('radio', { name: '300 kb/s' }).check();
  await expect(page.locator('#fault-bar')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await findViolations(page), colorScheme).toEqual([]);
  }
});

test('needs no sideways scrolling, however wide the window is', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  await page.goto(demo.url);
  await expectPlaying(page, 'hls.js');
  await page.getByRole('radio', { name: 'A day slow' }).check();
  const readOverflow = (): Promise<number> =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  for (const width of [320, 360, 820, 1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(readOverflow, { message: `at ${width} px`, timeout: 5000 }).toBe(0);
  }
});

test('with half an account, the page says what is missing', async ({ page }) => {
  const half = await startDemo({ env: { STREAM_ACCOUNT_ID: 'a', STREAM_API_TOKEN: 't' } });
  try {
    const complaints = listenToComplaints(page);
    await page.goto(half.url);
    const notice = page.getByRole('region', { name: 'Almost there' });
    await expect(notice).toContainText('STREAM_VIDEO_ID and STREAM_CUSTOMER_CODE');
    await expect(page.locator('signed-stream')).toHaveCount(0);
    expect(complaints).toEqual([]);
  } finally {
    await half.close();
  }
});

test('with an account, what only the local Stream can do is not offered', async ({ page }) => {
  const account = await startDemo({
    env: {
      STREAM_ACCOUNT_ID: 'a',
      STREAM_API_TOKEN: 't',
      STREAM_VIDEO_ID: SAMPLE_UIDS.public,
      STREAM_CUSTOMER_CODE: 'code',
    },
  });
  try {
    await page.route('**/api/stream-token?*', (route) => route.fulfill({ status: 403 }));
    await page.goto(`${account.url}?player=hls`);
    const video = page.locator('signed-stream');
    await expect(video).toHaveAttribute('customer-code', 'code');
    await expect(video).toHaveAttribute('video-id', SAMPLE_UIDS.public);
    await expect(page.getByRole('group', { name: 'Stream’s delivery' })).toHaveCount(0);
    await expect(page.getByRole('radio', { name: /expired token/ })).toHaveCount(0);
    await expect(page.getByRole('alert')).toHaveText(/did not allow/);
  } finally {
    await account.close();
  }
});

test('with an account, its video plays in both players with tokens of its API', async ({
  page,
}) => {
  const stream = await startLocalStream();
  const account = await startDemo({
    env: {
      STREAM_ACCOUNT_ID: stream.accountId,
      STREAM_API_TOKEN: stream.apiToken,
      STREAM_VIDEO_ID: SAMPLE_UIDS.ownSignature,
      STREAM_API_ORIGIN: stream.origins.api,
      STREAM_DELIVERY_ORIGIN: stream.origins.delivery,
    },
  });
  try {
    // The page loads the SDK from the vendor; here the local Stream's stands in for it.
    await page.route('https://embed.cloudflarestream.com/embed/sdk.latest.js', async (route) =>
      route.fulfill({ response: await page.request.get(stream.sdkUrl) }),
    );
    await page.goto(`${account.url}?lifetime=60`);
    for (const player of PLAYERS) await expectPlaying(page, player);
    await findCard(page, 'hls.js').getByRole('button', { name: 'Renew now' }).click();
    for (const player of PLAYERS) {
      const card = findCard(page, player);
      await expect(findFact(card, 'Renewals')).toHaveText(/^[1-9]$/);
      await expectPlaying(page, player, 5);
      await expect(findFact(card, 'Picture')).toHaveText('1280 × 720');
      await expect(card.getByRole('alert')).toHaveCount(0);
    }
    const asked = stream.requests.list().filter(({ kind }) => kind === 'api-token');
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.map(({ uid }) => uid)).toEqual(asked.map(() => SAMPLE_UIDS.ownSignature));
    expect(asked.filter(({ status }) => status !== 200)).toEqual([]);
  } finally {
    await Promise.all([account.close(), stream.close()]);
  }
});

test('with a backend behind a log-in, both players play for members', async ({ page }) => {
  const members = await startDemo({ env: { DEMO_BACKEND: 'node' } });
  try {
    await page.goto(`${members.url}?lifetime=5`);
    for (const player of PLAYERS) {
      await expect(findCard(page, player).getByRole('alert')).toBeVisible();
    }
    await page.getByRole('link', { name: 'Log in' }).click();
    await page.getByLabel('Name').fill('alice');
    await page.getByLabel('Password').fill('open sesame');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${members.url}?lifetime=5`);
    for (const player of PLAYERS) await expectPlaying(page, player);
  } finally {
    await members.close();
  }
});
