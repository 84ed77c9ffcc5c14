import { readFile } from 'node:fs/promises';
import { expect as expectSoon, test, type Page } from '@playwright/test';
import { startDemo, type Demo } from '../../demo/server/start-demo.js';
import { NO_FAULTS } from '../../demo/shared/faults.js';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { startLocalStream, type LocalStream } from '../../demo/stream/start.js';
import { findViolations } from './support/axe.js';
import { expectPlaying, findCard, findFact } from './support/demo-page.js';

const expect = expectSoon.configure({ timeout: 30_000 });

let account: LocalStream;
let demo: Demo;
let stream: LocalStream;

test.beforeAll(async () => {
  // Somebody's account, beside the demo's own Stream.
  account = await startLocalStream();
  demo = await startDemo({ env: { STREAM_API_ORIGIN: account.origins.api } });
  if (!demo.stream) throw new Error('The demo has no local Stream');
  stream = demo.stream;
});
test.afterAll(() => Promise.all([demo.close(), account.close()]));
test.beforeEach(async ({ request }) => {
  await request.patch(`${demo.url}api/faults`, { data: NO_FAULTS });
});

interface SavedLane {
  readonly samples: readonly { readonly at: number; readonly position: number }[];
  readonly tokens: readonly { readonly from: number; readonly reason: string }[];
  readonly stalls: readonly { readonly from: number; readonly to: number | null }[];
  readonly requests: readonly { readonly type: string; readonly status: number }[];
}

async function save(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFile(await download.path());
}

/** What the timeline says when its slider is stepped through with a key. */
async function stepThrough(page: Page, key: string, count: number): Promise<string[]> {
  const slider = page.getByRole('slider', { name: 'Moments' });
  const texts: string[] = [];
  for (let step = 0; step < count; step += 1) {
    await slider.press(key);
    texts.push((await slider.getAttribute('aria-valuetext')) ?? '');
  }
  return texts;
}

test('the timeline shows renewals, to the pointer and to the keyboard', async ({ page }) => {
  await page.goto(`${demo.url}?player=hls&lifetime=5`);
  await expect(findFact(findCard(page, 'hls.js'), 'Renewals')).toHaveText(/^[2-9]$/);
  const slider = page.getByRole('slider', { name: 'Moments' });
  await slider.scrollIntoViewIfNeeded();
  await expect(slider).not.toHaveAttribute('aria-valuemax', '0');
  const [renewal, ...before] = await stepThrough(page, 'ArrowLeft', 8);
  expect(renewal).toMatch(/s: Renewed: scheduled\. Token \d, good for \d\.\d s$/);
  expect(before.join('\n')).toMatch(/Token \d was replaced \d\.\d s before its end/);
  await expect(page.locator('#timeline')).toHaveClass(/is-held/);
  const [request] = await stepThrough(page, 'ArrowDown', 1);
  expect(request).toMatch(/: 200, \d+ kB, in \d/);
  await slider.press('Escape');
  await expect(page.locator('#timeline')).not.toHaveClass(/is-held/);

  const detail = page.locator('[data-part="detail"]');
  await expect(async () => {
    const box = await slider.boundingBox();
    if (!box) throw new Error('The timeline is not to be seen');
    // Somewhere are tokens and what was asked for.
    const columns = Array.from({ length: Math.floor(box.width / 40) }, (_, index) => index * 40);
    let found = '';
    for (const x of columns) {
      for (let y = 0; y < box.height && found === ''; y += 12) {
        await page.mouse.move(box.x + x, box.y + y);
        found = (await detail.textContent()) ?? '';
      }
    }
    expect(found).toMatch(/^\d+\.\d s: /);
  }).toPass();
  await page.mouse.move(0, 0);
  await expect(detail).toBeEmpty();
});

test('the first key shows the newest, although the timeline was out of view', async ({ page }) => {
  await page.goto(`${demo.url}?player=hls&lifetime=5`);
  await expect(findFact(findCard(page, 'hls.js'), 'Renewals')).toHaveText(/^[1-9]$/);
  const slider = page.getByRole('slider', { name: 'Moments' });
  await expect(slider).not.toBeInViewport();
  const chosen = await slider.evaluate((view) => {
    view.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    return view.getAttribute('aria-valuetext');
  });
  expect(chosen).toContain('Renewed: scheduled');
});

test('the timeline is saved, as data and as a picture', async ({ page }) => {
  await page.goto(`${demo.url}?lifetime=6&do=revoke-key@4`);
  for (const player of ['Stream’s player', 'hls.js']) {
    await expect(findFact(findCard(page, player), 'Renewals')).toHaveText(/^[2-9]$/);
    await expectPlaying(page, player, 2);
  }
  const json = (await save(page, 'Save as JSON')).toString();
  expect(json).not.toMatch(/eyJ[\w-]+\./);
  const { lanes, link, deeds } = JSON.parse(json) as {
    lanes: Record<string, SavedLane>;
    link: string;
    deeds: unknown;
  };
  expect(Object.keys(lanes).toSorted()).toEqual(['hls', 'iframe', 'page']);
  expect(deeds).toEqual([{ at: expect.any(Number), name: 'the key revoked' }]);
  expect(link).toMatch(/\?lifetime=6&do=revoke-key@4(\.\d)?$/);
  for (const id of ['hls', 'iframe']) {
    const { samples = [], tokens = [], requests = [] } = lanes[id] ?? {};
    expect(samples.at(-1)?.position).toBeGreaterThan(2);
    expect(tokens.length).toBeGreaterThan(2);
    expect(tokens[0]?.reason).toBe('initial');
    const types = new Set(requests.filter(({ status }) => status === 200).map(({ type }) => type));
    expect([...types]).toEqual(expect.arrayContaining(['playlist', 'media']));
  }
  // What was asked in the frame and what in the page is told apart.
  expect(lanes['iframe']?.requests.some(({ type }) => type === 'player')).toBe(true);
  expect(lanes['hls']?.requests.some(({ type }) => type === 'player')).toBe(false);
  expect(lanes['page']?.requests.every(({ type }) => type === 'token')).toBe(true);

  const picture = await save(page, 'Save as picture');
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  expect(picture.readUInt32BE(16)).toBeGreaterThan(1500);
  expect(picture.readUInt32BE(20)).toBeGreaterThan(600);
});

test('switches stay where they are when a player begins, and when somebody scrolls there', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 400 });
  await page.goto(`${demo.url}?player=hls&endpoint=hang`);
  const place = (): Promise<number> =>
    page.evaluate(() => {
      const { top = 0 } = document.querySelector('#faults')?.getBoundingClientRect() ?? {};
      return Math.round(top + scrollY);
    });
  const canvas = page.locator('#timeline canvas');
  await expect(canvas).toHaveAttribute('style', /height/);
  const before = await place();
  await page.locator('#fault-bar').getByRole('button', { name: 'Back to normal' }).click();
  await expectPlaying(page, 'hls.js');
  await page.locator('#timeline').scrollIntoViewIfNeeded();
  await expect(page.getByRole('slider', { name: 'Moments' })).not.toHaveAttribute(
    'aria-valuemax',
    /^[0-2](\.|$)/,
  );
  expect(await place()).toBe(before);
});

test('a link breaks what it says, and the address stays true', async ({ page }) => {
  const query =
    '?player=hls&endpoint=not-yet-valid&delivery=slow&link=700&viewer-clock=-3600&server-clock=3';
  await page.goto(demo.url + query);
  const bar = page.locator('#fault-bar');
  for (const text of ['starts in 8 s', '2 s for each', '700 kb/s', '-3600 s ahead', '3 s ahead']) {
    await expect(bar).toContainText(text);
  }
  expect(stream.link.kbps).toBe(700);
  expect(stream.serverClock.skewMs).toBe(3_600_000);
  expect(stream.faults.list()).toHaveLength(1);
  await page.locator('#faults').getByRole('button', { name: 'Back to normal' }).click();
  await expect(page).toHaveURL(/\?player=hls$/);
  await expect(bar).toBeHidden();
  expect(stream.link.kbps).toBeUndefined();
  expect(stream.serverClock.skewMs).toBe(0);
  await page.getByRole('radio', { name: 'Gets no new token' }).check();
  await expect(page).toHaveURL(/\?player=hls&access=ended$/);
});

test('an endpoint whose clock is fast has tokens that hold for longer', async ({ page }) => {
  await page.goto(`${demo.url}?player=hls&lifetime=10&server-clock=30`);
  await expectPlaying(page, 'hls.js');
  await expect(findCard(page, 'hls.js')).toContainText(/Token holds (3\d|40)\./);
});

test('access that is taken away is told to the viewer', async ({ page }) => {
  await page.goto(`${demo.url}?player=hls&access=ended`);
  await expect(page.getByRole('alert')).toHaveText(/did not allow/);
  await expect(page.getByRole('radio', { name: 'Gets no new token' })).toBeChecked();
  await page.getByRole('radio', { name: 'Taken away at once' }).check();
  await expect(page).toHaveURL(/access=revoked$/);
  expect(stream.faults.list()).toHaveLength(1);
  await page.locator('#fault-bar').getByRole('button', { name: 'Back to normal' }).click();
  await expect(page.locator('#fault-bar')).toBeHidden();
  await page.reload();
  await expectPlaying(page, 'hls.js');
});

test('deeds of a link are done in turn: revoked, hidden, shown, removed, put back', async ({
  page,
}) => {
  const keyId = stream.defaultKeyId;
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    document.addEventListener('visibilitychange', () => seen.push(document.visibilityState));
    const isPlayer = (node: Node): boolean => node.nodeName === 'SIGNED-STREAM';
    new MutationObserver((records) => {
      for (const { addedNodes, removedNodes } of records) {
        if ([...addedNodes].some(isPlayer)) seen.push('put in');
        if ([...removedNodes].some(isPlayer)) seen.push('removed');
      }
    }).observe(document, { childList: true, subtree: true });
  });
  const query = '?player=hls&do=revoke-key@2,hide@3,show@4,remove@5,put-back@6';
  await page.goto(demo.url + query);
  const seen = (): unknown => Reflect.get(window, 'seen');
  await expect.poll(() => page.evaluate(seen)).toEqual(['hidden', 'visible', 'removed', 'put in']);
  await expectPlaying(page, 'hls.js');
  // The next key is made first, which takes as long as finding large primes does.
  await expect.poll(() => stream.defaultKeyId, { timeout: 20_000 }).not.toBe(keyId);
  await expect(page.locator('#fault-bar')).toBeHidden();
  expect(page.url()).toBe(demo.url + query);
});

test('what is done by hand is in a link that does it again', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${demo.url}?player=hls&lifetime=5`);
  await expectPlaying(page, 'hls.js');
  const summary = page.locator('#fault-summary');
  for (const [name, state] of [
    ['Hide the page', 'the page is hidden.'],
    ['Remove the players', 'the players are removed.'],
  ] as const) {
    await page.getByRole('button', { name, pressed: false }).click();
    await expect(summary).toHaveText(state);
    await page.getByRole('button', { name, pressed: true }).click();
    await expect(summary).toBeEmpty();
  }
  await page.getByRole('radio', { name: 'Answers 500' }).first().check();
  await expect(page).toHaveURL(/&endpoint=status-500$/);
  await page.getByRole('button', { name: 'Copy a link' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.replaceAll(/@[\d.]+/g, '@…')).toBe(
    `${demo.url}?player=hls&lifetime=5&do=hide@…,show@…,remove@…,put-back@…,endpoint:status-500@…`,
  );
});

test('a page that freezes for longer than its token lives plays on', async ({ page }) => {
  await page.goto(`${demo.url}?player=hls&lifetime=5`);
  await expectPlaying(page, 'hls.js', 1);
  const frozen = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        document.addEventListener('freeze', ({ timeStamp }) => {
          document.addEventListener('resume', (event) => resolve(event.timeStamp - timeStamp));
        });
      }),
  );
  await page.getByRole('button', { name: 'Freeze the page' }).click();
  expect(await frozen).toBeGreaterThan(7000);
  await expectPlaying(page, 'hls.js', 10);
  await expect(findFact(findCard(page, 'hls.js'), 'Stalls')).toHaveText('0');
});

test('what a link has wrong is said, and the rest of it counts', async ({ page }) => {
  await page.goto(`${demo.url}?player=hls&auth=%3Cimg%3E&link=fast&do=jump@3&colour=red`);
  const notice = page.getByRole('region', { name: 'Not all of this link is understood' });
  await expect(notice.getByRole('listitem')).toHaveText([
    /“auth=<img>” .* one of path-token/,
    /“link=fast” .* kb\/s/,
    /“do=jump@3” .* revoke-key@10/,
    /no switch “colour”/,
  ]);
  await expect(page.locator('signed-stream')).toHaveCount(1);
  await expectPlaying(page, 'hls.js');
  await expect(page).toHaveURL(/\?player=hls$/);
  await page.goto(`${demo.url}?player=hls`);
  await expect(notice).toBeHidden();
});

test('beside, the source that is set again stalls, and ours does not', async ({ page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => scripts.push(request.url()));
  await page.goto(`${demo.url}?player=hls&lifetime=5`);
  await expectPlaying(page, 'hls.js');
  expect(scripts.filter((url) => url.includes('/beside/'))).toEqual([]);
  await page.getByRole('checkbox', { name: 'A third player' }).check();
  await expect(page).toHaveURL(/&beside$/);
  const [ours, theirs] = [findCard(page, 'hls.js'), findCard(page, 'Source set again')];
  await expect(findFact(theirs, 'Renewals')).toHaveText(/^[2-9]$/);
  await expect(findFact(theirs, 'Stalls')).toHaveText(/^[1-9]$/);
  await expect(findFact(theirs, 'Stood still')).not.toHaveText('0 ms');
  await expect(findFact(ours, 'Stalls')).toHaveText('0');
  await expect(findFact(ours, 'Stood still')).toHaveText('0 ms');
  const { lanes } = JSON.parse((await save(page, 'Save as JSON')).toString()) as {
    lanes: Record<string, SavedLane>;
  };
  expect(lanes['reload']?.requests.some(({ type }) => type === 'media')).toBe(true);
  expect(lanes['reload']?.stalls[0]?.to, 'the source that was set again plays').not.toBeNull();
  await page.getByRole('checkbox', { name: 'A third player' }).uncheck();
  await expect(theirs).toHaveCount(0);
});

test('a video of one’s own is checked step by step, played, and forgotten', async ({ page }) => {
  await page.goto(`${demo.url}?player=hls`);
  await page.getByRole('button', { name: 'Check and play' }).click();
  await expect(page.getByLabel('Video’s uid')).toBeFocused();
  await page.getByLabel('Video’s uid').fill(SAMPLE_UIDS.ownSignature);
  await page.getByLabel('or delivery origin').fill(account.origins.delivery);
  await page.locator('.pill', { hasText: 'The Stream API' }).click();
  await page.getByLabel('Account’s id').fill(account.accountId);
  await page.getByLabel('API token').fill(account.apiToken);
  account.requests.clear();
  await page.getByLabel('API token').press('Enter');
  const steps = page.getByRole('list', { name: 'Checks' }).getByRole('listitem');
  await expect(steps).toHaveText([/endpoint/, /token/, /clock/, /manifest/, /segment/]);
  await expect(page.locator('#own')).toContainText('All is well.');
  await expectPlaying(page, 'hls.js');
  const asked = account.requests.list().filter(({ kind }) => kind === 'segment');
  expect(asked.some(({ from }) => from === new URL(demo.url).origin)).toBe(true);

  // It is nowhere but in the form.
  expect(page.url()).toBe(`${demo.url}?player=hls`);
  const stored = () => [localStorage.length, sessionStorage.length, document.cookie];
  expect(await page.evaluate(stored)).toEqual([0, 0, '']);
  expect((await save(page, 'Save as JSON')).toString()).not.toContain(account.apiToken);
  expect(await page.locator('html').innerHTML()).not.toContain(account.apiToken);

  await page.getByRole('button', { name: 'Forget it' }).click();
  await expect(steps).toHaveCount(0);
  await expect(page.getByLabel('Video’s uid')).toHaveValue('');
  await expect(page.locator('signed-stream')).toHaveAttribute('video-id', SAMPLE_UIDS.pathToken);
  await expectPlaying(page, 'hls.js');
});

test('a check that fails says why, and nothing of it is against accessibility', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(`${demo.url}?player=hls&beside&auth=none`);
  await page.getByLabel('Video’s uid').fill(SAMPLE_UIDS.pathToken);
  await page.getByLabel('or delivery origin').fill(stream.origins.delivery);
  await page.getByLabel('Address').fill('/api/stream-token?lifetime=20');
  await page.getByRole('radio', { name: 'Hands out another video’s token' }).check();
  await page.getByRole('button', { name: 'Check and play' }).click();
  const steps = page.getByRole('list', { name: 'Checks' }).getByRole('listitem');
  await expect(steps.last()).toContainText('The token is for another video');
  await expect(page.locator('#own')).toContainText('Something is wrong.');
  await expect(findCard(page, 'Source set again')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await findViolations(page)).toEqual([]);
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});
