import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { findViolations } from './support/axe.js';
import { openPlayers, SMALL_PICTURE } from './support/player.js';
import { expect, test } from './support/site-test.js';

test.beforeEach(({ site }) => {
  site.lifetimeSeconds = 600;
});

for (const name of ['hls', 'iframe']) {
  const open = async (...[page, site, attributes]: Parameters<typeof openOne>) =>
    openOne(page, site, { player: name, ...attributes });

  test(`${name}: axe finds nothing while it loads, plays and stands still`, async ({
    page,
    site,
  }) => {
    let letGo: () => void = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const { endpoint } = site;
    site.endpoint = async (exchange) => {
      await held;
      await endpoint(exchange);
    };
    const player = await open(page, site, { controls: '' });
    expect(await findViolations(page, '#player')).toEqual([]);
    letGo();
    await player.playsOn(1);
    expect(await findViolations(page, '#player')).toEqual([]);
    await player.run((element) => element.pause());
    await expect.poll(() => player.run((element) => element.matches(':state(paused)'))).toBe(true);
    expect(await findViolations(page, '#player')).toEqual([]);
  });

  test(`${name}: has its title as its name, also after a renewal`, async ({ page, site }) => {
    site.lifetimeSeconds = 100;
    const player = await open(page, site, { controls: '', title: 'Lesson 1: Begin' });
    await player.playsOn(1);
    const named =
      name === 'iframe'
        ? page.getByTitle('Lesson 1: Begin').and(page.locator('iframe'))
        : page.getByLabel('Lesson 1: Begin').and(page.locator('video'));
    await expect(named).toHaveCount(1);
    await player.run((element) => element.renewToken());
    await player.takesTokens(2);
    await player.playsOn(3);
    await expect(named).toHaveCount(1);
  });

  test(`${name}: is called what it is in the language of the page`, async ({ page, site }) => {
    const player = await open(page, site, { lang: 'fr' });
    await player.playsOn(1);
    const label = name === 'iframe' ? 'iframe[title="Vidéo"]' : 'video[aria-label="Vidéo"]';
    await expect(page.locator(label)).toHaveCount(1);
  });
}

for (const language of ['en', 'de', 'ja']) {
  test(`the message has a role, a button and no fault in axe's eyes: ${language}`, async ({
    page,
    site,
  }) => {
    site.endpoint = ({ send }) => send(200, '<!doctype html><title>Log in</title>');
    const player = await openOne(page, site, { player: 'hls', lang: language });
    const button = { en: 'Try again', de: 'Noch einmal versuchen', ja: 'もう一度試す' }[language];
    await expect(player.locator.getByRole('alert')).toBeVisible();
    await expect(player.locator.getByRole('button')).toHaveText(button ?? '');
    expect(await findViolations(page, '#player')).toEqual([]);
    // In a page that is read from right to left nothing sticks out.
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    const inside = await player.run((element) => {
      const box = element.getBoundingClientRect();
      const parts = [...(element.shadowRoot?.querySelectorAll('p, button') ?? [])];
      return parts.every((part) => {
        const { left, right, top, bottom } = part.getBoundingClientRect();
        return left >= box.left && right <= box.right && top >= box.top && bottom <= box.bottom;
      });
    });
    expect(inside).toBe(true);
  });
}

test('who uses the keyboard presses the button, and finds the focus in the player', async ({
  page,
  site,
}) => {
  const { endpoint } = site;
  site.endpoint = ({ send }) => send(403, '');
  const player = await openOne(page, site, { player: 'hls', controls: '' });
  await expect(player.locator.getByRole('alert')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(player.locator.getByRole('button')).toBeFocused();
  site.endpoint = endpoint;
  await page.keyboard.press('Enter');
  await player.playsOn(1);
  expect(await player.alert()).toBeUndefined();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('player');
  // The next stop is the player's own first control.
  await page.keyboard.press('Tab');
  expect(await player.run((element) => element.shadowRoot?.activeElement?.localName)).toBe('video');
});

async function openOne(
  page: Parameters<typeof openPlayers>[0],
  site: Parameters<typeof openPlayers>[1],
  attributes: Readonly<Record<string, string>>,
) {
  const [player] = await openPlayers(page, site, [
    {
      uid: SAMPLE_UIDS.pathToken,
      attributes: { style: 'width: 320px', ...attributes },
      hlsConfig: SMALL_PICTURE,
    },
  ]);
  return Object.assign(player, { locator: page.locator('#player') });
}
