import '../../../src/index.js';
import { UrlLedger } from '../../../src/engine/hls/url-ledger.js';

/** How long the main thread was busy with it, each time. */
export interface Durations {
  readonly firstLookMs: readonly number[];
  readonly remapMs: readonly number[];
}

declare global {
  interface Window {
    longTasks: number[];
    /** Maps the segments of a long list to those of its next editions, each with another token. */
    remap(segments: number, times: number): Promise<Durations>;
  }
}

window.longTasks = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.longTasks.push(duration);
}).observe({ type: 'longtask' });

const ORIGIN = 'https://video.example';

/** As Stream's lists, where segments have a signature of their own. */
function writeList(token: string, segments: number): string {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-TARGETDURATION:4'];
  const query = `?p=${'eyJ0eXBlIjoic2VnbWVudCIsInZpZGVvSUQi'.repeat(3)}${token}&s=${token}`;
  lines.push(`#EXT-X-MAP:URI="/uid/video/640/init.mp4${query}"`);
  for (let segment = 1; segment <= segments; segment += 1) {
    lines.push('#EXTINF:4.000,', `/uid/video/640/seg_${segment}.mp4${query}`);
  }
  return [...lines, '#EXT-X-ENDLIST', ''].join('\n');
}

function writeManifest(token: string): string {
  return `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nstream_tabc_r${token}.m3u8\n`;
}

window.remap = async (segments, times) => {
  const urlOf = (token: string, name: string): string => `${ORIGIN}/${token}/manifest/${name}`;
  const tokens = Array.from({ length: times + 1 }, (_, index) => `token-${index}`);
  const [first = ''] = tokens;
  const editions = new Map(tokens.map((token) => [token, writeList(token, segments)]));
  const root = { url: urlOf(first, 'video.m3u8'), token: first };
  const found: { firstLookMs: number[]; remapMs: number[] } = { firstLookMs: [], remapMs: [] };
  // To write the lists is not the element's.
  await nextTask();
  await nextTask();
  window.longTasks = [];
  for (const token of tokens.slice(1)) {
    let waitedMs = 0;
    const ledger = new UrlLedger(
      root,
      // Taken from the cost: what the network would take is nothing of the main thread's.
      async ({ url }) => {
        const fromMs = performance.now();
        await nextTask();
        waitedMs += performance.now() - fromMs;
        const text = url.endsWith('video.m3u8')
          ? writeManifest(token)
          : (editions.get(token) ?? '');
        return { text, url };
      },
      () => false,
    );
    ledger.note(root.url, root, root.url, writeManifest(first));
    const list = urlOf(first, `stream_tabc_r${first}.m3u8`);
    const text = editions.get(first) ?? '';
    found.firstLookMs.push(
      await time(() => ledger.note(list, { url: list, token: first }, list, text)),
    );
    await nextTask();
    const segment = /^\/uid.*seg_2500.*$/m.exec(text)?.[0] ?? '';
    const spentMs = await time(async () => {
      const grant = await ledger.resolve(ORIGIN + segment, token);
      if (typeof grant !== 'object' || !grant.url.endsWith(`s=${token}`))
        throw new Error('it was not mapped');
    });
    found.remapMs.push(spentMs - waitedMs);
  }
  return found;
};

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

async function time(task: () => unknown): Promise<number> {
  const fromMs = performance.now();
  await task();
  return performance.now() - fromMs;
}
