import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SAMPLE_UIDS } from '../../demo/stream/sample-videos.js';
import type { TestSite } from '../support/test-site.js';
import { openSite, Player } from './support/player.js';
import { expect, test } from './support/site-test.js';

const RENDER = new URL('support/render-on-server.ts', import.meta.url);

/** In a process of its own, where Lit is the one for servers. */
async function renderOnServer(tag: string): Promise<string> {
  const script = fileURLToPath(RENDER);
  const { stdout } = await promisify(execFile)('node', ['--import', 'tsx', script, tag]);
  return stdout;
}

const SHADOW_TREE =
  '<template shadowrootmode="open"><div class="player" part="player"><p>Wait</p></div></template>';

function writeTag(site: TestSite, player: string): string {
  const attributes = { id: 'player', player, autoplay: '', muted: '' };
  return site.tag(SAMPLE_UIDS.pathToken, attributes);
}

for (const name of ['hls', 'iframe']) {
  for (const [what, write] of [
    ['the tag', (tag: string) => renderOnServer(tag)],
    ['a shadow tree', async (tag: string) => tag.replace('></', `>${SHADOW_TREE}</`)],
  ] as const) {
    test(`${name}: begins where a server has written ${what}`, async ({ page, site }) => {
      site.body = await write(writeTag(site, name));
      expect(site.tokenRequests).toBe(0);
      await openSite(page, site);
      const player = new Player(page, 'player');
      await player.playsOn(1);
      const inside = await player.run(({ shadowRoot }) =>
        ['.player', 'iframe, video', 'p'].map((all) => shadowRoot?.querySelectorAll(all).length),
      );
      expect(inside).toEqual([1, 1, 0]);
      expect(site.tokenRequests).toBe(1);
      site.endpoint = ({ send }) => send(403, '');
      await player.run((element) => element.load());
      await expect(page.getByRole('alert')).toHaveCount(1);
    });
  }
}
