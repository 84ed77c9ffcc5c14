import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import { bundle } from '../support/bundle-element.js';
import { startTestSite } from '../support/test-site.js';
import { openSite, Player } from './support/player.js';
import { expect, test } from './support/site-test.js';

const RENDER = new URL('support/render-on-server.ts', import.meta.url);
const HYDRATED = new URL('support/hydrated-entry.ts', import.meta.url);

/** In a process of its own, where Lit is the one for servers. */
async function renderOnServer(tag: string): Promise<string> {
  const script = fileURLToPath(RENDER);
  const { stdout } = await promisify(execFile)('node', ['--import', 'tsx', script, tag]);
  return stdout;
}

for (const hydrates of [false, true]) {
  for (const name of ['hls', 'iframe']) {
    const how = hydrates ? 'with Lit’s hydration' : 'without it';
    test(`${name}: begins where a server left it, ${how}`, async ({ page }) => {
      const files = hydrates ? await bundle(HYDRATED) : undefined;
      const site = await startTestSite(files);
      try {
        const tag = site.tag(SAMPLE_UIDS.pathToken, {
          id: 'player',
          player: name,
          autoplay: '',
          muted: '',
        });
        site.body = await renderOnServer(tag);
        await openSite(page, site);
        const player = new Player(page, 'player');
        await player.playsOn(1);
        const [boxes, media] = await player.run(({ shadowRoot }) => [
          shadowRoot?.querySelectorAll('.player').length,
          shadowRoot?.querySelectorAll('iframe, video').length,
        ]);
        expect([boxes, media]).toEqual([1, 1]);
        expect(site.tokenRequests).toBe(1);
        site.endpoint = ({ send }) => send(403, '');
        await player.run((element) => element.load());
        await expect(page.getByRole('alert')).toHaveCount(1);
      } finally {
        await site.close();
      }
    });
  }
}

test('a server keeps its place free, and asks for no token', async ({ page, site }) => {
  const html = await renderOnServer(site.tag(SAMPLE_UIDS.pathToken));
  expect(site.tokenRequests).toBe(0);
  await page.route('**/signed-stream.js', (route) => route.abort());
  site.body = html;
  await openSite(page, site);
  const box = await page.locator('signed-stream').boundingBox();
  expect(box).toMatchObject({ width: 640, height: 360 });
});
