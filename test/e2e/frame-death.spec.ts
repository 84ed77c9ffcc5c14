import { countFrames, die, exchangesFrames, findFrontFrame, openFrame } from './support/frames.js';
import { expect, test } from './support/site-test.js';

test.beforeEach(({ site }) => {
  site.lifetimeSeconds = 3600;
});

test('a player that dies with a good token goes on with it, endpoint or not', async ({
  page,
  site,
}) => {
  const { player, traffic } = await openFrame(page, site);
  const asked = site.tokenRequests;
  site.endpoint = ({ send }) => send(503, '');
  const at = await player.position();
  await player.forgetEvents();
  await die(page, player);
  await exchangesFrames(player, traffic, 2);
  await player.reaches(at + 2);

  expect(site.tokenRequests).toBe(asked);
  expect(await player.largestStepBack()).toBeLessThan(0.5);
  expect(await player.eventNames('error', 'pause', 'emptied', 'tokenerror')).toEqual([]);
  expect(await player.alert()).toBeUndefined();
});

test('what is said to a player that is dead counts, and is told', async ({ page, site }) => {
  const { player } = await openFrame(page, site);
  await player.forgetEvents();
  const fault = site.stream.faults.add({ kind: 'multivariant', status: 500 });
  await die(page, player);
  await expect.poll(() => player.alert(), { timeout: 30_000 }).toBeDefined();
  await player.run((element) => element.pause());
  expect(await player.run((element) => element.paused)).toBe(true);
  await expect.poll(() => player.eventNames('play', 'pause')).toEqual(['pause']);

  site.stream.faults.remove(fault);
  await expect.poll(() => player.alert(), { timeout: 60_000 }).toBeUndefined();
  const front = await findFrontFrame(page, player);
  expect(await front.evaluate(() => document.querySelector('video')?.paused)).toBe(true);
  expect(await player.run((element) => element.paused)).toBe(true);
  await player.run((element) => element.play());
  await player.playsOn(1);
  expect(await player.eventNames('play', 'pause')).toEqual(['pause', 'play']);
});

test('the button goes on where the player died, too', async ({ page, site }) => {
  const { player } = await openFrame(page, site, { 'start-time': '30' });
  const fault = site.stream.faults.add({ kind: 'multivariant', status: 500 });
  await die(page, player);
  await expect.poll(() => player.alert(), { timeout: 30_000 }).toBeDefined();
  const at = await player.position();
  expect(at).toBeGreaterThan(30);
  await player.run((element) => element.removeAttribute('start-time'));
  await page.locator('#player').getByRole('button').click();
  site.stream.faults.remove(fault);
  await player.reaches(at + 0.5);
  expect(await player.position()).toBeLessThan(at + 20);
  expect(await player.largestStepBack()).toBeLessThan(0.5);
});

test('who is in the player with the keyboard stays there when it dies', async ({ page, site }) => {
  const { player, traffic } = await openFrame(page, site);
  const focused = () =>
    player.run((element) => element.shadowRoot?.activeElement?.localName ?? 'nothing');
  await player.run((element) => element.shadowRoot?.querySelector('iframe')?.focus());
  expect(await focused()).toBe('iframe');
  await die(page, player);
  await exchangesFrames(player, traffic, 2);
  expect(await countFrames(player)).toBe(1);
  expect(await focused()).toBe('iframe');
});
