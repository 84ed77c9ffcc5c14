import type Hls from 'hls.js';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { openPlayers, SMALL_PICTURE } from './support/player.js';
import { expect, test } from './support/site-test.js';

const UID = SAMPLE_UIDS.pathToken;
const LAZY = { loading: 'lazy', style: 'width: 320px; margin-bottom: 5000px' };

for (const name of ['hls', 'iframe'] as const) {
  test(`${name}: lazy and paused, it gives its player back while it is far away`, async ({
    page,
    site,
  }) => {
    const attributes = { player: name, ...LAZY };
    const [player] = await openPlayers(page, site, [
      { uid: UID, attributes, autoplay: false, hlsConfig: SMALL_PICTURE },
    ]);
    await expect.poll(() => player.run(({ readyState }) => readyState)).toBeGreaterThan(1);
    await player.run((element) => element.play());
    await player.playsOn(1);
    await player.run((element) => {
      element.pause();
      element.volume = 0.3;
    });
    await expect.poll(() => player.run(({ paused }) => paused)).toBe(true);
    const before = await player.position();
    await page.evaluate(() => scrollTo(0, 4000));
    await expect.poll(() => player.run(({ engine }) => engine === null)).toBe(true);
    const away = await player.run(({ currentTime, paused, volume, shadowRoot }) => {
      const left = shadowRoot?.querySelectorAll('video, iframe').length;
      return { currentTime, paused, volume, left };
    });
    expect(away.currentTime).toBeCloseTo(before, 1);
    expect(away).toMatchObject({ paused: true, volume: 0.3, left: 0 });
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(() => player.run(({ readyState }) => readyState)).toBeGreaterThan(1);
    const back = await player.run(({ currentTime, paused, volume }) => {
      return { currentTime, paused, volume };
    });
    expect(back.currentTime).toBeCloseTo(before, 0);
    expect(back).toMatchObject({ paused: true, volume: 0.3 });
    await player.run((element) => element.play());
    await player.playsOn(0.5);
  });
}

test('lazy, it keeps its player while it plays, and until it is paused', async ({ page, site }) => {
  const attributes = { player: 'hls', ...LAZY };
  const [player] = await openPlayers(page, site, [
    { uid: UID, attributes, autoplay: false, hlsConfig: SMALL_PICTURE },
  ]);
  await player.run((element) => element.play());
  await player.playsOn(0.5);
  await page.evaluate(() => scrollTo(0, 4000));
  await player.playsOn(2);
  await player.run((element) => element.pause());
  await expect.poll(() => player.run(({ engine }) => engine === null)).toBe(true);
});

test('what begins by itself goes on when it is back, unless the viewer has paused it', async ({
  page,
  site,
}) => {
  const attributes = { player: 'hls', ...LAZY };
  const [player] = await openPlayers(page, site, [
    { uid: UID, attributes, hlsConfig: SMALL_PICTURE },
  ]);
  const isGone = (): Promise<boolean> => player.run(({ engine }) => engine === null);
  await player.playsOn(1);
  await page.evaluate(() => scrollTo(0, 4000));
  await expect.poll(isGone).toBe(true);
  const left = await player.position();
  await page.evaluate(() => scrollTo(0, 0));
  await player.reaches(left + 0.5);
  await player.run(({ shadowRoot }) => shadowRoot?.querySelector('video')?.pause());
  await page.evaluate(() => scrollTo(0, 4000));
  await expect.poll(isGone).toBe(true);
  await page.evaluate(() => scrollTo(0, 0));
  await expect.poll(() => player.run(({ readyState }) => readyState)).toBeGreaterThan(2);
  expect(await player.run(({ paused }) => paused)).toBe(true);
});

test('what a viewer has chosen is chosen again when a player was given back', async ({
  page,
  site,
}) => {
  const attributes = { player: 'hls', loading: 'lazy', style: 'width: 160px' };
  const [player] = await openPlayers(page, site, [
    { uid: SAMPLE_UIDS.dubbed, attributes, hlsConfig: { maxBufferLength: 8 } },
  ]);
  await player.playsOn(0.5);
  const read = () =>
    player.run(({ textTracks, audioTracks, videoRenditions }) => ({
      text: [...textTracks].filter(({ mode }) => mode === 'showing').map((track) => track.language),
      audio: [...audioTracks].filter(({ enabled }) => enabled).map((track) => track.language),
      height: videoRenditions[videoRenditions.selectedIndex]?.height,
    }));
  await player.run(({ textTracks, audioTracks, videoRenditions }) => {
    for (const track of textTracks) if (track.language === 'de') track.mode = 'showing';
    const other = [...audioTracks].find(({ enabled }) => !enabled);
    if (other === undefined) throw new Error('there is one language only');
    other.enabled = true;
    videoRenditions.selectedIndex = 0;
  });
  const chosen = await read();
  expect(chosen).toMatchObject({ text: ['de'], audio: [expect.any(String)] });
  expect(chosen.height).toBeGreaterThan(0);
  await player.run((element) => {
    element.pause();
    element.style.marginTop = '5000px';
  });
  await expect.poll(() => player.run((element) => element.readyState)).toBe(0);
  await player.run((element) => (element.style.marginTop = '0'));
  await expect.poll(read).toEqual(chosen);
  // It is heard and seen, too.
  await player.run((element) => element.play());
  await player.playsOn(0.5);
  expect(await read()).toEqual(chosen);
  const played = await player.run(({ engine }) => {
    const hls = engine as Hls;
    return {
      sound: hls.audioTracks[hls.audioTrack]?.lang,
      height: hls.levels[hls.currentLevel]?.height,
    };
  });
  expect(played).toEqual({ sound: chosen.audio[0], height: chosen.height });
  // What is chosen from then on is not chosen for the viewer again.
  await player.run(({ textTracks }) => {
    for (const track of textTracks) track.mode = 'disabled';
  });
  await player.playsOn(1);
  expect((await read()).text).toEqual([]);
});
